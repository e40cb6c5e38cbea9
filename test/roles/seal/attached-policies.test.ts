import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnCondition, CfnResource, Fn, NestedStack, type Stack, Token } from 'aws-cdk-lib/core';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { ScopedAgentRole } from 'cdk-least-agency';
import { judged, newStack, ROLE_NAME, TABLE_ARN } from '../agent-fixture';

type Change = (stack: Stack, agent: ScopedAgentRole) => void;

const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const DECLARED = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE_ARN }],
};

function cfnPolicy(scope: Stack, roles: unknown, policyDocument: unknown = ANYTHING): iam.CfnPolicy {
  return new iam.CfnPolicy(scope, 'Raw', {
    policyName: 'raw',
    policyDocument,
    roles: Token.isUnresolved(roles) || Array.isArray(roles) ? (roles as string[]) : Token.asList(roles),
  });
}

describe('through the role object', () => {
  test.each<[string, Change]>([
    ['attachInlinePolicy', (stack, agent) => agent.attachInlinePolicy(new iam.Policy(stack, 'P'))],
    [
      'addManagedPolicy',
      (_, agent) => agent.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')),
    ],
    ['new iam.Policy with roles', (stack, agent) => new iam.Policy(stack, 'P', { roles: [agent] })],
    ['Policy.attachToRole', (stack, agent) => new iam.Policy(stack, 'P').attachToRole(agent)],
  ])('refuses %s at once', (_, change) => {
    expect(() => judged(change)).toThrow(/«AgentRoleSealed» can't attach .* to agent 'orders-agent'.*AgentAccessGrant/);
  });

  test('refuses grantAssumeRole at once', () => {
    expect(() => judged((stack, agent) => agent.grantAssumeRole(new iam.User(stack, 'U')))).toThrow(
      /«AgentRoleSealed» only ECS task may assume the role/,
    );
  });
});

describe('from outside', () => {
  const statements = [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })];
  test.each<[string, Change]>([
    ['ManagedPolicy with roles', (stack, roles) => new iam.ManagedPolicy(stack, 'M', { statements, roles: [roles] })],
    [
      'ManagedPolicy.attachToRole',
      (stack, role) => new iam.ManagedPolicy(stack, 'M', { statements }).attachToRole(role),
    ],
    ['CfnPolicy by Ref', (stack, agent) => cfnPolicy(stack, [agent.roleName])],
    ['CfnPolicy by Fn::Sub', (stack, agent) => cfnPolicy(stack, [Fn.sub('${Role}', { Role: agent.roleName })])],
    [
      'CfnPolicy by Fn::Sub of the logical id',
      (stack, agent) => cfnPolicy(stack, [Fn.sub(`\${${stack.resolve(agent._role.logicalId)}}`)]),
    ],
    [
      'CfnPolicy by Fn::Select and Fn::Split of the ARN',
      (stack, agent) => cfnPolicy(stack, [Fn.select(1, Fn.split('/', agent.roleArn))]),
    ],
    [
      'CfnPolicy with the role on one side of an Fn::If',
      (stack, agent) => {
        const when = new CfnCondition(stack, 'When', { expression: Fn.conditionEquals('a', 'b') });
        cfnPolicy(stack, [Fn.conditionIf(when.logicalId, agent.roleName, 'someone').toString()]);
      },
    ],
    [
      'CfnPolicy whose whole list is an Fn::If',
      (stack, agent) => {
        const policy = cfnPolicy(stack, ['x']);
        policy.addPropertyOverride('Roles', { 'Fn::If': ['When', [agent.roleName], { Ref: 'AWS::NoValue' }] });
      },
    ],
    [
      'CfnPolicy whose list is split from a text',
      (stack, agent) => cfnPolicy(stack, Fn.split(',', Fn.join(',', ['other', agent.roleName]))),
    ],
    [
      'CfnManagedPolicy',
      (stack, agent) => new iam.CfnManagedPolicy(stack, 'Raw', { policyDocument: ANYTHING, roles: [agent.roleName] }),
    ],
    [
      'CfnRolePolicy',
      (stack, agent) =>
        new iam.CfnRolePolicy(stack, 'Raw', { policyName: 'raw', policyDocument: ANYTHING, roleName: agent.roleName }),
    ],
    [
      'a raw CfnResource of a policy',
      (stack, agent) =>
        new CfnResource(stack, 'Raw', {
          type: 'AWS::IAM::Policy',
          properties: { PolicyName: 'raw', Roles: [agent.roleName], PolicyDocument: ANYTHING },
        }),
    ],
    [
      'Role.fromRoleArn(agent.roleArn)',
      (stack, agent) => iam.Role.fromRoleArn(stack, 'Same', agent.roleArn).addToPrincipalPolicy(statements[0] as never),
    ],
    [
      'Role.fromRoleName(agent.roleName)',
      (stack, agent) =>
        iam.Role.fromRoleName(stack, 'Same', agent.roleName).addToPrincipalPolicy(statements[0] as never),
    ],
    [
      'Role.fromRoleArn(agent.roleArn) in another stack',
      (stack, agent) => {
        const other = newStack(stack.node.root as never, 'Other');
        iam.Role.fromRoleArn(other, 'Same', agent.roleArn).addToPrincipalPolicy(statements[0] as never);
      },
    ],
    [
      'a policy in a nested stack, which gets the role as a parameter',
      (stack, agent) => cfnPolicy(new NestedStack(stack, 'Nested'), [agent.roleName]),
    ],
    [
      'a policy document that is JSON text',
      (stack, agent) =>
        cfnPolicy(stack, [agent.roleName]).addPropertyOverride('PolicyDocument', JSON.stringify(ANYTHING)),
    ],
    [
      'a policy document on one side of an Fn::If',
      (stack, agent) => cfnPolicy(stack, [agent.roleName], { 'Fn::If': ['When', DECLARED, ANYTHING] }),
    ],
    [
      'a statement on one side of an Fn::If',
      (stack, agent) =>
        cfnPolicy(stack, [agent.roleName], {
          ...DECLARED,
          Statement: [...DECLARED.Statement, { 'Fn::If': ['When', ANYTHING.Statement[0], { Ref: 'AWS::NoValue' }] }],
        }),
    ],
    [
      'an action on one side of an Fn::If',
      (stack, agent) =>
        cfnPolicy(stack, [agent.roleName], {
          Statement: { ...DECLARED.Statement[0], Action: { 'Fn::If': ['When', 'dynamodb:GetItem', 'dynamodb:*'] } },
        }),
    ],
    [
      "the library's own boundary as a permission",
      (stack, agent) => ceilingOf(stack).addPropertyOverride('Roles', [agent.roleName]),
    ],
  ])('refuses %s', (_, change) => {
    const message = judged(change);
    expect(message).toContain('«AgentPolicyAttached»');
    expect(message).toContain("attaches to agent 'orders-agent' what none of its grants declares");
  });

  test.each<[string, unknown, string]>([
    ['NotAction', { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }, 'NotAction'],
    ['no statement', { Version: '2012-10-17' }, 'no readable Statement'],
    ['a document that only CloudFormation knows', { 'Fn::Transform': { Name: 'Macro' } }, 'no readable Statement'],
    [
      'an effect that only CloudFormation knows',
      { Statement: { Effect: { Ref: 'P' }, Action: 'a:B', Resource: '*' } },
      'Effect',
    ],
    ['no resource', { Statement: { Effect: 'Allow', Action: 'dynamodb:GetItem' } }, 'it names no resource'],
    [
      'conditions that only CloudFormation knows',
      { Statement: { ...DECLARED.Statement[0], Condition: { 'Fn::If': ['When', {}, {}] } } },
      'Condition is not readable',
    ],
  ])('refuses a policy with %s, which can not be judged', (_, document, words) => {
    const message = judged((stack, agent) => cfnPolicy(stack, [agent.roleName], document));
    expect(message).toContain('«AgentPolicyAttached»');
    expect(message).toContain(words);
  });

  test('passes for a policy that gives nothing beyond the grants, and for one that only denies', () => {
    const denial = { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
    expect(judged((stack, agent) => cfnPolicy(stack, [agent.roleName], DECLARED))).toBe('');
    expect(judged((stack, agent) => cfnPolicy(stack, [agent.roleName], denial))).toBe('');
  });

  test('passes for JSON text that gives nothing beyond the grants', () => {
    const message = judged((stack, agent) =>
      cfnPolicy(stack, [agent.roleName]).addPropertyOverride('PolicyDocument', JSON.stringify(DECLARED)),
    );
    expect(message).toBe('');
  });

  test('passes for a policy of somebody else', () => {
    expect(judged((stack) => cfnPolicy(stack, ['someone']), { roleName: ROLE_NAME })).toBe('');
  });
});

