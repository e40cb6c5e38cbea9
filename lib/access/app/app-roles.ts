import { displayText, distinctTexts, literalOf, type PolicyText } from '../../policy/document/text';
import { toolFunctions } from './app-agents';
import type { AppModel } from './app-model';
import type { AppResource } from './app-resource';
import type { AppRole, AttachedPolicy, OutsidePolicy, RoleBoundary, RoleKind, RoleUse } from './app-role';
import { type AppStatement, statementsOf } from './app-statement';
import { arnParts } from './arn-parts';
import { humanPrincipals, servicesIn } from './principals';
import { WORKLOAD_TYPES } from './workload';

const AGENT_SERVICES = ['bedrock', 'bedrock-agentcore'];
const DEFAULT_SESSION = 3600;

/** What is collected for one role while the app is read. */
interface RoleParts {
  readonly policies: AttachedPolicy[];
  readonly outside: OutsidePolicy[];
  readonly uses: RoleUse[];
}

/** Every role of the app, with what reaches it from either end. */
export function rolesOf(app: AppModel): AppRole[] {
  const parts = new Map<AppResource, RoleParts>(
    app.ofType('AWS::IAM::Role').map((role) => [role, { policies: inline(role), outside: [], uses: [] }]),
  );
  const documents = new Map<AppResource, AttachedPolicy>();
  const documentOf = (policy: AppResource): AttachedPolicy => {
    const known = documents.get(policy);
    const read = known ?? {
      holder: policy,
      statements: statementsOf(policy.get('PolicyDocument'), policy, 'PolicyDocument'),
    };
    documents.set(policy, read);
    return read;
  };
  const roleCalled = (named: PolicyText, from: AppResource): RoleParts | undefined => {
    const role = app.resourceCalled('AWS::IAM::Role', named, from);
    return role && parts.get(role);
  };
  // A policy may be attached from either end: one of them without a condition is enough.
  const attach = (role: RoleParts | undefined, policy: AttachedPolicy, always: boolean): void => {
    if (role === undefined) {
      return;
    }
    const at = role.policies.findIndex(({ holder }) => holder === policy.holder);
    if (at < 0) {
      role.policies.push(always ? policy : unsure(policy));
    } else if (always) {
      role.policies[at] = policy;
    }
  };

  for (const [role, collected] of parts) {
    const outside: PolicyText[] = [];
    for (const { item, always } of role.get('ManagedPolicyArns').placedItems()) {
      const arns = item.texts();
      for (const arn of arns) {
        const policy = app.resourceCalled('AWS::IAM::ManagedPolicy', arn, role);
        if (policy) {
          attach(collected, documentOf(policy), always && arns.length === 1);
        } else {
          outside.push(arn);
        }
      }
    }
    collected.outside.push(...distinctTexts(outside).map((arn) => ({ arn, holder: role })));
  }
  for (const policy of app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
    for (const { item, always } of policy
      .get(policy.type === 'AWS::IAM::RolePolicy' ? 'RoleName' : 'Roles')
      .placedItems()) {
      const names = item.texts();
      for (const named of names) {
        const role = app.resourceCalled('AWS::IAM::Role', named, policy);
        const reaches = always && names.length === 1 && role !== undefined && isMadeWith(policy, role);
        attach(role && parts.get(role), documentOf(policy), reaches);
      }
    }
  }
  for (const resource of app.resources) {
    for (const type of WORKLOAD_TYPES[resource.type] ?? []) {
      const named = resource.get(...type.roleProperty);
      for (const role of new Set(
        [...named.texts(), ...named.items().flatMap((item) => item.texts())].map((text) => roleCalled(text, resource)),
      )) {
        role?.uses.push({ resource, type });
      }
    }
  }

  const tools = new Set(toolFunctions(app));
  const pulling = new Set(
    app.ofType('AWS::ECS::TaskDefinition').flatMap((task) =>
      task
        .get('ExecutionRoleArn')
        .texts()
        .flatMap((named) => app.resourceCalled('AWS::IAM::Role', named, task) ?? []),
    ),
  );
  const boundaryOf = (role: AppResource): RoleBoundary => {
    const property = role.get('PermissionsBoundary');
    const arns = property.texts();
    const policies = arns
      .flatMap((arn) => app.resourceCalled('AWS::IAM::ManagedPolicy', arn, role) ?? [])
      .map(documentOf);
    return { presence: property.presence, arns, policies };
  };
  return [...parts].map(([resource, { policies, outside, uses }]) => {
    const trust = statementsOf(resource.get('AssumeRolePolicyDocument'), resource, 'AssumeRolePolicyDocument');
    // ECS pulls images and writes logs with it, whatever tag it has from its task: no agent ever runs with it.
    const onlyPulls = uses.length === 0 && pulling.has(resource);
    const signals = onlyPulls ? [] : signalsOf(resource, trust, uses);
    return {
      resource,
      kinds: kindsOf(resource, trust, uses, signals, tools, app),
      signals,
      trust,
      policies,
      statements: policies.flatMap(({ statements }) => statements),
      outside,
      boundary: boundaryOf(resource),
      uses,
      sessionSeconds: sessionOf(resource),
    };
  });
}

