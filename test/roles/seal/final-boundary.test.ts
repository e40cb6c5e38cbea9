import * as iam from 'aws-cdk-lib/aws-iam';
import { Aspects, CfnResource, type IAspect, PermissionsBoundary, type Stack, Stage } from 'aws-cdk-lib/core';
import { AgentAccessGrant, type ScopedAgentRole } from 'cdk-least-agency';
import type { IConstruct } from 'constructs';
import { ENV, grantTable, judged, newAgent, newApp, newStack, synthError } from '../agent-fixture';
import { contractOf, infosOf } from '../assembly';

const ORG_ARN = 'arn:aws:iam::111122223333:policy/org-boundary';

const role = (agent: ScopedAgentRole): iam.CfnRole => agent.node.defaultChild as iam.CfnRole;
const ceiling = (stack: Stack): iam.CfnManagedPolicy =>
  stack.node.findChild('LeastAgencyBoundary').node.defaultChild as iam.CfnManagedPolicy;

class PutOn implements IAspect {
  public constructor(private readonly arn: string) {}
  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::IAM::Role') {
      node.addPropertyOverride('PermissionsBoundary', this.arn);
    }
  }
}

describe('a boundary that is taken away', () => {
  test.each<[string, (stack: Stack, agent: ScopedAgentRole) => void]>([
    ['by a property deletion', (_, agent) => role(agent).addPropertyDeletionOverride('PermissionsBoundary')],
    ['by the property', (_, agent) => void Object.assign(role(agent), { permissionsBoundary: undefined })],
    ['by PermissionsBoundary.clear', (stack) => iam.PermissionsBoundary.of(stack).clear()],
    [
      'by a condition',
      (_, agent) =>
        role(agent).addPropertyOverride('PermissionsBoundary', { 'Fn::If': ['C', ORG_ARN, { Ref: 'AWS::NoValue' }] }),
    ],
  ])('is refused: refuses it %s', (_, change) => {
    const message = judged(change);
    expect(message).toContain("«AgentBoundaryMissing» the permissions boundary of agent 'orders-agent' was taken away");
  });
});

describe("the library's own boundary", () => {
  test.each<[string, (stack: Stack) => void]>([
    ['a denial taken out', (stack) => ceiling(stack).addPropertyDeletionOverride('PolicyDocument.Statement.1')],
    ['a document of its own', (stack) => void Object.assign(ceiling(stack), { policyDocument: { Statement: [] } })],
    ['another type', (stack) => ceiling(stack).addOverride('Type', 'AWS::IAM::Policy')],
    ['its removal from the tree', (stack) => void stack.node.tryRemoveChild('LeastAgencyBoundary')],
  ])('refuses %s', (_, change) => {
    expect(judged(change)).toContain('«AgentBoundaryChanged»');
  });
});

describe('a boundary of the organization', () => {
  test.each<[string, (stack: Stack) => iam.IManagedPolicy]>([
    ['by ARN', (stack) => iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Org', ORG_ARN)],
    ['by name', (stack) => iam.ManagedPolicy.fromManagedPolicyName(stack, 'Org', 'org-boundary')],
  ])('is taken as declared %s, and no other is made', (_, find) => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack, 'Agent', { permissionsBoundary: find(stack) });
    grantTable(agent);
    const contract = contractOf(app.synth(), 'Orders/Agent');
    expect(contract.boundary).toEqual({
      shown: expect.stringContaining('policy/org-boundary'),
      source: 'declared',
      inSight: false,
    });
    expect(contract.notes).toContainEqual(expect.stringContaining('is not part of the app: not judged'));
    expect(stack.node.tryFindChild('LeastAgencyBoundary')).toBeUndefined();
  });

  test.each<[string, (stack: Stack) => void]>([
    ['an Aspect', (stack) => Aspects.of(stack).add(new PutOn(ORG_ARN))],
    [
      'iam.PermissionsBoundary.of',
      (stack) => iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Org', ORG_ARN)),
    ],
    [
      'a property override',
      (stack) =>
        role(stack.node.findChild('Agent') as ScopedAgentRole).addPropertyOverride('PermissionsBoundary', ORG_ARN),
    ],
  ])('wins when it is put on by %s, and is reported', (_, change) => {
    const app = newApp();
    const stack = newStack(app);
    grantTable(newAgent(stack));
    change(stack);
    const assembly = app.synth();
    expect(contractOf(assembly, 'Orders/Agent').boundary).toEqual({
      shown: ORG_ARN,
      source: 'override',
      inSight: false,
    });
    expect(infosOf(assembly, 'Orders/Agent')).toContainEqual(
      expect.stringMatching(
        /boundary of agent 'orders-agent' was replaced from outside: .*org-boundary.*could not be judged/,
      ),
    );
  });

  test('wins when a Stage or a Stack puts it on', () => {
    const app = newApp();
    const permissionsBoundary = PermissionsBoundary.fromArn(ORG_ARN);
    const stage = new Stage(app, 'Prod', { env: ENV, permissionsBoundary });
    grantTable(newAgent(newStack(stage)));
    grantTable(newAgent(newStack(app, 'Alone', { env: ENV, permissionsBoundary })));
    const assembly = app.synth();
    const nested = assembly.getNestedAssembly('assembly-Prod');
    for (const contract of [contractOf(nested, 'Prod/Orders/Agent'), contractOf(assembly, 'Alone/Agent')]) {
      expect(contract.boundary).toEqual({ shown: ORG_ARN, source: 'override', inSight: false });
    }
  });
});

