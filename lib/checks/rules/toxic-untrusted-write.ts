import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import { literalOf, type PolicyText, text } from '../../policy/document/text';
import { actionGlob, matchesAction } from '../../policy/match/action-glob';
import { findAction } from '../../policy/reference/service-reference';
import { DEPLOYMENT } from '../action-sets/deployment';
import { IAM_WRITES } from '../action-sets/iam-write';
import { PASS_ROLE } from '../action-sets/pass-role';
import { SPENDING } from '../action-sets/spending';
import type { CheckSettings } from '../check-settings';
import { isOnFirstCall } from '../judging/conditions/first-call';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, type StatementGrant } from '../judging/grants/statement-grants';
import { agentIndex } from '../judging/reach/agent-index';
import { rolesBehind } from '../judging/reach/delegation';
import { powersOf } from '../judging/reach/powers-of';
import { isScratch } from '../judging/reach/scratch-places';
import { type UntrustedInput, untrustedInputs } from '../judging/reach/untrusted-inputs';
import { listed, shownResources } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/**
 * Writes that every agent makes about itself or into its own memory, and those that read or ask: queries, calls of
 * functions and models, starts of workflows, keys that data is read and written with.
 */
const ORDINARY = [
  '*:Invoke*',
  'aoss:APIAccessAll',
  'appsync:GraphQL',
  'athena:*Quer*',
  'cloudwatch:PutMetricData',
  'comprehend:Start*',
  'ec2:*NetworkInterface*',
  'ec2:*PrivateIpAddresses',
  'ec2messages:*',
  'es:ESHttpPost',
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
  'logs:CreateLog*',
  'logs:PutLogEvents',
  'rds-db:connect',
  's3:AbortMultipartUpload',
  's3express:CreateSession',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'ssmmessages:*',
  'states:Start*',
  'sts:*',
  'textract:Start*',
  'transcribe:Start*',
  'xray:Put*',
].map((pattern) => actionGlob(text(pattern)));
const WRITING: ReadonlySet<string> = new Set(['Write', 'Permissions management']);
const OF_BEDROCK = /^bedrock[a-z-]*:/;
const CHANGES_AGENTS =
  /^(bedrock|bedrock-agentcore):(Create|Update|Delete|Put|Associate|Prepare)(?!Event|MemoryRecord|Session|Invocation|PaymentSession|BrowserStream)/;
const ALWAYS = [DEPLOYMENT, IAM_WRITES, PASS_ROLE, SPENDING];
const ASSUME = 'sts:AssumeRole';
const POWERS = new ActionSet('*').only((name) => {
  if (name === ASSUME || ALWAYS.some((set) => set.has(name))) {
    return true;
  }
  const writes = WRITING.has(findAction(name)?.level ?? 'Write');
  return writes && (OF_BEDROCK.test(name) ? CHANGES_AGENTS.test(name) : !isOrdinary(name));
});

function isOrdinary(name: string): boolean {
  return ORDINARY.some((glob) => matchesAction(glob, name));
}

/** Untrusted input + power */
export const TOXIC_UNTRUSTED_WRITE: Rule = {
  name: 'toxic-untrusted-write',
  group: 'EGR',
  severity: 'error',
  title: 'One agent reads what anybody may have written, and has power over what matters.',
  why: 'A web page, a mail or a crawled document can hold an instruction. Where the agent that reads it also deploys, writes business data or changes IAM, its author does.',
  fix: 'Separate them: an agent that reads the outside has a role that only reads; what acts is another agent, called with typed input, or after an elevation that a person approves.',
  frameworks: [
    'OWASP ASI01',
    'OWASP ASI02',
    'CSA MAESTRO L3',
    'AWS AGENTSEC08-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check(app, settings): Iterable<Observation> {
    for (const role of app.agentRoles) {
      const inputs = untrustedInputs(app, role, agentIndex(app).byRole.get(role) ?? []);
      if (inputs.length === 0) {
        continue;
      }
      const read = listed([...new Set(inputs.map(({ shown }) => shown))]);
      const powers = writes(app, role, settings);
      const managed = powersOf(app, role, settings).filter(({ statements }) => statements.length === 0);
      const shown = [...(powers.length === 0 ? [] : [shownPowers(powers)]), ...managed.map((power) => power.shown)];
      const [first] = powers;
      const [called] =
        shown.length > 0 ? [] : rolesBehind(app, role).filter((other) => powersOf(app, other, settings).length > 0);
      if (shown.length > 0) {
        yield {
          resource: role.resource,
          statements: [...inputs.flatMap(({ statements }) => statements), ...powers.map(({ statement }) => statement)],
          cause: causesOf(inputs),
          message: `${role.resource.title} takes in what anybody may have written (it ${read}), and ${listed(shown)}.`,
          ...(first === undefined ? {} : { example: exampleOf(first) }),
        };
      } else if (called !== undefined) {
        yield {
          resource: role.resource,
          severity: 'warning',
          statements: inputs.flatMap(({ statements }) => statements),
          cause: [...causesOf(inputs), called.resource.key],
          message: `${role.resource.title} takes in what anybody may have written (it ${read}), and calls lead from it to ${called.resource.title}, which ${listed(powersOf(app, called, settings).map((power) => power.shown))}.`,
        };
      }
    }
  },
};

/** What a role may do to what matters, less what goes to a place for rough work. */
function writes(app: AppModel, role: AppRole, settings: CheckSettings): StatementGrant[] {
  return fittingGrants(app, [role], POWERS).flatMap((grant) => {
    const resources = grant.resources.filter((resource) => !isScratch(resource, settings.scratch));
    const actions = grant.actions.filter(
      (action) =>
        !isOnFirstCall(grant.statement, [action]) &&
        (action !== ASSUME || resources.some((resource) => isPowerfulRole(resource, grant, app, settings))),
    );
    return resources.length === 0 || actions.length === 0 ? [] : [{ ...grant, actions, resources }];
  });
}

/** Any role, or one of the app that may do something itself. What a role elsewhere may do is not known. */
function isPowerfulRole(
  resource: PolicyText,
  { statement }: StatementGrant,
  app: AppModel,
  settings: CheckSettings,
): boolean {
  const named = app.roleOf(resource, statement.holder);
  return named ? powersOf(app, named, settings).length > 0 : /[*?]/.test(literalOf(resource) ?? '');
}

function shownPowers(powers: readonly StatementGrant[]): string {
  const actions = [...new Set(powers.flatMap((power) => power.actions))];
  return `may use ${listed(actions)} on ${shownResources(powers.flatMap(({ resources }) => resources))}`;
}

/** What tells inputs apart that no statement lets in. */
function causesOf(inputs: readonly UntrustedInput[]): string[] {
  return inputs.filter(({ statements }) => statements.length === 0).map(({ shown }) => shown);
}