describe('by a custom resource that calls IAM', () => {
  const call = (action: string, parameters: unknown): cr.AwsSdkCall => ({
    service: 'IAM',
    action,
    parameters,
    physicalResourceId: cr.PhysicalResourceId.of('call'),
  });
  const custom = (stack: Stack, onUpdate: cr.AwsSdkCall): cr.AwsCustomResource =>
    new cr.AwsCustomResource(stack, 'Call', {
      onUpdate,
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
      installLatestAwsSdk: false,
    });

  test.each([
    'attachRolePolicy',
    'putRolePolicy',
    'updateAssumeRolePolicy',
    'deleteRolePermissionsBoundary',
    'tagRole',
  ])('refuses %s on the role', (action) => {
    const message = judged((stack, agent) =>
      custom(stack, call(action, { RoleName: agent.roleName, PolicyName: 'x' })),
    );
    expect(message).toContain('«AgentRoleChanged»');
    expect(message).toContain(`calls IAM's ${action} on it`);
  });

  test('refuses it when the role is named by its literal name', () => {
    const message = judged((stack) => custom(stack, call('attachRolePolicy', { RoleName: ROLE_NAME })), {
      roleName: ROLE_NAME,
    });
    expect(message).toContain('«AgentRoleChanged»');
  });

  test('passes when one call reads the role and another one changes somebody else', () => {
    const message = judged((stack, agent) => {
      new cr.AwsCustomResource(stack, 'Calls', {
        onCreate: call('attachRolePolicy', { RoleName: 'other' }),
        onUpdate: call('getRole', { RoleName: agent.roleName }),
        policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
        installLatestAwsSdk: false,
      });
    });
    expect(message).toBe('');
  });

  test('passes when the call only reads, or is about another role', () => {
    expect(judged((stack, agent) => custom(stack, call('getRole', { RoleName: agent.roleName })))).toBe('');
    expect(judged((stack) => custom(stack, call('attachRolePolicy', { RoleName: 'other' })))).toBe('');
  });
});

function ceilingOf(stack: Stack): CfnResource {
  return stack.node.findChild('LeastAgencyBoundary').node.defaultChild as CfnResource;
}
