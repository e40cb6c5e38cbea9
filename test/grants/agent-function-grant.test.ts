import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Aws, Stack } from 'aws-cdk-lib/core';
import { AgentFunctionGrant, type AgentFunctionGrantProps } from '../../lib/grants/agent-function-grant';
import { AgentHost } from '../../lib/roles/agent-host';
import { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { ACCOUNT, OTHER_ACCOUNT, REGION, SynthesizedAgent } from './agent-fixture';
import { FUNCTION_ARN } from './declared-grants';
import { refused, refuses } from './refusals';

const imported = (stack: Stack, arn = FUNCTION_ARN, id = 'Imported') => lambda.Function.fromFunctionArn(stack, id, arn);

const tool = (props: (stack: Stack) => Record<string, unknown>, id = 'Tool') =>
  function declare(agent: ScopedAgentRole, stack: Stack): void {
    new AgentFunctionGrant(agent, id, props(stack) as AgentFunctionGrantProps);
  };

const newFunction = (scope: Stack) =>
  new lambda.Function(scope, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });

const permissions = (template: { Resources?: object }) =>
  Object.values(template.Resources ?? {}).flatMap((resource: { Type: string; Properties: unknown }) =>
    resource.Type === 'AWS::Lambda::Permission' ? [resource.Properties] : [],
  );

const versionOf = (stack: Stack) => lambda.Version.fromVersionArn(stack, 'V', `${FUNCTION_ARN}:7`);

describe('a function grant', () => {
  refuses([
    [
      'no function',
      tool(() => ({})),
      'AgentFunctionTarget',
      ['exactly one of function, version and alias has to be given, got 0'],
    ],
    [
      'two functions',
      tool((stack) => ({
        function: imported(stack),
        version: new lambda.CfnVersion(stack, 'V', { functionName: 'f' }),
      })),
      'AgentFunctionTarget',
      ['got 2'],
    ],
    [
      'an ARN as the function',
      tool(() => ({ function: FUNCTION_ARN })),
      'AgentGrantReference',
      ['function must be a resource (a construct or an import that is an IFunctionRef), got', FUNCTION_ARN],
    ],
    [
      'nothing as the version',
      tool(() => ({ version: null })),
      'AgentGrantReference',
      ['version must be', 'got nothing'],
    ],
    [
      'a function as the alias',
      tool((stack) => ({ alias: imported(stack) })),
      'AgentGrantReference',
      ['alias must be', 'got an object without aliasRef'],
    ],
    [
      'every function',
      tool((stack) => ({ function: imported(stack, `arn:aws:lambda:us-east-1:${ACCOUNT}:function:*`) })),
      'AgentGrantArn',
      ['function:${FunctionName}', 'with a wildcard'],
    ],
    [
      'every version of a function',
      tool((stack) => ({ function: imported(stack, `${FUNCTION_ARN}:*`) })),
      'AgentGrantArn',
      ['with a wildcard'],
    ],
    [
      'the agent resource on another host',
      tool((stack) => ({
        function: imported(stack),
        bedrockAgent: bedrock.CfnAgent.fromAgentArn(
          stack,
          'A',
          `arn:aws:bedrock:us-east-1:${ACCOUNT}:agent/AGENT00001`,
        ),
      })),
      'AgentGrantHost',
      ["bedrockAgent is for agents whose host is a Bedrock agent, this one's is ECS task; leave it out"],
    ],
  ]);

  test('refuses the same function twice under another id', () => {
    const message = refused(
      (agent, stack) => {
        tool(() => ({ function: imported(stack, FUNCTION_ARN, 'A') }), 'First')(agent, stack);
        tool(() => ({ function: imported(stack, FUNCTION_ARN, 'B') }), 'Second')(agent, stack);
      },
      'AgentGrantDuplicate',
      {},
      /Orders\/Agent/,
    );
    expect(message).toContain(
      "grant 'Second' (AgentFunctionGrant) of agent 'orders-agent' gives nothing that grant 'First'",
    );
  });

  test('of another account says that its resource policy is missing', () => {
    const agent = SynthesizedAgent.with(
      tool((stack) => ({ function: imported(stack, FUNCTION_ARN.replace(ACCOUNT, OTHER_ACCOUNT)) })),
    );
    expect(agent.contractOf('Tool').notes).toEqual([
      `the resource is in account ${OTHER_ACCOUNT}: the function's resource policy (lambda:InvokeFunction) has to name ` +
        "the role of 'orders-agent' there; this library can only give the half that stands on the role",
    ]);
  });

  test.each([
    [
      'an L1 version',
      (stack: Stack) => ({ version: new lambda.CfnVersion(stack, 'Target', { functionName: 'lookup' }) }),
      { Ref: 'Target' },
    ],
    [
      'an L1 alias',
      (stack: Stack) => ({
        alias: new lambda.CfnAlias(stack, 'Target', { functionName: 'lookup', functionVersion: '7', name: 'live' }),
      }),
      { Ref: 'Target' },
    ],
    [
      'an L1 function',
      (stack: Stack) => ({
        function: new lambda.CfnFunction(stack, 'Target', { code: {}, role: 'arn:aws:iam::111122223333:role/x' }),
      }),
      { 'Fn::GetAtt': ['Target', 'Arn'] },
    ],
    [
      'an L2 function',
      (stack: Stack) => ({ function: newFunction(stack) }),
      { 'Fn::GetAtt': ['FunctionABCDE', 'Arn'] },
    ],
    [
      'an L2 version',
      (stack: Stack) => ({ function: newFunction(stack).currentVersion }),
      { Ref: 'FunctionCurrentVersion' },
    ],
    [
      'an L2 version as a version',
      (stack: Stack) => ({ version: newFunction(stack).currentVersion }),
      { Ref: 'FunctionCurrentVersion' },
    ],
    [
      'an L2 alias',
      (stack: Stack) => ({ function: newFunction(stack).addAlias('live') }),
      { Ref: 'FunctionAliaslive' },
    ],
    ['an imported version', (stack: Stack) => ({ version: versionOf(stack) }), `${FUNCTION_ARN}:7`],
  ] as const)('takes %s', (_, props, resource) => {
    const agent = SynthesizedAgent.with(tool(props));
    // Logical ids end in a hash that is not ours.
    const shown = JSON.stringify(agent.rendered[0]?.Resource).replace(/(Version|live|Function)[0-9A-Fa-f]{8,}/g, '$1');
    expect(shown).toBe(JSON.stringify(resource).replace('ABCDE', ''));
  });
});

