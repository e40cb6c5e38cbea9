import type { AppAgent, AppTool } from './app-agent';
import type { AppModel } from './app-model';
import type { AppResource } from './app-resource';
import type { AppRole } from './app-role';
import { parsedJson } from './json-text';
import type { Value } from './value';
import { WORKLOAD_TYPES } from './workload';

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

/** Every agent of the app. A function, task or other workload is one when its role, or it, is tagged as an agent's. */
export function agentsOf(app: AppModel): AppAgent[] {
  return app.resources.flatMap((resource) =>
    (WORKLOAD_TYPES[resource.type] ?? []).flatMap((type): AppAgent[] => {
      const named = resource.get(...type.roleProperty).texts();
      const roles = [...new Set(named.flatMap((name) => app.roleOf(name, resource) ?? []))];
      const isTagged = resource.tag('PrincipalType').some((value) => value.toLowerCase() === 'agent');
      const isAgent = type.agent || isTagged || roles.some((role) => isAgentsAlone(role, resource));
      const absent = named.length === 0 && type.roleProperty.length > 0 && type !== WORKLOAD_TYPES[resource.type]?.[0];
      return isAgent && !absent
        ? [
            {
              resource,
              type,
              roles,
              outsideRoles: named.filter((name) => app.roleOf(name, resource) === undefined),
              tools: toolsOf(resource, app),
            },
          ]
        : [];
    }),
  );
}

/** Whether a role is tagged as an agent's: then what runs with it is the agent. */
function isAgentsAlone(role: AppRole, resource: AppResource): boolean {
  const isTagged = role.resource.tag('PrincipalType').some((value) => value.toLowerCase() === 'agent');
  return isTagged && resource.type !== 'AWS::Bedrock::KnowledgeBase';
}

/** The functions of the app that agents use as tools. */
export function toolFunctions(app: AppModel): AppResource[] {
  const holders = app.ofType(
    'AWS::Bedrock::Agent',
    'AWS::Bedrock::Flow',
    'AWS::BedrockAgentCore::Gateway',
    'AWS::BedrockAgentCore::GatewayTarget',
  );
  return holders.flatMap((holder) => ownTools(holder, app)).flatMap(({ resource }) => resource ?? []);
}

function toolsOf(agent: AppResource, app: AppModel): AppTool[] {
  const own = agent.type === 'AWS::BedrockAgentCore::Gateway' ? targetsOf(agent, app) : [];
  return [agent, ...own].flatMap((holder) => ownTools(holder, app));
}

const targets = new WeakMap<AppModel, ReadonlyMap<AppResource, AppResource[]>>();

/** The gateway targets that belong to a gateway. */
export function targetsOf(gateway: AppResource, app: AppModel): AppResource[] {
  const known = targets.get(app) ?? targetsByGateway(app);
  targets.set(app, known);
  return known.get(gateway) ?? [];
}

function targetsByGateway(app: AppModel): ReadonlyMap<AppResource, AppResource[]> {
  const found = new Map<AppResource, AppResource[]>();
  for (const target of app.ofType('AWS::BedrockAgentCore::GatewayTarget')) {
    const gateways = target
      .get('GatewayIdentifier')
      .texts()
      .flatMap((name) => app.resourceOf(name) ?? []);
    for (const gateway of new Set(gateways)) {
      found.set(gateway, [...(found.get(gateway) ?? []), target]);
    }
  }
  return found;
}

function ownTools(holder: AppResource, app: AppModel): AppTool[] {
  const named = (via: AppTool['via'], value: Value): AppTool[] =>
    value.texts().map((text) => {
      const resource = functionOf(text, app, holder);
      return { via, holder, named: text, ...(resource === undefined ? {} : { resource }) };
    });
  switch (holder.type) {
    case 'AWS::Bedrock::Agent':
      return [
        ...holder
          .get('ActionGroups')
          .items()
          .flatMap((group) => named('action group', group.get('ActionGroupExecutor', 'Lambda'))),
        ...named('prompt override', holder.get('PromptOverrideConfiguration', 'OverrideLambda')),
        ...named('orchestration', holder.get('CustomOrchestration', 'Executor', 'Lambda')),
      ];
    case 'AWS::Bedrock::Flow':
      return definitionsOf(holder)
        .flatMap((definition) => functionNodes(definition))
        .flatMap((value) => named('flow node', substituted(value, holder)));
    case 'AWS::BedrockAgentCore::GatewayTarget':
      return named('gateway target', holder.get('TargetConfiguration', 'Mcp', 'Lambda', 'LambdaArn'));
    case 'AWS::BedrockAgentCore::Gateway':
      return holder
        .get('InterceptorConfigurations')
        .items()
        .flatMap((interceptor) => named('interceptor', interceptor.get('Interceptor', 'Lambda', 'Arn')));
    default:
      return [];
  }
}

/** What a flow does, as far as it stands in the template. */
function definitionsOf(flow: AppResource): Value[] {
  const written = flow
    .get('DefinitionString')
    .texts()
    .flatMap((json) => parsedJson(json) ?? []);
  return [flow.get('Definition'), ...written];
}

/** The functions that the nodes of a flow call, those inside loops too. */
function functionNodes(definition: Value, depth = 0): Value[] {
  // A definition in JSON begins these names with small letters, properties with capitals.
  const nodes = [...definition.get('Nodes').items(), ...definition.get('nodes').items()];
  return nodes.flatMap((node) => {
    const [does, said] = [node.get('Configuration'), node.get('configuration')];
    const loops = [does.get('Loop', 'Definition'), said.get('loop', 'definition')];
    return [
      does.get('LambdaFunction', 'LambdaArn'),
      said.get('lambdaFunction', 'lambdaArn'),
      ...(depth < DEEPEST_LOOP ? loops.flatMap((loop) => functionNodes(loop, depth + 1)) : []),
    ];
  });
}

/** The value of `DefinitionSubstitutions` for `{{name}}`, else the value itself. */
function substituted(value: Value, flow: AppResource): Value {
  const name = /^\{\{(\w+)\}\}$/.exec(value.literal ?? '')?.[1];
  const given = name === undefined ? undefined : flow.get('DefinitionSubstitutions', name);
  return given === undefined || given.presence === 'never' ? value : given;
}

/** Loops of flows do not nest; a definition that says so is not followed for ever. */
const DEEPEST_LOOP = 3;

/** An alias names a version at most, and that its function: what goes on leads in a circle. */
const MOST_STEPS = 3;

/** The function that a text names by name, ARN, version or alias. */
export function functionOf(
  named: AppTool['named'],
  app: AppModel,
  from?: AppResource,
  steps = MOST_STEPS,
): AppResource | undefined {
  const place = app.placeOf(named, from)?.resource;
  if (place === undefined) {
    return FUNCTIONS.map((type) => app.resourceCalled(type, named, from)).find((found) => found !== undefined);
  }
  if (FUNCTIONS.includes(place.type)) {
    return place;
  }
  const isVersion = place.type === 'AWS::Lambda::Alias' || place.type === 'AWS::Lambda::Version';
  const [owner] = isVersion ? place.get('FunctionName').texts() : [];
  return owner === undefined || steps === 0 ? undefined : functionOf(owner, app, place, steps - 1);
}
