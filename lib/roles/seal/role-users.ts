import { Stack, Token } from 'aws-cdk-lib/core';
import { literalOf, sameText } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import { shownText } from '../../synth/shown-text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { tokenText } from '../../synth/token-text';
import type { SealedAgent } from '../sealed-agent';
import { attachesToRoles } from './attached-policies';
import { takeApart } from './policies-in';
import type { RoleSpelling } from './role-spelling';

/** A property of a resource that hands the resource a role. */
const ROLE_PROPERTY = /(role(arn|name|uri)?s?|credentials(arn)?)$/i;

/** What only passes the role's name on, to people or to programs. */
const PASSED_ON = /^(Environment|EnvironmentVariables|Tags|Description)$/;

/** Resources that hand their parameters to a template that is not part of the app. */
const FAR_TEMPLATE =
  /^AWS::CloudFormation::(Stack|StackSet)$|^AWS::ServiceCatalog::CloudFormationProvisionedProduct$|::MODULE$/;

/** How a resource uses the role, as far as its properties tell. */
export interface RoleUse {
  readonly resource: IndexedResource;
  /** The dotted path of the property that names the role. */
  readonly property: string;
  /** `host`: it runs with the role. `far`: it hands the role out of sight. `named`: nothing is known of it. */
  readonly kind: 'host' | 'far' | 'named';
}

/** Every property of the Stage that names the role, policies left out. */
export function roleUses(index: StageIndex, spelling: RoleSpelling): RoleUse[] {
  const uses = new Map<string, RoleUse>();
  for (const resource of spelling.candidates()) {
    if (attachesToRoles(resource) || resource.type === 'AWS::Lambda::Permission' || isPassage(resource, index)) {
      continue;
    }
    for (const { path, value } of takeApart(resource, index, () => false).plain) {
      const takesRole = path.some((name) => ROLE_PROPERTY.test(name)) && !isTold(resource, path);
      const text = index.text(value, resource.stack);
      if (path.some((name) => PASSED_ON.test(name)) || !(takesRole ? spelling.names(text) : spelling.pointsTo(text))) {
        continue;
      }
      const property = path.join('.');
      const kind = FAR_TEMPLATE.test(resource.type) ? 'far' : takesRole ? 'host' : 'named';
      uses.set(`${resource.path}|${property}`, { resource, property, kind });
    }
  }
  return [...uses.values()];
}

/** The name of a role in a call that a custom resource makes; the calls of IAM are judged for themselves. */
function isTold({ type }: IndexedResource, path: readonly string[]): boolean {
  return type.startsWith('Custom::') && path.at(-1) === 'RoleName';
}

/** CDK's own ways from one template of the Stage to another: what comes out there is read there. */
function isPassage({ type, path }: IndexedResource, index: StageIndex): boolean {
  return (
    type === 'Custom::CrossRegionExportWriter' ||
    type === 'Custom::CrossRegionExportReader' ||
    (type === 'AWS::CloudFormation::Stack' && index.isNestedStack(path))
  );
}

/** The resources that use the role: one host of the declared kind, name and place, and no other. */
export function roleUsers(agent: SealedAgent, index: StageIndex, uses: readonly RoleUse[]): string[] {
  const { workload } = agent._definition;
  const findings: string[] = [];
  const hosts: IndexedResource[] = [];
  for (const use of uses) {
    const { resource, property, kind } = use;
    if (kind === 'named') {
      continue;
    }
    if (resource.type === workload.type && property === workload.roleProperty.join('.')) {
      hosts.push(resource);
      findings.push(...disagreements(agent, index, resource), ...elsewhere(agent, resource));
    } else {
      findings.push(foreign(agent, use));
    }
  }
  if (hosts.length > 1) {
    findings.push(
      finding(
        'AgentHostShared',
        `the role of agent '${agent.agentName}' is used by ${hosts.map((host) => host.path).join(' and ')}: every agent ` +
          'needs an identity of its own; declare one ScopedAgentRole for each',
      ),
    );
  }
  return findings;
}

function foreign(agent: SealedAgent, { resource, property, kind }: RoleUse): string {
  const { workload, label } = agent._definition;
  const why =
    kind === 'far'
      ? 'what its template does with the role is not part of the app and could not be judged'
      : resource.type === workload.type
        ? 'that property takes another role'
        : 'only that service may assume the role';
  return finding(
    'AgentHostForeign',
    `${resource.path} (${resource.type}, ${property}) uses the role of agent '${agent.agentName}', whose host is ` +
      `declared as ${label}: ${why}; give ${resource.path} a role of its own, or declare the host that runs the agent`,
  );
}

function disagreements(agent: SealedAgent, index: StageIndex, host: IndexedResource): string[] {
  return agent._definition.workload.agreed.flatMap(({ path, value, fix, optional }) => {
    const got = path.reduce<unknown>(
      (properties, key) => (properties as Record<string, unknown> | undefined)?.[key],
      host.properties,
    );
    const expected = tokenText(value, agent);
    const actual = got === undefined ? undefined : index.text(got, host.stack);
    if (actual === undefined ? optional : sameText(actual, expected)) {
      return [];
    }
    return [
      finding(
        'AgentHostMismatch',
        `${host.path} has ${path.join('.')} ${actual === undefined ? 'not set' : `'${shownText(actual)}'`}, but agent ` +
          `'${agent.agentName}' was declared for '${shownText(expected)}': the role would not work for it; set ${fix}`,
      ),
    ];
  });
}

/** A host in another account or region than the trust policy names could not assume the role. */
function elsewhere(agent: SealedAgent, host: IndexedResource): string[] {
  const stack = Stack.of(agent);
  const sourceArn = agent._definition.trust(stack).conditions?.ArnLike?.['aws:SourceArn'];
  const named = sourceArn === undefined ? '' : (literalOf(tokenText(sourceArn, agent)) ?? '').split(':')[3];
  const places = [
    { what: 'account', expected: stack.account, actual: host.stack.account },
    { what: 'region', expected: named || stack.region, actual: host.stack.region },
  ];
  return places
    .filter(({ expected, actual }) => !Token.isUnresolved(expected) && !Token.isUnresolved(actual))
    .filter(({ expected, actual }) => expected !== '*' && expected !== actual)
    .map(({ what, expected, actual }) =>
      finding(
        'AgentHostMismatch',
        `${host.path} is in ${what} ${actual}, but agent '${agent.agentName}' was declared for ${what} ${expected}: the ` +
          "role would not work for it; put the agent into its host's stack",
      ),
    );
}
