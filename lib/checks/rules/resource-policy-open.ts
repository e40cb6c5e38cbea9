import { functionOf } from '../../access/app/app-agents';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppStatement } from '../../access/app/app-statement';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { isRequired } from '../judging/narrowing';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Keys that say on whose behalf a service, or from which organization somebody, comes. */
const BINDING =
  /^(aws:(source(account|arn|orgid|orgpaths|owner|vpce|vpc)|principal(account|arn|orgid|orgpaths|isawsservice)|calledvia\w*|userid)|kms:(calleraccount|viaservice)|lambda:functionurlauthtype)$/i;
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
  ['AWS::KMS::Key', 'KeyPolicy', ''],
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
    const used = usedByAgents(app);
    for (const [type, policy, target] of AROUND) {
      for (const holder of app.ofType(type)) {
        const targets = target === '' ? [holder] : targetsOf(holder, target, app);
        if (targets.some((resource) => used.has(resource))) {
          yield* openStatements(app, holder, policy);
        }
      }
    }
  },
};

function* openTools(app: AppModel): Generator<Observation> {
  const tools = new Set(app.agents.flatMap((agent) => agent.tools.flatMap(({ resource }) => resource ?? [])));
  const named = (holder: AppResource, property: string): boolean =>
    holder
      .get(property)
      .texts()
      .some((name) => {
        const found = functionOf(name, app, holder);
        return found !== undefined && tools.has(found);
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
  for (const holder of app.ofType('AWS::Lambda::Url').filter((found) => named(found, 'TargetFunctionArn'))) {
    if (holder.get('AuthType').literals().includes('NONE')) {
      yield {
        resource: holder,
        cause: ['AuthType NONE'],
        message: `${holder.title} lets anybody on the internet call a tool of an agent: AuthType is NONE.`,
        fix: 'Set AuthType AWS_IAM, or take the URL away: agents call their tools by lambda:InvokeFunction.',
      };
    }
  }
}

function faultsOf(permission: AppResource): string[] {
  const principals = permission.get('Principal').literals();
  const isBound = ['SourceArn', 'SourceAccount', 'PrincipalOrgID'].some((name) => {
    const value = permission.get(name);
    return value.presence === 'always' && !value.literals().some((text) => /^\*$|^arn:[^:]*:[^:]*:[^:]*:\*/.test(text));
  });
  const actions = permission
    .get('Action')
    .literals()
    .filter((action) => /[*?]/.test(action));
  return [
    ...(principals.includes('*') && !isBound ? ['Principal is *'] : []),
    ...(principals.some((name) => /\.amazonaws\.com(\.cn)?$/.test(name)) && !isBound
      ? [`${listed(principals)} may call it on behalf of any account (no SourceArn, no SourceAccount)`]
      : []),
    ...actions.map((action) => `Action is ${action}`),
  ];
}

function* openStatements(app: AppModel, holder: AppResource, property: string): Generator<Observation> {
  for (const statement of app.statements(holder.get(property), holder, property)) {
    const open = opensTo(statement);
    if (open !== undefined) {
      yield {
        resource: holder,
        statements: [statement],
        message: `${whereIs(statement)} lets ${open} use ${listed(statement.statement.action.patterns.map(displayText))}.`,
        example: `${displayText(statement.statement.action.patterns[0] ?? [])} by ${open}`,
      };
    }
  }
}

/** Whom an Allow lets in without saying on whose behalf; undefined for roles, accounts and bound callers. */
function opensTo({ statement }: AppStatement): string | undefined {
  const { effect, principal, conditions } = statement;
  if (effect !== 'Allow' || principal === undefined) {
    return undefined;
  }
  if (
    conditions.some(
      (condition) => BINDING.test(condition.key) && isRequired(condition, conditions) && !isAnything(condition.values),
    )
  ) {
    return undefined;
  }
  if (principal.negated) {
    return 'everybody but a list';
  }
  return principal.everyone || principal.entries.some(({ type, id }) => type === 'AWS' && literalOf(id) === '*')
    ? 'anybody'
    : undefined;
}

function isAnything(values: readonly PolicyText[]): boolean {
  return values.some((value) => /^\*+$/.test(literalOf(value) ?? ''));
}

function targetsOf(holder: AppResource, property: string, app: AppModel): AppResource[] {
  const value = holder.get(property);
  return [...value.texts(), ...value.items().flatMap((item) => item.texts())].flatMap(
    (name) =>
      app.resourceOf(name, holder) ?? app.resourceCalled('AWS::S3::Bucket', name, holder) ?? queueOf(name, app) ?? [],
  );
}

/** A queue by its URL, which `Ref` answers. */
function queueOf(name: PolicyText, app: AppModel): AppResource | undefined {
  return app
    .ofType('AWS::SQS::Queue')
    .find(({ key }) => displayText(name) === `<${key}.Ref>` || displayText(name) === `<${key}.QueueUrl>`);
}

/** What agents' roles name in their Allows, and the buckets of the knowledge bases. */
function usedByAgents(app: AppModel): ReadonlySet<AppResource> {
  const patterns = app
    .rolesOf('agent', 'knowledge-base')
    .flatMap(({ statements }) =>
      statements.flatMap(({ statement }) => (statement.effect === 'Allow' ? (statement.resource?.patterns ?? []) : [])),
    );
  const buckets = app
    .ofType('AWS::Bedrock::DataSource')
    .flatMap((source) => source.get('DataSourceConfiguration', 'S3Configuration', 'BucketArn').texts());
  return new Set([...patterns, ...buckets].flatMap((pattern) => app.placeOf(pattern)?.resource ?? []));
}