describe("a Bedrock agent's function", () => {
  const options = { host: 'bedrockAgent' } as const;

  test('gets a permission for the agents of this account and region, and the role gets nothing', () => {
    const agent = SynthesizedAgent.with(
      tool((stack) => ({ function: imported(stack) })),
      options,
    );
    expect(agent.policies.identity).toEqual([]);
    expect(permissions(agent.template)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: FUNCTION_ARN,
        Principal: 'bedrock.amazonaws.com',
        SourceAccount: ACCOUNT,
        SourceArn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:agent/*`,
      },
    ]);
    expect(agent.contractOf('Tool')).toMatchObject({ accessLevels: ['Write'], actions: ['lambda:InvokeFunction'] });
  });

  test('gets a permission for the one agent that is given, under the function', () => {
    let path: string | undefined;
    const agent = SynthesizedAgent.with((own, stack) => {
      const fn = newFunction(stack);
      const bedrockAgent = new bedrock.CfnAgent(stack, 'BedrockAgent', {
        agentName: 'orders',
        agentResourceRoleArn: own.roleArn,
        actionGroups: [{ actionGroupName: 'lookup', actionGroupExecutor: { lambda: fn.functionArn } }],
      });
      const target = fn.currentVersion;
      new AgentFunctionGrant(own, 'Tool', { function: target, bedrockAgent });
      path = target.node.findAll().find((child) => child instanceof lambda.CfnPermission)?.node.path;
      expect(own.node.findAll().filter((child) => child instanceof lambda.CfnPermission)).toEqual([]);
    }, options);
    expect(path).toMatch(/^Orders\/Function\/CurrentVersion\/InvokedBy/);
    expect(permissions(agent.template)).toMatchObject([
      { SourceAccount: ACCOUNT, SourceArn: { 'Fn::GetAtt': ['BedrockAgent', 'AgentArn'] } },
    ]);
  });

  const crossStack = (given: boolean) => {
    const app = new App({ analyticsReporting: false });
    const env = { account: ACCOUNT, region: REGION };
    const tools = new Stack(app, 'Tools', { env });
    const stack = new Stack(app, 'Orders', { env });
    const agent = new ScopedAgentRole(stack, 'Agent', {
      agentName: 'orders-agent',
      owner: 'orders@example.com',
      host: AgentHost.bedrockAgent(),
    });
    const fn = newFunction(tools);
    const bedrockAgent = new bedrock.CfnAgent(stack, 'BedrockAgent', {
      agentName: 'orders',
      agentResourceRoleArn: agent.roleArn,
      actionGroups: [{ actionGroupName: 'lookup', actionGroupExecutor: { lambda: fn.functionArn } }],
    });
    new AgentFunctionGrant(agent, 'Tool', { function: fn, ...(given ? { bedrockAgent } : {}) });
    const assembly = app.synth();
    return [tools, stack].map(({ stackName }) => permissions(assembly.getStackByName(stackName).template));
  };

  test('in another stack gets a permission there, which names no agent', () => {
    expect(crossStack(false)).toMatchObject([[{ SourceArn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:agent/*` }], []]);
  });

  test('in another stack gets a permission beside the agent that is given, so that no stack needs the other', () => {
    expect(crossStack(true)).toMatchObject([[], [{ SourceArn: { 'Fn::GetAtt': ['BedrockAgent', 'AgentArn'] } }]]);
  });

  test('in an unknown account and region names those of the deployment', () => {
    const agent = SynthesizedAgent.with(
      tool((stack) => ({ function: newFunction(stack) })),
      { ...options, env: undefined },
    );
    expect(permissions(agent.template)).toMatchObject([{ SourceAccount: { Ref: 'AWS::AccountId' } }]);
  });

  refuses(
    [
      [
        'a function of another account',
        tool((stack) => ({ function: imported(stack, FUNCTION_ARN.replace(ACCOUNT, OTHER_ACCOUNT)) })),
        'AgentFunctionAccount',
        [
          `the function is in account ${OTHER_ACCOUNT}`,
          'bedrock.amazonaws.com with aws:SourceAccount and aws:SourceArn',
        ],
      ],
      [
        'a function of another region',
        tool((stack) => ({ function: imported(stack, FUNCTION_ARN.replace(REGION, 'eu-west-1')) })),
        'AgentFunctionRegion',
        ['the function is in eu-west-1', 'its own region, us-east-1'],
      ],
      [
        'every function of the account',
        tool((stack) => ({ function: imported(stack, `arn:aws:lambda:us-east-1:${ACCOUNT}:function:*`) })),
        'AgentGrantArn',
        ['with a wildcard'],
      ],
      [
        'the same function twice',
        (agent, stack) => {
          tool(() => ({ function: imported(stack, FUNCTION_ARN, 'A') }), 'First')(agent, stack);
          tool(() => ({ function: imported(stack, FUNCTION_ARN, 'B') }), 'Second')(agent, stack);
        },
        'AgentGrantDuplicate',
        [
          "grant 'Second' (AgentFunctionGrant) of agent 'orders-agent' gives nothing that grant 'First' does not give already",
        ],
      ],
      [
        'an agent that is no agent',
        tool((stack) => ({ function: imported(stack), bedrockAgent: imported(stack, FUNCTION_ARN, 'X') })),
        'AgentGrantReference',
        [
          'bedrockAgent must be a resource (a construct or an import that is an IAgentRef), got an object without agentRef',
        ],
      ],
    ],
    options,
  );

  test('may be two versions of one function', () => {
    const agent = SynthesizedAgent.with((own, stack) => {
      tool(() => ({ function: imported(stack, FUNCTION_ARN, 'A') }), 'First')(own, stack);
      tool(() => ({ function: versionOf(stack) }), 'Second')(own, stack);
    }, options);
    expect(permissions(agent.template).length).toBe(2);
  });

  test('of the account by its pseudo parameter is of the same account', () => {
    const agent = SynthesizedAgent.with(
      tool((stack) => ({
        function: imported(stack, `arn:${Aws.PARTITION}:lambda:${REGION}:${Aws.ACCOUNT_ID}:function:lookup`),
      })),
      options,
    );
    expect(permissions(agent.template)).toMatchObject([{ SourceAccount: ACCOUNT }]);
  });
});
