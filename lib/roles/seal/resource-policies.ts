import type { TextStatement } from '../../policy/compare/text-statement';
import { displayText, type PolicyText, text } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { isLiterally, type ReadStatement, readDocument } from '../../synth/statement-text';
import { attributeText } from '../../synth/token-text';
import type { ScopedAgentRole } from '../scoped-agent-role';
import { attachesToRoles } from './attached-policies';
import type { RoleSpelling } from './role-spelling';

/** What policies on resources of the app (keys, buckets, queues, secrets, other roles) give the agent beyond its grants. */
export function resourcePolicies(agent: ScopedAgentRole, index: StageIndex, spelling: RoleSpelling): string[] {
  const findings: string[] = [];
  for (const resource of spelling.candidates()) {
    if (attachesToRoles(resource)) {
      continue;
    }
    const read = (value: unknown): PolicyText => index.text(value, resource.stack);
    const entries = [
      ...documentsIn(resource.properties, read).flatMap((document) => readDocument(document, read)),
      ...permission(resource, read),
    ];
    for (const entry of entries) {
      for (const what of excess(agent, entry, resource, read, spelling)) {
        findings.push(
          finding(
            'AgentResourcePolicy',
            `the policy of ${resource.path} gives agent '${agent.agentName}' what none of its grants declares: ${what}; ` +
              'take the agent out of that policy, and declare the need with a grant',
          ),
        );
      }
    }
  }
  return findings;
}

function excess(
  agent: ScopedAgentRole,
  entry: ReadStatement,
  resource: IndexedResource,
  read: (value: unknown) => PolicyText,
  spelling: RoleSpelling,
): string[] {
  if ('unreadable' in entry) {
    return [`a statement that can't be judged: ${entry.unreadable}`];
  }
  const { statement, principals } = entry;
  const named =
    principals.some((principal) => spelling.names(principal)) ||
    statement.conditions.some((condition) => condition.values.some((value) => spelling.names(value)));
  if (statement.effect === 'Deny' || !named) {
    return [];
  }
  const coverage = agent._workingSet.covering.coverage(onItself(statement, resource, read));
  return coverage.undecided === undefined
    ? coverage.uncovered.map(({ action, resource: asked }) => `${displayText(action)} on ${displayText(asked)}`)
    : [coverage.undecided];
}

/** A resource policy that names no resource, or `*`, speaks of the resource it is on. */
function onItself(
  statement: TextStatement,
  resource: IndexedResource,
  read: (value: unknown) => PolicyText,
): TextStatement {
  const self =
    resource.type === 'AWS::SecretsManager::ResourcePolicy'
      ? read(resource.properties.SecretId)
      : attributeText(resource.path, 'Arn');
  if (statement.resources === undefined && statement.notResources === undefined) {
    return { ...statement, resources: [self] };
  }
  const whole = resource.type === 'AWS::KMS::Key' || resource.type === 'AWS::SecretsManager::ResourcePolicy';
  return whole
    ? { ...statement, resources: statement.resources?.map((own) => (isLiterally(own, '*') ? self : own)) ?? [self] }
    : statement;
}

/** A Lambda permission that names the role is one statement on the function. */
function permission(resource: IndexedResource, read: (value: unknown) => PolicyText): ReadStatement[] {
  const { Action, FunctionName, Principal } = resource.properties;
  if (resource.type !== 'AWS::Lambda::Permission' || FunctionName === undefined) {
    return [];
  }
  return [
    {
      statement: { effect: 'Allow', actions: [read(Action)], resources: [functionArn(read(FunctionName))], conditions: [] },
      principals: [read(Principal)],
    },
  ];
}

/** A function's name and its ARN are two attributes of the same resource. */
function functionArn(name: PolicyText): PolicyText {
  const [only] = name;
  return name.length === 1 && typeof only === 'object' && /\}\.Ref$/.test(only.atom)
    ? text({ atom: only.atom.replace(/\.Ref$/, '.Arn') })
    : name;
}

/** Everything in a resource's properties that has the form of a policy document, as an object or as JSON text. */
function documentsIn(value: unknown, read: (value: unknown) => PolicyText): unknown[] {
  if (typeof value === 'string') {
    return value.includes('Statement') ? parsed(value) : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => documentsIn(item, read));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if ('Statement' in value) {
    return [value];
  }
  const [key] = Object.keys(value);
  if (key === 'Fn::Join' || key === 'Fn::Sub') {
    return joined(read(value));
  }
  return Object.values(value).flatMap((item) => documentsIn(item, read));
}

/** A JSON text that was joined from pieces: atoms stand in it as themselves, for `read` to find again. */
function joined(pieces: PolicyText): unknown[] {
  const atoms: unknown[] = [];
  const json = pieces
    .map((piece) => (typeof piece === 'string' ? piece : `\\u0000${atoms.push(piece) - 1}\\u0000`))
    .join('');
  return json.includes('Statement') ? parsed(json).map((document) => restored(document, atoms)) : [];
}

function restored(value: unknown, atoms: readonly unknown[]): unknown {
  if (typeof value === 'string') {
    const parts = value.split('\u0000');
    if (parts.length === 1) {
      return value;
    }
    return { 'LeastAgency::Text': text(...parts.map((part, at) => (at % 2 === 0 ? part : (atoms[Number(part)] as never)))) };
  }
  if (Array.isArray(value)) {
    return value.map((item) => restored(item, atoms));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restored(item, atoms)]));
  }
  return value;
}

function parsed(json: string): unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    return documentsIn(value, () => []);
  } catch {
    return [];
  }
}
