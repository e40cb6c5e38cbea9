import { AppModel } from '../../../lib/access/app/app-model';
import { DELEGATING_ACTIONS, DelegationGraph } from '../../../lib/access/app/delegation-graph';
import { ActionSet } from '../../../lib/checks/judging/grants/allowed-actions';
import { grantsOf } from '../../../lib/checks/judging/grants/role-grants';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const role = (Action?: unknown, Resource: unknown = '*', Service = 'bedrock-agentcore.amazonaws.com') => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust(Service),
    ...(Action === undefined
      ? {}
      : {
          Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] } }],
        }),
  },
});
const runtime = (name: string) => ({
  Type: 'AWS::BedrockAgentCore::Runtime',
  Properties: { AgentRuntimeName: name, RoleArn: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] } },
});
const bedrockAgent = (name: string, more: object = {}) => ({
  Type: 'AWS::Bedrock::Agent',
  Properties: { AgentName: name, AgentResourceRoleArn: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] }, ...more },
});
const alias = (name: string) => ({
  Type: 'AWS::Bedrock::AgentAlias',
  Properties: { AgentAliasName: 'live', AgentId: { 'Fn::GetAtt': [name, 'AgentId'] } },
});
const graph = (Resources: object) => {
  const delegating = new ActionSet(...DELEGATING_ACTIONS);
  return new DelegationGraph(new AppModel([{ name: 'app', body: { Resources } }]), (agent) =>
    grantsOf(agent, delegating),
  );
};
const edges = (resources: object) =>
  graph(resources).edges.map(
    ({ from, to, exact }) => `${from.resource.logicalId} ${exact ? '->' : '~>'} ${to.resource.logicalId}`,
  );

const RUNTIMES = { One: runtime('One'), Two: runtime('Two'), TwoRole: role() };
const INVOKE = 'bedrock-agentcore:InvokeAgentRuntime';
const ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/';

test.each<[string, unknown, string[]]>([
  ['an attribute', { 'Fn::GetAtt': ['Two', 'AgentRuntimeArn'] }, ['One -> Two']],
  ['an endpoint', { 'Fn::Sub': '${Two.AgentRuntimeArn}/runtime-endpoint/DEFAULT' }, ['One -> Two']],
  [
    'a Join',
    { 'Fn::Join': ['', ['arn:aws:bedrock-agentcore:us-east-1:1:runtime/', { Ref: 'Two' }, '/*']] },
    ['One -> Two'],
  ],
  ['its name and ten letters', `${ARN}Two-Zz9Yy8Xx7W`, ['One -> Two']],
  ['its name and question marks', `${ARN}Two-??????????`, ['One ~> Two']],
  ['the beginning of its name', `${ARN}Tw*`, ['One ~> Two']],
  ['all runtimes', `${ARN}*`, ['One ~> One', 'One ~> Two']],
  ['everything', '*', ['One ~> One', 'One ~> Two']],
  ['another runtime', `${ARN}Three-Zz9Yy8Xx7W`, []],
  ['a runtime whose name only begins like it', `${ARN}Two_b-Zz9Yy8Xx7W`, []],
])('a runtime is called by %s', (_, resource, expected) => {
  expect(edges({ ...RUNTIMES, OneRole: role(INVOKE, resource) })).toEqual(expected);
});

test.each(['AgentRuntimeEndpointArn', 'AgentRuntimeArn'])('a runtime is called by %s of an endpoint', (attribute) => {
  const Endpoint = {
    Type: 'AWS::BedrockAgentCore::RuntimeEndpoint',
    Properties: { Name: 'live', AgentRuntimeId: { 'Fn::GetAtt': ['Two', 'AgentRuntimeId'] } },
  };
  const OneRole = role(INVOKE, { 'Fn::GetAtt': ['Endpoint', attribute] });
  expect(edges({ ...RUNTIMES, Endpoint, OneRole })).toEqual(['One -> Two']);
});

