import * as iam from 'aws-cdk-lib/aws-iam';
import { Aspects, type CfnResource, Duration, type IAspect, RemovalPolicies, type Stack, Tags } from 'aws-cdk-lib/core';
import { AgentAccessGrant, type ScopedAgentRole } from 'cdk-least-agency';
import type { IConstruct } from 'constructs';
import { judged, TABLE_ARN } from '../agent-fixture';

type Change = (stack: Stack, agent: ScopedAgentRole) => void;

const role = (agent: ScopedAgentRole): iam.CfnRole => agent.node.defaultChild as iam.CfnRole;
const policy = (agent: ScopedAgentRole): iam.CfnPolicy => agent.node.findChild('Policy') as iam.CfnPolicy;
const INLINE = { PolicyName: 'more', PolicyDocument: { Statement: [] } };

describe('the role in the template', () => {
  test.each<[string, Change, string]>([
    ['inline policies', (_, agent) => role(agent).addPropertyOverride('Policies', [INLINE]), 'inline policies'],
    [
      'inline policies, as a property',
      (_, agent) => void Object.assign(role(agent), { policies: [{ policyName: 'p', policyDocument: {} }] }),
      'inline policies',
    ],
    [
      'managed policies',
      (_, agent) => role(agent).addPropertyOverride('ManagedPolicyArns.0', 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
      'managed policies',
    ],
    [
      'longer sessions',
      (_, agent) => role(agent).addPropertyOverride('MaxSessionDuration', 43_200),
      'may last 43200 seconds, declared 3600',
    ],
    [
      'longer sessions, as a property',
      (_, agent) => void Object.assign(role(agent), { maxSessionDuration: 43_200 }),
      'may last 43200 seconds',
    ],
    [
      'no session length',
      (_, agent) => role(agent).addPropertyDeletionOverride('MaxSessionDuration'),
      'may last undefined seconds',
    ],
    ['another type', (_, agent) => role(agent).addOverride('Type', 'AWS::IAM::User'), 'its type is AWS::IAM::User'],
    [
      'a transform',
      (_, agent) => role(agent).addPropertyOverride('Fn::Transform', { Name: 'AWS::Include' }),
      'properties were put on it (Fn::Transform)',
    ],
  ])('refuses %s put on it', (_, change, words) => {
    const message = judged(change);
    expect(message).toContain("«AgentRoleChanged» the role of agent 'orders-agent' was changed from outside");
    expect(message).toContain(words);
  });

  test('refuses an Aspect that changes it', () => {
    class Widen implements IAspect {
      public visit(node: IConstruct): void {
        if (node instanceof iam.CfnRole) {
          node.managedPolicyArns = ['arn:aws:iam::aws:policy/PowerUserAccess'];
        }
      }
    }
    expect(judged((stack) => Aspects.of(stack.node.root).add(new Widen()))).toContain('«AgentRoleChanged»');
  });

  test('refuses that it is taken out of the tree', () => {
    expect(judged((_, agent) => void agent.node.tryRemoveChild('Resource'))).toMatch(
      /«AgentRoleChanged».*not in the template|«AgentNotJudged»/,
    );
  });

  test('passes for a name, a path and a description from outside, which give nothing', () => {
    const message = judged((_, agent) => {
      role(agent).addPropertyOverride('RoleName', 'prefix-orders');
      role(agent).addPropertyOverride('Path', '/agents/');
      role(agent).addPropertyOverride('Description', 'Ours');
    });
    expect(message).toBe('');
  });
});

describe('the trust policy', () => {
  const trust = (agent: ScopedAgentRole, path: string, value: unknown): void =>
    role(agent).addPropertyOverride(`AssumeRolePolicyDocument${path}`, value);

  test.each<[string, Change]>([
    ['another principal', (_, agent) => trust(agent, '.Statement.0.Principal', { AWS: '*' })],
    [
      'one more statement',
      (_, agent) => trust(agent, '.Statement.1', { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }),
    ],
    ['one more action', (_, agent) => trust(agent, '.Statement.0.Action', ['sts:AssumeRole', 'sts:TagSession'])],
    [
      'another account',
      (_, agent) => trust(agent, '.Statement.0.Condition.StringEquals.aws:SourceAccount', '444455556666'),
    ],
    [
      'no condition',
      (_, agent) => role(agent).addPropertyDeletionOverride('AssumeRolePolicyDocument.Statement.0.Condition'),
    ],
    ['a document of its own', (_, agent) => void Object.assign(role(agent), { assumeRolePolicyDocument: {} })],
  ])('refuses %s', (_, change) => {
    const message = judged(change);
    expect(message).toContain("«AgentTrustChanged» the trust policy of agent 'orders-agent' was changed from outside");
    expect(message).toContain('declared as ECS task');
  });
});

describe('the tags', () => {
  test.each<[string, Change, string]>([
    ['an owner for the whole app', (stack) => Tags.of(stack.node.root).add('Owner', 'platform'), 'tag Owner'],
    ['another kind of principal', (_, agent) => Tags.of(agent).add('PrincipalType', 'Human'), 'tag PrincipalType'],
    ['a tag taken away', (_, agent) => Tags.of(agent).remove('AgentName'), 'tag AgentName'],
    ['a tag overridden', (_, agent) => role(agent).addPropertyOverride('Tags.0.Value', 'other'), 'instead of'],
    ['the same tag in other letters', (stack) => Tags.of(stack).add('owner', 'platform'), 'tag Owner'],
    ['all tags deleted', (_, agent) => role(agent).addPropertyDeletionOverride('Tags'), 'removed instead of'],
    [
      'tags on a condition',
      (_, agent) => role(agent).addPropertyOverride('Tags', { 'Fn::If': ['C', [], []] }),
      'tag AgentName',
    ],
  ])('refuses %s', (_, change, words) => {
    const message = judged(change);
    expect(message).toContain('«AgentTagChanged»');
    expect(message).toContain(words);
    expect(message).toContain('excludeResourceTypes');
  });

  test('passes for tags of others, and for the same value', () => {
    const message = judged((stack) => {
      Tags.of(stack).add('CostCenter', '42');
      Tags.of(stack).add('Environment', 'prod');
      Tags.of(stack).add('Owner', 'orders@example.com');
    });
    expect(message).toBe('');
  });

  test('refuses a declared environment or review date that was changed', () => {
    const message = judged((stack) => Tags.of(stack).add('Environment', 'prod'), {
      environment: 'test',
      reviewBy: '2027-01-31',
    });
    expect(message).toContain('"prod" instead of "test"');
  });
});

describe("the agent's own policies", () => {
  test.each<[string, Change, string]>([
    [
      'one more action',
      (_, agent) => policy(agent).addPropertyOverride('PolicyDocument.Statement.0.Action', ['dynamodb:*']),
      'not what the grants declare',
    ],
    [
      'another document',
      (_, agent) => void Object.assign(policy(agent), { policyDocument: {} }),
      'not what the grants declare',
    ],
    [
      'one more role',
      (_, agent) => policy(agent).addPropertyOverride('Roles.1', 'someone'),
      'its Roles are not the agent alone',
    ],
    [
      'one more role, as a property',
      (_, agent) => void policy(agent).roles?.push('someone'),
      'its Roles are not the agent alone',
    ],
    ['no role', (_, agent) => policy(agent).addPropertyDeletionOverride('Roles'), 'its Roles are not the agent alone'],
    ['users', (_, agent) => policy(agent).addPropertyOverride('Users', ['someone']), 'shared with users or groups'],
    [
      'groups',
      (_, agent) => void Object.assign(policy(agent), { groups: ['everyone'] }),
      'shared with users or groups',
    ],
    [
      'another type',
      (_, agent) => policy(agent).addOverride('Type', 'AWS::IAM::ManagedPolicy'),
      'not what it was made as',
    ],
    ['its removal from the tree', (_, agent) => void agent.node.tryRemoveChild('Policy'), 'not what it was made as'],
    [
      'a removal policy that leaves it attached',
      (_, agent) => policy(agent).addOverride('DeletionPolicy', 'Retain'),
      'stays attached',
    ],
    ['a removal policy for the whole app', (stack) => RemovalPolicies.of(stack).retain(), 'stays attached'],
    [
      'a replacement that leaves the old one',
      (_, agent) => policy(agent).addOverride('UpdateReplacePolicy', 'Retain'),
      'stays attached',
    ],
  ])('refuses %s', (_, change, words) => {
    const message = judged(change);
    expect(message).toContain('«AgentPolicyChanged»');
    expect(message).toContain(words);
  });

  test('refuses a change of a managed policy that the inline one ran over into', () => {
    const message = judged((_, agent) => {
      for (let table = 0; table < 12; table++) {
        const resources = Array.from({ length: 20 }, (_item, item) => `${TABLE_ARN}-${table}-${item}`);
        new AgentAccessGrant(agent, `Tables${table}`, { actions: ['dynamodb:GetItem'], resources });
      }
      (agent.node.findChild('Overflow1') as CfnResource).addPropertyOverride(
        'PolicyDocument.Statement.0.Resource',
        '*',
      );
    });
    expect(message).toContain('Orders/Agent/Overflow1, a policy of agent');
  });
});

describe('what the agent was declared with', () => {
  test('is compared, not what its construct was made to say', () => {
    const message = judged((_, agent) => void Object.assign(role(agent), { maxSessionDuration: 43_200 }), {
      maxSessionDuration: Duration.hours(2),
      maxSessionDurationReason: 'Long reports',
    });
    expect(message).toContain('may last 43200 seconds, declared 7200');
  });
});
