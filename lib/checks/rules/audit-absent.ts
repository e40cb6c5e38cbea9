import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import { displayText, literalOf } from '../../policy/document/text';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An app with agents that leaves no evidence of what they did. */
export const AUDIT_ABSENT: Rule = {
  name: 'audit-absent',
  group: 'AUD',
  severity: 'info',
  title: 'The app shows no record of what its agents do.',
  why: 'What agents do at run time is a data event: CloudTrail keeps nothing of it unless a trail asks. Prompts and answers are only kept where model invocation logging is on, and AgentCore delivers its logs only where a delivery says so.',
  fix: 'Add what is missing, or let somebody vouch for it with `attestedAudit` of the checks where it is set up outside the app, as model invocation logging always is: CloudFormation has no type for it.',
  frameworks: [
    'NIST SP 800-53 AC-6(9)',
    'NIST AI RMF MEASURE',
    'AWS AGENTSEC05-BP01',
    'NIST CSF 2.0 DE.CM',
    'NIST CSF 2.0 GV',
  ],
  *check(app, { date, attestedAudit }): Iterable<Observation> {
    const [first] = [...app.agents.map(({ resource }) => resource), ...app.agentRoles.map(({ resource }) => resource)];
    if (first === undefined || (attestedAudit !== undefined && attestedAudit.until >= date)) {
      return;
    }
    const missing = missingEvidence(app);
    if (missing.length > 0) {
      const ended =
        attestedAudit === undefined ? '' : ` ${attestedAudit.owner} vouched for it until ${attestedAudit.until}.`;
      yield {
        resource: first,
        cause: missing,
        message: `The app has agents, and lacks ${listed(missing)}.${ended}`,
        undecided: 'trails, deliveries and model invocation logging may be set up outside the app',
      };
    }
  },
};

/** What would show afterwards what an agent did, and is not in the app. */
function missingEvidence(app: AppModel): string[] {
  const missing: string[] = [];
  if (!app.resources.some(recordsAgents)) {
    missing.push('CloudTrail data events of Bedrock or AgentCore');
  }
  const delivered = app.resources.filter(
    ({ type }) => type.startsWith('AWS::BedrockAgentCore::') && HAS_LOGS.test(type),
  );
  if (delivered.length > 0 && !deliversLogs(app)) {
    missing.push('log delivery of AgentCore');
  }
  const groups = app.ofType('AWS::Logs::LogGroup');
  if (!groups.some((group) => group.get('RetentionInDays').presence !== 'never')) {
    missing.push(groups.length === 0 ? 'a log group' : 'the retention of a log group');
  }
  return missing.length > 0 && !setsInvocationLogging(app) ? [...missing, 'model invocation logging'] : missing;
}

const HAS_LOGS = /::(Runtime|Gateway|Memory|Harness|BrowserCustom|CodeInterpreterCustom|WorkloadIdentity)$/;

/** Whether a trail, or an event data store, asks for data events of agents. */
function recordsAgents(resource: AppResource): boolean {
  if (resource.type !== 'AWS::CloudTrail::Trail' && resource.type !== 'AWS::CloudTrail::EventDataStore') {
    return false;
  }
  const isOn = resource.get('IsLogging').literal?.toLowerCase() !== 'false';
  const types = ['AdvancedEventSelectors', 'EventSelectors'].flatMap((property) => [
    ...resource.get(property).everyText(),
  ]);
  return isOn && types.some(({ text }) => /^AWS::Bedrock/.test(literalOf(text) ?? ''));
}

/** Whether a delivery takes the logs of AgentCore somewhere. */
function deliversLogs(app: AppModel): boolean {
  const sources = app.ofType('AWS::Logs::DeliverySource').filter((source) =>
    source
      .get('ResourceArn')
      .texts()
      .some(
        (arn) =>
          app.resourceOf(arn, source)?.type.startsWith('AWS::BedrockAgentCore::') === true ||
          /:bedrock-agentcore:/.test(displayText(arn)),
      ),
  );
  return sources.length > 0 && app.ofType('AWS::Logs::Delivery').length > 0;
}

/** Whether a custom resource of the app switches model invocation logging on. */
function setsInvocationLogging(app: AppModel): boolean {
  return app.resources
    .filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    .some((resource) =>
      resource.properties
        .everyText()
        .some(({ text }) => /putModelInvocationLoggingConfiguration/i.test(displayText(text))),
    );
}