describe('grants under the final boundary', () => {
  function withBoundary(statements: iam.PolicyStatement[], grant?: (agent: ScopedAgentRole) => void): string {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack);
    grantTable(agent);
    grant?.(agent);
    iam.PermissionsBoundary.of(agent).apply(new iam.ManagedPolicy(newStack(app, 'Org'), 'Ceiling', { statements }));
    return synthError(app);
  }
  const allow = (...actions: string[]): iam.PolicyStatement => new iam.PolicyStatement({ actions, resources: ['*'] });
  const deny = (...actions: string[]): iam.PolicyStatement =>
    new iam.PolicyStatement({ effect: iam.Effect.DENY, actions, resources: ['*'] });

  test('refuses a grant that a boundary of the app does not allow', () => {
    const message = withBoundary([allow('s3:*')]);
    expect(message).toContain('«AgentBoundaryBlocks» the permissions boundary Org/Ceiling');
    expect(message).toContain(
      "dynamodb:GetItem on arn:aws:dynamodb:us-east-1:111122223333:table/orders, which grant 'Orders' gives",
    );
  });

  test('refuses a grant that a boundary of the app denies', () => {
    expect(withBoundary([allow('*'), deny('dynamodb:Get*')])).toContain('«AgentBoundaryBlocks»');
  });

  test('passes for a boundary that allows it, and for a denial that may not apply', () => {
    const conditional = new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: ['*'],
      resources: ['*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(withBoundary([allow('dynamodb:*'), conditional])).toBe('');
  });

  test("refuses what the library's own boundary denies every agent", () => {
    const message = judged((_, agent) => {
      new AgentAccessGrant(agent, 'Roles', {
        actions: ['iam:TagRole'],
        resources: ['arn:aws:iam::111122223333:role/other'],
        purpose: 'Tags a role',
      });
    });
    expect(message).toContain('«AgentBoundaryBlocks» the permissions boundary Orders/LeastAgencyBoundary/Resource');
    expect(message).toContain('iam:TagRole on arn:aws:iam::111122223333:role/other');
  });

  const assume = (agent: ScopedAgentRole, roles: string[]): void =>
    void new AgentAccessGrant(agent, 'Roles', {
      actions: ['sts:AssumeRole'],
      resources: roles.map((role) => `arn:aws:iam::111122223333:role/${role}`),
      purpose: 'Reads as another',
    });

  test('passes for a role that the agent declares to assume', () => {
    expect(judged((_, agent) => assume(agent, ['reader']))).toBe('');
  });

  test('refuses more roles to assume than the boundary has room for, with the numbers', () => {
    const roles = Array.from({ length: 60 }, (_, position) => `reader-${position}`);
    expect(judged((_, agent) => assume(agent, roles))).toMatch(
      /«AgentBoundarySize» the permissions boundary of agent 'orders-agent' takes \d+ characters .* allowed are 6144/,
    );
  });
});
