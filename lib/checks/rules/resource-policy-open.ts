import { functionOf } from '../../access/app/app-agents';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { isAnySource, isService, openCallers } from '../judging/identity/open-callers';
import { UsedByAgents } from '../judging/reach/used-by-agents';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const FUNCTIONS: ReadonlySet<string> = new Set(['AWS::Lambda::Function', 'AWS::Serverless::Function']);
/** Policies in these properties are about the resource itself. */
const POLICIES: readonly (readonly [type: string, policy: string, target: string])[] = [
  ['AWS::BedrockAgentCore::ResourcePolicy', 'Policy', 'ResourceArn'],
  ['AWS::Bedrock::ResourcePolicy', 'PolicyDocument', 'ResourceArn'],
  ['AWS::Bedrock::ResourcePolicy', 'Policy', 'ResourceArn'],
  ['AWS::Bedrock::KnowledgeBasePolicy', 'PolicyDocument', 'KnowledgeBaseId'],
  ['AWS::Bedrock::KnowledgeBasePolicy', 'Policy', 'KnowledgeBaseId'],
];
/** Policies in these are about the agent where the agent uses what they are on. */
const AROUND: readonly (readonly [type: string, policy: string, target: string])[] = [
  ['AWS::S3::BucketPolicy', 'PolicyDocument', 'Bucket'],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument', 'Queues'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument', 'Topics'],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', 'SecretId'],
  ['AWS::SQS::QueueInlinePolicy', 'PolicyDocument', 'Queue'],
  ['AWS::SNS::TopicInlinePolicy', 'PolicyDocument', 'TopicArn'],
  ['AWS::KMS::Key', 'KeyPolicy', ''],
  ['AWS::KMS::ReplicaKey', 'KeyPolicy', ''],
  ['AWS::ECR::Repository', 'RepositoryPolicyText', ''],
];