test('an action of another service calls nobody', () => {
  expect(edges({ ...RUNTIMES, OneRole: role('bedrock:InvokeAgent') })).toEqual([]);
});

const AGENTS = { One: bedrockAgent('One'), Two: bedrockAgent('Two'), TwoRole: role(), Alias: alias('Two') };

test.each<[string, unknown, string[]]>([
  ['the attribute of an alias', { 'Fn::GetAtt': ['Alias', 'AgentAliasArn'] }, ['One -> Two']],
  ['its id and any alias', { 'Fn::Sub': 'arn:aws:bedrock:us-east-1:1:agent-alias/${Two.AgentId}/*' }, ['One -> Two']],
  ['any alias', 'arn:aws:bedrock:us-east-1:1:agent-alias/*', ['One ~> One', 'One ~> Two']],
  ['an alias that nobody knows', 'arn:aws:bedrock:us-east-1:1:agent-alias/ABCDEFGHIJ/KLMNOPQRST', []],
])('a Bedrock agent is called by %s', (_, resource, expected) => {
  expect(edges({ ...AGENTS, OneRole: role('bedrock:Invoke*', resource) })).toEqual(expected);
});

test('a supervisor calls its collaborators', () => {
  const AgentCollaborators = [{ AgentDescriptor: { AliasArn: { 'Fn::GetAtt': ['Alias', 'AgentAliasArn'] } } }];
  expect(edges({ ...AGENTS, One: bedrockAgent('One', { AgentCollaborators }), OneRole: role() })).toEqual([
    'One -> Two',
  ]);
});

test('an agent becomes another one by its role, by a wildcard only where the trust lets it', () => {
  const two = { ...RUNTIMES, TwoRole: role() };
  const assume = (resource: unknown) => edges({ ...two, OneRole: role('sts:AssumeRole', resource) });
  expect(assume({ 'Fn::GetAtt': ['TwoRole', 'Arn'] })).toEqual(['One -> Two']);
  expect(assume('*')).toEqual([]);
});

test('a role without anything that runs with it is an agent too', () => {
  expect(
    edges({
      OneRole: role(INVOKE, { 'Fn::GetAtt': ['Two', 'AgentRuntimeArn'] }),
      Two: runtime('Two'),
      TwoRole: role(),
    }),
  ).toEqual(['OneRole -> Two']);
});

describe('circles', () => {
  const calls = (...names: string[]) =>
    role(
      INVOKE,
      names.map((name) => ({ 'Fn::GetAtt': [name, 'AgentRuntimeArn'] })),
    );
  const cycles = (resources: object) =>
    graph(resources)
      .cycles()
      .map((circle) => circle.map(({ resource }) => resource.logicalId));

  test('are found, and chains are none', () => {
    const three = { One: runtime('One'), Two: runtime('Two'), Three: runtime('Three') };
    const chain = { ...three, OneRole: calls('Two', 'Three'), TwoRole: calls('Three'), ThreeRole: role() };
    expect(cycles(chain)).toEqual([]);
    expect(cycles({ ...chain, ThreeRole: calls('Two') })).toEqual([['Two', 'Three']]);
    expect(cycles({ ...chain, ThreeRole: calls('One') })).toEqual([['One', 'Two', 'Three']]);
  });

  test('an agent that names itself is one, an agent that may call any is none by itself', () => {
    expect(cycles({ One: runtime('One'), OneRole: calls('One') })).toEqual([['One']]);
    expect(cycles({ One: runtime('One'), OneRole: role(INVOKE) })).toEqual([]);
  });

  test('of long chains are found without recursion', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `A${index}`);
    const resources = Object.fromEntries(
      names.flatMap((name, index) => [
        [name, runtime(name)],
        [`${name}Role`, calls(names[(index + 1) % names.length] ?? '')],
      ]),
    );
    expect(cycles(resources).map(({ length }) => length)).toEqual([3000]);
  });
});
