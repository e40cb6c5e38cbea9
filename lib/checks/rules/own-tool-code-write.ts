import { functionOf } from '../../access/app/app-agents';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText, sameText, text } from '../../policy/document/text';
import { FUNCTION_WRITES } from '../action-sets/function-writes';
import { isOutsideTags } from '../judging/conditions/tag-conditions';
import { isDeniedOn, type RoleGrant, takesIn } from '../judging/grants/role-grants';
import { exampleOf, rolesShown, statementGrants } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import { toolsOf } from '../judging/tools/tools-of';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent, or its tool, that can change the code that the agent's tools run. */
export const OWN_TOOL_CODE_WRITE: Rule = {
  name: 'own-tool-code-write',
  group: 'TAM',
  severity: 'error',
  title: 'An agent can change the code that its own tools run.',
  why: 'The tool is where the limits of the agent are: it checks arguments and holds rights of its own. An agent that can replace its code, its configuration or a layer of it has all of these rights, and no limit.',
  fix: 'Take the actions out and leave functions to the deployment. To call a tool, AgentFunctionGrant gives lambda:InvokeFunction on the one version or alias.',
  frameworks: ['OWASP ASI04', 'OWASP ASI05', 'CSA MAESTRO L3', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 DE.CM'],
  *check(app): Iterable<Observation> {
    const roles = app.rolesOf('agent', 'agent-tool');
    const owned = new Map(roles.map((role) => [role, ownFunctions(app, role)]));
    const hits = (grant: RoleGrant, role: AppRole): OwnFunction[] =>
      (owned.get(role) ?? []).filter((own) => reaches(app, role, grant, own));
    for (const grant of statementGrants(roles, FUNCTION_WRITES, (given, role) => hits(given, role).length > 0)) {
      const { statement, resources, actions } = grant;
      const reached = grant.roles.flatMap((role) => hits({ statement, resources, actions }, role));
      const isHostOnly = reached.every(({ use }) => use === HOST);
      const names = [...new Set(reached.map(({ shown, use }) => `${shown} (${use})`))];
      yield {
        resource: statement.holder,
        statements: [statement],
        // The function that the agent runs on is no tool of it. Where it may be changed is for other rules to say.
        ...(isHostOnly ? { severity: 'info' as const } : {}),
        message: `${whereIs(statement)} lets ${rolesShown(grant)} change what ${isHostOnly ? 'it' : 'its own tools'} run${isHostOnly ? 's' : ''}: ${listed(actions)} on ${shownResources(resources)} takes in ${listed(names)}.`,
        example: `${exampleOf(grant).split(' on ')[0] ?? ''} on ${reached[0]?.shown ?? ''}`,
      };
    }
  },
};

const HOST = 'runs the agent';

/** A function that works for a role. */
interface OwnFunction {
  /** As the agent names it. */
  readonly named?: PolicyText;
  readonly resource?: AppResource;
  readonly shown: string;
  /** What it is to the agent: `action group`, or the agent itself. */
  readonly use: string;
}

function ownFunctions(app: AppModel, role: AppRole): OwnFunction[] {
  const tools = toolsOf(app, role).map(({ named, resource, via }) => ({
    named,
    ...(resource === undefined ? {} : { resource }),
    shown: resource?.title ?? displayText(named),
    use: via,
  }));
  // The code of an agent that runs as a function, and of a tool that runs with this role.
  const use = role.kinds.has('agent-tool') ? 'the tool itself' : HOST;
  const runs = role.uses
    .filter(({ resource }) => FUNCTIONS.includes(resource.type))
    .map(({ resource }) => ({ resource, shown: resource.title, use }));
  return [...tools, ...runs.filter(({ resource }) => !tools.some((tool) => tool.resource === resource))];
}

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

/** Whether a grant reaches a function, a version, an alias or a layer of it. */
function reaches(
  app: AppModel,
  role: AppRole,
  { statement, actions, resources }: RoleGrant,
  own: OwnFunction,
): boolean {
  const { named, resource } = own;
  if (resource !== undefined && isOutsideTags(statement, resource)) {
    return false;
  }
  // The Deny of a version or an alias leaves the function itself.
  const isAll = (pattern: PolicyText): boolean =>
    resource === undefined ? named !== undefined && takesIn(pattern, named) : app.covers(pattern, resource);
  const ofFunction = actions.some(
    (action) => action !== 'lambda:PublishLayerVersion' && !isDeniedOn(role, action, isAll),
  );
  const isFunction = (pattern: PolicyText): boolean =>
    resource === undefined
      ? named !== undefined && namesSameFunction(pattern, named)
      : [pattern, unqualified(pattern)].some(
          (spelled) => app.covers(spelled, resource) || functionOf(spelled, app, statement.holder) === resource,
        );
  const { resource: element } = statement.statement;
  if (element?.negated && element.patterns.some(isFunction)) {
    return false;
  }
  const ofLayer = actions.includes('lambda:PublishLayerVersion');
  return resources.some(
    (pattern) =>
      (ofFunction && isFunction(pattern)) || (ofLayer && resource !== undefined && isLayer(app, pattern, resource)),
  );
}

/** Whether a pattern takes in a function outside the app, which the agent names by its ARN or name. */
function namesSameFunction(pattern: PolicyText, named: PolicyText): boolean {
  const wanted = [named, unqualified(named)];
  if (
    [pattern, unqualified(pattern)].some((spelled) =>
      wanted.some((name) => takesIn(spelled, name) || sameText(spelled, name)),
    )
  ) {
    return true;
  }
  const name = literalOf(named);
  if (name !== undefined && !name.startsWith('arn:')) {
    return takesIn(arnParts(unqualified(pattern))?.tail ?? pattern, text('function:', unqualified(named)));
  }
  // Region, account and partition may be spelled in another way on each side.
  const [outer, inner] = [arnParts(unqualified(pattern)), arnParts(unqualified(named))];
  return (
    outer?.tail !== undefined &&
    inner?.tail !== undefined &&
    takesIn(outer.service, inner.service) &&
    mayBeSame(outer.region, inner.region) &&
    mayBeSame(outer.account, inner.account) &&
    takesIn(outer.tail, inner.tail)
  );
}

function mayBeSame(pattern: PolicyText, said: PolicyText): boolean {
  return literalOf(pattern) === undefined || literalOf(said) === undefined || takesIn(pattern, said);
}

/** The ARN of a function without its version or alias. */
function unqualified(arn: PolicyText): PolicyText {
  const parts = arnParts(arn);
  const [first] = parts?.tail ?? [];
  if (parts === undefined || typeof first !== 'string' || !first.startsWith('function:')) {
    return withoutQualifier(arn, 0);
  }
  const { partition, service, region, account, tail = [] } = parts;
  return text(
    'arn:',
    partition,
    ':',
    service,
    ':',
    region,
    ':',
    account,
    ':',
    withoutQualifier(tail, 'function:'.length),
  );
}

/** Cuts a text at the first colon behind a name; an ARN that is one value, and what stands behind it, too. */
function withoutQualifier(value: PolicyText, from: number): PolicyText {
  const kept: (string | { readonly atom: string })[] = [];
  for (const [index, part] of value.entries()) {
    const colon = typeof part === 'string' && !part.startsWith('arn:') ? part.indexOf(':', index === 0 ? from : 0) : -1;
    if (typeof part === 'string' && colon >= 0) {
      return text(...kept, part.slice(0, colon));
    }
    kept.push(part);
  }
  return value;
}

/** Whether a pattern takes in a layer of a function. */
function isLayer(app: AppModel, pattern: PolicyText, resource: AppResource): boolean {
  const layers = resource
    .get('Layers')
    .items()
    .flatMap((layer) => layer.texts());
  return layers.some((layer) => {
    const known = app.placeOf(layer, resource)?.resource;
    if (known === undefined) {
      const parts = arnParts(layer);
      const tail = parts?.tail && literalOf(parts.tail);
      const name = tail === undefined ? undefined : /^layer:[^:]+/.exec(tail)?.[0];
      return name !== undefined && takesIn(arnParts(pattern)?.tail ?? pattern, text(name));
    }
    const names = known.get('LayerName').texts();
    const tail = arnParts(pattern)?.tail ?? pattern;
    return (
      app.placeOf(pattern, resource)?.resource === known || names.some((name) => takesIn(tail, text('layer:', name)))
    );
  });
}
