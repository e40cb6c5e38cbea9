import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  Aws,
  CfnDynamicReference,
  CfnDynamicReferenceService,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  type CfnResource,
  CrossStackReferences,
  Fn,
  NestedStack,
  ReferenceStrength,
  type Stack,
  Token,
} from 'aws-cdk-lib/core';
import type { ScopedAgentRole } from 'cdk-least-agency';
import { ENV, grantTable, judged, newAgent, newApp, newStack, ROLE_NAME, synthError } from '../agent-fixture';

const NAMED = { roleName: ROLE_NAME };
const NAMED_ARN = `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}`;

/** A policy that gives too much to whatever role is named. */
function attach(scope: Stack, role: string): CfnResource {
  return new iam.CfnManagedPolicy(scope, 'Wide', {
    policyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    roles: [role],
  });
}

const another = (stack: Stack, props = {}): Stack =>
  newStack(stack.node.root as never, 'Another', { env: ENV, ...props });

describe('refuses a policy on the role when it is named', () => {
  test.each<[string, (stack: Stack, agent: ScopedAgentRole) => void]>([
    ['by an export and Fn::ImportValue', (stack, agent) => attach(another(stack), agent.roleName)],
    [
      'by an export made by hand',
      (stack, agent) => {
        new CfnOutput(stack, 'Out', { value: agent.roleName, exportName: 'agent-role' });
        attach(another(stack), Fn.importValue('agent-role'));
      },
    ],
    [
      'by an export that is called after its stack',
      (stack, agent) => {
        new CfnOutput(stack, 'Out', { value: agent.roleName, exportName: `${Aws.STACK_NAME}-role` });
        attach(another(stack), Fn.importValue(Fn.sub('Orders-role')));
      },
    ],
    [
      'by an export that carries on an import',
      (stack, agent) => {
        const middle = another(stack);
        new CfnOutput(middle, 'Out', { value: agent.roleName, exportName: 'agent-role' });
        attach(newStack(stack.node.root as never, 'Last'), Fn.importValue('agent-role'));
      },
    ],
    [
      'by a weak reference',
      (stack, agent) => {
        const other = another(stack);
        CrossStackReferences.of(other).consume(ReferenceStrength.WEAK);
        attach(other, agent.roleName);
      },
    ],
    [
      'by a weak reference to its ARN, taken apart',
      (stack, agent) => {
        const other = another(stack);
        CrossStackReferences.of(other).consume(ReferenceStrength.WEAK);
        attach(other, Fn.select(1, Fn.split('/', agent.roleArn)));
      },
    ],
    [
      'by a parameter of a nested stack in a nested stack',
      (stack, agent) => {
        attach(new NestedStack(new NestedStack(stack, 'N'), 'M'), agent.roleName);
      },
    ],
    [
      'by an output of a nested stack',
      (stack, agent) => {
        const nested = new NestedStack(stack, 'N');
        const output = new CfnOutput(nested, 'Out', { value: agent.roleName });
        attach(stack, Token.asString(nested.nestedStackResource?.getAtt(`Outputs.${output.logicalId}`)));
      },
    ],
    [
      'by a parameter of the parameter store',
      (stack, agent) => {
        new ssm.StringParameter(stack, 'P', { parameterName: '/agents/role', stringValue: agent.roleName });
        attach(another(stack), new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/agents/role').toString());
      },
    ],
    [
      'by a template parameter that reads the parameter store',
      (stack, agent) => {
        new ssm.StringParameter(stack, 'P', { parameterName: '/agents/role', stringValue: agent.roleName });
        attach(stack, ssm.StringParameter.valueForStringParameter(stack, '/agents/role'));
      },
    ],
    [
      'by Fn::GetAtt as text',
      (stack, agent) => {
        attach(stack, 'x').addPropertyOverride('Roles', [
          {
            'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': `${stack.resolve(agent._role.logicalId)}.Arn` }] }],
          },
        ]);
      },
    ],
    [
      'by a function nobody knows',
      (stack, agent) => {
        attach(stack, 'x').addPropertyOverride('Roles', [{ 'Fn::Unheard': { deep: [{ of: agent.roleName }] } }]);
      },
    ],
  ])('%s', (_, change) => {
    expect(judged(change)).toContain('«AgentPolicyAttached»');
  });

  test.each<[string, (stack: Stack) => void]>([
    ['by its literal name', (stack) => attach(stack, ROLE_NAME)],
    ['by its literal name in another stack', (stack) => attach(another(stack), ROLE_NAME)],
    [
      'by the default of a parameter',
      (stack) => attach(stack, new CfnParameter(stack, 'Role', { default: ROLE_NAME }).valueAsString),
    ],
    [
      'by the default of a parameter, in an expression',
      (stack) => {
        const parameter = new CfnParameter(stack, 'Role', { default: NAMED_ARN });
        attach(stack, Fn.select(1, Fn.split('/', parameter.valueAsString)));
      },
    ],
    [
      'by a mapping',
      (stack) =>
        attach(
          stack,
          new CfnMapping(stack, 'Map', { mapping: { roles: { agent: ROLE_NAME } } }).findInMap('roles', 'agent'),
        ),
    ],
    [
      'by a mapping whose key is not known',
      (stack) =>
        attach(
          stack,
          new CfnMapping(stack, 'Map', {
            mapping: { [ENV.region]: { agent: ROLE_NAME }, x: { agent: 'y' } },
          }).findInMap(new CfnParameter(stack, 'Key').valueAsString, 'agent'),
        ),
    ],
    [
      'by a literal in an Fn::If',
      (stack) => {
        attach(stack, 'x').addPropertyOverride('Roles', [{ 'Fn::If': ['C', ROLE_NAME, 'other'] }]);
      },
    ],
    [
      'by a literal in an Fn::Select',
      (stack) => {
        attach(stack, 'x').addPropertyOverride('Roles', [{ 'Fn::Select': [1, ['other', ROLE_NAME]] }]);
      },
    ],
    [
      'by its literal ARN, taken apart by CloudFormation',
      (stack) => {
        attach(stack, 'x').addPropertyOverride('Roles', [{ 'Fn::Select': [1, { 'Fn::Split': ['/', NAMED_ARN] }] }]);
      },
    ],
    [
      'by its literal ARN, taken apart by CDK',
      (stack) => {
        iam.Role.fromRoleArn(stack, 'Same', NAMED_ARN).addToPrincipalPolicy(
          new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }),
        );
      },
    ],
  ])('%s', (_, change) => {
    expect(judged(change, NAMED)).toContain('«AgentPolicyAttached»');
  });

  test('by the name that CloudFormation has made for it, as found in the account', () => {
    const message = judged((stack, agent) =>
      attach(stack, `Orders-${stack.resolve(agent._role.logicalId)}-1A2B3C4D5E6F`),
    );
    expect(message).toContain('«AgentPolicyAttached»');
  });

  test('by a name that an Aspect or an override gave to it', () => {
    const message = judged((stack, agent) => {
      agent._role.addPropertyOverride('RoleName', 'prefix-orders');
      attach(stack, 'prefix-orders');
    });
    expect(message).toContain('«AgentPolicyAttached»');
  });

  test('by a name with pseudo parameters', () => {
    const app = newApp();
    const stack = newStack(app, 'Orders', {});
    grantTable(newAgent(stack, 'Agent', { roleName: `orders-${Aws.REGION}` }));
    attach(stack, Fn.sub('orders-${AWS::Region}'));
    expect(synthError(app)).toContain('«AgentPolicyAttached»');
  });

  test('in another region, through the exchange that CDK makes for it', () => {
    const app = newApp();
    const stack = newStack(app, 'Orders', { env: ENV, crossRegionReferences: true });
    const agent = newAgent(stack);
    grantTable(agent);
    attach(another(stack, { env: { ...ENV, region: 'eu-west-1' }, crossRegionReferences: true }), agent.roleName);
    expect(synthError(app)).toContain('«AgentPolicyAttached»');
  });

  test('in a construct whose id has braces, quotes or percent signs', () => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack, 'A{1}."%7B\\');
    grantTable(agent);
    attach(stack, agent.roleName);
    expect(synthError(app)).toContain('«AgentPolicyAttached»');
  });
});

describe('passes for a policy on a role', () => {
  test.each<[string, string]>([
    ['whose name only starts alike', `${ROLE_NAME}-2`],
    ['whose name only ends alike', `my-${ROLE_NAME}`],
    ['whose name is in other letters', ROLE_NAME.toUpperCase()],
  ])('%s', (_, role) => {
    expect(judged((stack) => attach(stack, role), NAMED)).toBe('');
  });

  test('that another construct made, whose path holds the name of the agent', () => {
    const message = judged((stack) => {
      const role = new iam.Role(stack, ROLE_NAME, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      attach(stack, role.roleName);
    }, NAMED);
    expect(message).toBe('');
  });
});