/** Open resource policy around the agent */
export const RESOURCE_POLICY_OPEN: Rule = {
  name: 'resource-policy-open',
  group: 'DATA',
  severity: 'error',
  title: 'A resource around an agent lets in whoever asks.',
  why: 'The agent’s own role may be exact; a tool that anybody can call, or a bucket that anybody can write to, gives strangers the agent’s work, or its input.',
  fix: 'Name the caller: a role, or a service together with aws:SourceArn or aws:SourceAccount (SourceArn on AWS::Lambda::Permission). AgentFunctionGrant needs no permission on the function in the same account.',
  frameworks: ['OWASP ASI07', 'OWASP NHI6', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check(app): Iterable<Observation> {
    yield* openTools(app);
    for (const [type, policy] of POLICIES) {
      for (const holder of app.ofType(type)) {
        yield* openStatements(app, holder, policy);
      }
    }
    let used: UsedByAgents | undefined;
    for (const [type, policy, target] of AROUND) {
      for (const holder of app.ofType(type)) {
        const found = [...openStatements(app, holder, policy)];
        // Most policies are not open: what they are about is looked up for the others only.
        if (found.length > 0) {
          used ??= new UsedByAgents(app);
          yield* isUsed(holder, target, used, app) ? found : [];
        }
      }
    }
  },
};

function* openTools(app: AppModel): Generator<Observation> {
  const tools = new Set([
    ...app.agents.flatMap((agent) => agent.tools.flatMap(({ resource }) => resource ?? [])),
    ...app
      .rolesOf('agent', 'agent-tool')
      .flatMap(({ uses }) => uses.flatMap(({ resource }) => (FUNCTIONS.has(resource.type) ? [resource] : []))),
  ]);
  const outside = new Set(
    app.agents.flatMap((agent) => agent.tools.flatMap((tool) => (tool.resource ? [] : functionKey(tool.named)))),
  );
  const named = (holder: AppResource, property: string): boolean =>
    holder
      .get(property)
      .texts()
      .some((name) => {
        const found = functionOf(name, app, holder);
        return found === undefined ? outside.has(functionKey(name)) : tools.has(found);
      });
  for (const holder of app.ofType('AWS::Lambda::Permission').filter((found) => named(found, 'FunctionName'))) {
    const faults = faultsOf(holder);
    if (faults.length > 0) {
      yield {
        resource: holder,
        cause: faults,
        message: `${holder.title} opens a tool of an agent: ${listed(faults)}.`,
      };
    }
  }
  const urls = [
    ...app.ofType('AWS::Lambda::Url').filter((found) => named(found, 'TargetFunctionArn')),
    ...[...tools].filter(({ type }) => type === 'AWS::Serverless::Function'),
  ];
  for (const holder of urls) {
    const path = holder.type === 'AWS::Lambda::Url' ? ['AuthType'] : ['FunctionUrlConfig', 'AuthType'];
    if (
      holder
        .get(...path)
        .literals()
        .includes('NONE')
    ) {
      yield {
        resource: holder,
        cause: ['AuthType NONE'],
        message: `${holder.title} lets anybody on the internet call a tool of an agent: AuthType is NONE.`,
        fix: 'Set AuthType AWS_IAM, or take the URL away: agents call their tools by lambda:InvokeFunction.',
      };
    }
  }
}

/** One key for the ARN and the name of a function outside the app. */
function functionKey(named: PolicyText): string {
  const tail = displayText(arnParts(named)?.tail ?? []);
  return tail.startsWith('function:') ? (tail.split(':')[1] ?? '') : displayText(named);
}

function faultsOf(permission: AppResource): string[] {
  const principals = permission.get('Principal').texts();
  const services = principals.filter(isService).map(displayText);
  const [isFromOrganization, ...isFromSource] = ['PrincipalOrgID', 'SourceArn', 'SourceAccount'].map((name) => {
    const value = permission.get(name);
    return value.presence === 'always' && !value.texts().some(isAnySource);
  });
  const isBound = isFromOrganization || isFromSource.includes(true);
  const actions = permission
    .get('Action')
    .literals()
    .filter((action) => /[*?]/.test(action));
  return [
    // A source alone leaves every service that acts for it.
    ...(principals.some((name) => literalOf(name) === '*') && !isFromOrganization ? ['Principal is *'] : []),
    ...(services.length > 0 && !isBound
      ? [`${listed(services)} may call it on behalf of any account (no SourceArn or SourceAccount that names one)`]
      : []),
    ...actions.map((action) => `Action is ${action}`),
  ];
}

function* openStatements(app: AppModel, holder: AppResource, property: string): Generator<Observation> {
  const policy = app.statements(holder.get(property), holder, property);
  for (const statement of policy) {
    const open = openCallers(statement, policy);
    if (open !== undefined) {
      const { negated, patterns } = statement.statement.action;
      const actions = negated
        ? `everything but ${listed(patterns.map(displayText))}`
        : listed(patterns.map(displayText));
      yield {
        resource: holder,
        statements: [statement],
        message: `${whereIs(statement)} lets ${open} use ${actions}.`,
        ...(negated ? {} : { example: `${displayText(patterns[0] ?? [])} by ${open}` }),
      };
    }
  }
}

/** Whether an agent uses what a policy is on. */
function isUsed(holder: AppResource, property: string, used: UsedByAgents, app: AppModel): boolean {
  if (property === '') {
    return used.has(holder);
  }
  const value = holder.get(property);
  return [...value.texts(), ...value.items().flatMap((item) => item.texts())].some((name) => {
    const target =
      app.resourceOf(name, holder) ?? app.resourceCalled('AWS::S3::Bucket', name, holder) ?? queueOf(name, app);
    return target === undefined ? property === 'Bucket' && used.hasBucket(name) : used.has(target);
  });
}

/** A queue by its URL. */
function queueOf(name: PolicyText, app: AppModel): AppResource | undefined {
  return app.ofType('AWS::SQS::Queue').find(({ key }) => displayText(name) === `<${key}.QueueUrl>`);
}