function inline(role: AppResource): AttachedPolicy[] {
  const property = role.get('Policies');
  const statements = property
    .placedItems()
    .flatMap(({ item: policy, always }, index) =>
      statementsOf(policy.get('PolicyDocument'), role, `Policies[${index}].PolicyDocument`, always),
    );
  return statements.length === 0 ? [] : [{ holder: role, statements }];
}

/** Whether a policy is there whenever the role is, as far as conditions of whole resources go. */
function isMadeWith(policy: AppResource, role: AppResource): boolean {
  const { condition } = policy;
  return condition === undefined || (policy.template === role.template && condition === role.condition);
}

/** A policy that may not reach the role. */
function unsure({ holder, statements }: AttachedPolicy): AttachedPolicy {
  return { holder, statements: statements.map((statement) => ({ ...statement, sure: false, sureButValues: false })) };
}

/** Why a role is an agent's role. */
function signalsOf(role: AppResource, trust: readonly AppStatement[], uses: readonly RoleUse[]): string[] {
  const signals: string[] = [];
  for (const { resource, type } of uses) {
    if (type.agent) {
      signals.push(`is the role of ${type.label} ${resource.title}`);
    } else if (isTagged(resource, 'agent')) {
      signals.push(`is the role of ${type.label} ${resource.title}, tagged PrincipalType=Agent`);
    }
  }
  if (isTagged(role, 'agent')) {
    signals.push('is tagged PrincipalType=Agent');
  }
  const trusted = trust.flatMap(servicesIn).filter((service) => AGENT_SERVICES.includes(service));
  if (trusted.length > 0 && !isKnowledgeBases(trust, uses)) {
    signals.push(`trusts ${[...new Set(trusted)].join(' and ')}`);
  }
  return signals;
}

/** Whether knowledge bases alone run with a role, here or, by what its trust asks for, in another template. */
function isKnowledgeBases(trust: readonly AppStatement[], uses: readonly RoleUse[]): boolean {
  return uses.length === 0
    ? isForKnowledgeBases(trust)
    : uses.every(({ resource }) => resource.type === 'AWS::Bedrock::KnowledgeBase');
}

/** Whether every statement that lets Bedrock in asks for a knowledge base as the source. */
function isForKnowledgeBases(trust: readonly AppStatement[]): boolean {
  const letting = trust.filter((statement) =>
    servicesIn(statement).some((service) => AGENT_SERVICES.includes(service)),
  );
  return (
    letting.length > 0 &&
    letting.every(({ statement }) =>
      statement.conditions.some(
        ({ operator, key, values }) =>
          key.toLowerCase() === 'aws:sourcearn' &&
          (operator.family === 'String' || operator.family === 'Arn') &&
          !operator.negated &&
          !operator.ifExists &&
          values.length > 0 &&
          values.every((value) => displayText(arnParts(value)?.tail ?? []).startsWith('knowledge-base/')),
      ),
    )
  );
}

function kindsOf(
  role: AppResource,
  trust: readonly AppStatement[],
  uses: readonly RoleUse[],
  signals: readonly string[],
  tools: ReadonlySet<AppResource>,
  app: AppModel,
): ReadonlySet<RoleKind> {
  const kinds = new Set<RoleKind>();
  if (signals.length > 0) {
    kinds.add('agent');
  }
  if (
    isTagged(role, 'agenttool') ||
    uses.some(({ resource }) => tools.has(resource) || isTagged(resource, 'agenttool'))
  ) {
    kinds.add('agent-tool');
  }
  if (
    uses.some(({ resource }) => resource.type === 'AWS::Bedrock::KnowledgeBase') ||
    (signals.length === 0 && uses.length === 0 && isForKnowledgeBases(trust))
  ) {
    kinds.add('knowledge-base');
  }
  if (uses.some(({ type }) => type.sandbox)) {
    kinds.add('sandbox');
  }
  if (role.tag('AccessTier').some((tier) => tier.toLowerCase() === 'elevated')) {
    kinds.add('elevated');
  }
  if (isTagged(role, 'human') || trust.some((statement) => humanPrincipals(statement, app).length > 0)) {
    kinds.add('human');
  }
  return kinds;
}

function isTagged(resource: AppResource, value: string): boolean {
  return resource.tag('PrincipalType').some((type) => type.toLowerCase() === value);
}

function sessionOf(role: AppResource): number | undefined {
  const property = role.get('MaxSessionDuration');
  if (property.presence === 'never') {
    return DEFAULT_SESSION;
  }
  const known = property.texts().map((value) => Number(literalOf(value) ?? Number.NaN));
  return known.length === 0 || known.some(Number.isNaN) ? undefined : Math.max(...known);
}
