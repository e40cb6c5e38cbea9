import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Aspects, CfnParameter, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib/core';
import { AgentStorageGrant } from 'cdk-least-agency';
import type { IConstruct } from 'constructs';
import { EffectiveAccess } from '../../lib/testing/effective-access';
import { AccessDecision } from '../../lib/testing/policy-decision';
import { ENV, newAgent, newApp, newStack, synthError } from '../roles/agent-fixture';

const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});
const deny = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action, Resource, ...more }],
});
const OBJECT = 'arn:aws:s3:::files/a';
const OF_ACCOUNT = { 's3:ResourceAccount': ENV.account };

describe('policies at hand', () => {
  test.each<[string, unknown]>([
    ['an object', allow('s3:GetObject', 'arn:aws:s3:::files/*')],
    ['its JSON text', JSON.stringify(allow('s3:GetObject', 'arn:aws:s3:::files/*'))],
    [
      'an iam.PolicyDocument',
      new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/*'] })],
      }),
    ],
  ])('are read as %s', (_, document) => {
    const access = EffectiveAccess.ofPolicies({ identity: [document] });
    expect(access.decide({ action: 's3:getobject', resource: OBJECT })).toEqual({
      decision: AccessDecision.ALLOWED,
      isAllowed: true,
      because: [expect.stringContaining('identity[0].Statement')],
    });
    expect(access.decide({ action: 's3:PutObject', resource: OBJECT })).toEqual({
      decision: AccessDecision.IMPLICITLY_DENIED,
      isAllowed: false,
      because: expect.arrayContaining([expect.stringContaining('Action does not list s3:putobject')]),
    });
  });

  test('are decided with all their layers', () => {
    const everything = allow('*', '*');
    const policies = {
      identity: [everything],
      boundary: [everything],
      session: [everything],
      scp: [[everything], [everything]],
      rcp: [[everything]],
    };
    const of = (more: object): AccessDecision =>
      EffectiveAccess.ofPolicies({ ...policies, ...more }).decide({ action: 's3:GetObject', resource: OBJECT })
        .decision;
    expect(of({})).toBe(AccessDecision.ALLOWED);
    expect(of({ boundary: [allow('sqs:*', '*')] })).toBe(AccessDecision.IMPLICITLY_DENIED);
    expect(of({ session: [allow('sqs:*', '*')] })).toBe(AccessDecision.IMPLICITLY_DENIED);
    expect(of({ scp: [[everything], [allow('sqs:*', '*')]] })).toBe(AccessDecision.IMPLICITLY_DENIED);
    expect(of({ rcp: [[everything, deny('s3:*', '*', { Principal: '*' })]] })).toBe(AccessDecision.EXPLICITLY_DENIED);
    expect(of({ identity: [everything, deny('s3:*', '*')] })).toBe(AccessDecision.EXPLICITLY_DENIED);
  });

  test('take the policy of the resource for one that leaves the decision to the account, unless it is given', () => {
    const role = 'arn:aws:iam::444455556666:role/reader';
    const steps = { action: 'sts:AssumeRole', resource: role, principal: 'arn:aws:iam::444455556666:role/agent' };
    const identity = [allow('sts:AssumeRole', role)];
    const trust = {
      ...allow('sts:AssumeRole', role),
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/other' }, Action: 'sts:AssumeRole' },
      ],
    };
    expect(EffectiveAccess.ofPolicies({ identity }).decide(steps).isAllowed).toBe(true);
    expect(EffectiveAccess.ofPolicies({ identity, resource: [trust] }).decide(steps).isAllowed).toBe(false);
  });

  test.each<[string, unknown, string]>([
    ['an action that is none', allow('s3.GetObject', '*'), '«PolicyUnreadable» identity[0].Statement[0].Action: '],
    ['no statement', {}, '«PolicyUnreadable» identity[0]: The policy has no Statement.'],
    ['no policy', 7, '«PolicyUnreadable» identity[0]: A policy must be an object or its JSON text, got number.'],
    [
      'a function of CloudFormation',
      allow('s3:GetObject', '*', { Effect: Fn.ref('E') }),
      '«PolicyUnreadable» identity[0].Statement[0].Effect',
    ],
  ])('refuses %s, with the place', (_, document, message) => {
    expect(() => EffectiveAccess.ofPolicies({ identity: [document] })).toThrow(message);
    expect(() => EffectiveAccess.ofPolicies({ identity: [document] })).toThrow(
      expect.objectContaining({ name: 'PolicyUnreadable' }),
    );
  });

  test.each<[string, object, string]>([
    ['a pattern of actions', { action: 's3:*' }, "action: 's3:*' is no action"],
    ['no action', {}, 'action: is missing'],
    ['a principal that is none', { action: 's3:GetObject', principal: 'me' }, "principal: 'me' is no principal"],
    [
      'a context value that is none',
      { action: 's3:GetObject', context: { a: {} } },
      'context.a: must be a string, a number',
    ],
    ['an account that is none', { action: 's3:GetObject', resourceAccount: '1' }, "resourceAccount: '1' is no account"],
    [
      'a context value that is not known',
      { action: 's3:GetObject', context: { 's3:ResourceAccount': new Stack().account } },
      'give the stack an account and a region (env), or write the value out',
    ],
  ])('refuses a request with %s', (_, request, message) => {
    const access = EffectiveAccess.ofPolicies({ identity: [allow('*', '*')] });
    expect(() => access.decide(request as { action: string })).toThrow(
      "«AccessRequestInvalid» the request can't be decided: ",
    );
    expect(() => access.decide(request as { action: string })).toThrow(message);
  });
});

describe('a role of the app', () => {
  function claims(): { stack: Stack; bucket: s3.Bucket; other: s3.Bucket; access: EffectiveAccess } {
    const stack = newStack();
    const [bucket, other] = [new s3.Bucket(stack, 'Files'), new s3.Bucket(stack, 'Other')];
    const agent = newAgent(stack);
    new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
    return { stack, bucket, other, access: EffectiveAccess.ofRole(agent) };
  }

  test('of an agent is asked with the constructs that it was declared with', () => {
    const { bucket, other, access } = claims();
    const can = (action: string, resource: string, context: object = OF_ACCOUNT): boolean =>
      access.decide({ action, resource, context: { ...context } }).isAllowed;
    expect(can('s3:GetObject', bucket.arnForObjects('claims/1.pdf'))).toBe(true);
    expect(can('s3:GetObject', bucket.arnForObjects('claims/1.pdf'), {})).toBe(false);
    expect(can('s3:GetObject', bucket.arnForObjects('letters/1.pdf'))).toBe(false);
    expect(can('s3:PutObject', bucket.arnForObjects('claims/1.pdf'))).toBe(false);
    expect(can('s3:GetObject', other.arnForObjects('claims/1.pdf'))).toBe(false);
    expect(can('s3:GetObject', 'arn:aws:s3:::elsewhere/claims/1.pdf')).toBe(false);
    expect(can('iam:CreateUser', '*')).toBe(false);
  });

  test('says which condition was missing', () => {
    const { bucket, access } = claims();
    const { because } = access.decide({ action: 's3:GetObject', resource: bucket.arnForObjects('claims/1.pdf') });
    expect(because.join()).toContain(
      'ClaimsRead) came nearest: Condition StringEquals on s3:ResourceAccount is not met',
    );
  });

  test('is read without a trace: the same app passes and fails as before', () => {
    const { stack } = claims();
    expect(synthError(stack.node.root as App)).toBe('');
    const app = newApp();
    const next = newStack(app);
    const [one, two] = ['one', 'two'].map((agentName) => newAgent(next, agentName, { agentName }));
    EffectiveAccess.ofRole(one as iam.IRole);
    new iam.CfnManagedPolicy(next, 'Late', {
      policyDocument: allow('s3:*', '*'),
      roles: [(two as iam.IRole).roleName],
    });
    expect(synthError(app)).toContain("«AgentPolicyAttached» Orders/Late attaches to agent 'two'");
  });

  test('of CDK has all its policies, wherever they stand', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Files');
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(),
      roleName: 'reader',
      inlinePolicies: {
        Inline: iam.PolicyDocument.fromJson(allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:a')),
      },
      managedPolicies: [
        new iam.ManagedPolicy(stack, 'Managed', { document: iam.PolicyDocument.fromJson(allow('sns:Publish', '*')) }),
      ],
    });
    bucket.grantRead(role);
    new iam.CfnRolePolicy(stack, 'Raw', {
      roleName: 'reader',
      policyName: 'raw',
      policyDocument: allow('dynamodb:GetItem', '*'),
    });
    new iam.CfnPolicy(stack, 'Foreign', { policyName: 'x', roles: ['writer'], policyDocument: allow('ec2:*', '*') });
    const access = EffectiveAccess.ofRole(role);
    const can = (action: string, resource = '*'): boolean => access.decide({ action, resource }).isAllowed;
    expect(can('s3:GetObject', bucket.arnForObjects('a'))).toBe(true);
    expect(can('s3:PutObject', bucket.arnForObjects('a'))).toBe(false);
    expect(can('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:a')).toBe(true);
    expect(can('sns:Publish', 'arn:aws:sns:us-east-1:111122223333:t')).toBe(true);
    expect(can('dynamodb:GetItem')).toBe(true);
    expect(can('ec2:RunInstances')).toBe(false);
  });

  test('is under its boundary, and under what Aspects did to it', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*', 'sqs:*'], resources: ['*'] }));
    const boundary = new iam.ManagedPolicy(stack, 'B', { document: iam.PolicyDocument.fromJson(allow('s3:*', '*')) });
    Aspects.of(stack).add({
      visit: (node: IConstruct) => {
        if (node instanceof iam.CfnRole) {
          node.permissionsBoundary = boundary.managedPolicyArn;
        }
      },
    });
    const can = (action: string): boolean => EffectiveAccess.ofRole(role).decide({ action, resource: '*' }).isAllowed;
    expect([can('s3:GetObject'), can('sqs:SendMessage')]).toEqual([true, true]);
    Template.fromStack(stack);
    expect([can('s3:GetObject'), can('sqs:SendMessage')]).toEqual([true, false]);
  });

  test('with policies of somebody else needs their documents', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')],
      permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Org', 'arn:aws:iam::111122223333:policy/org'),
    });
    expect(() => EffectiveAccess.ofRole(role)).toThrow(
      expect.objectContaining({
        name: 'PolicyNotInApp',
        message: expect.stringMatching(
          /the role Orders\/Role has arn:.*:iam::aws:policy\/ReadOnlyAccess, whose document is not part of the app; give it: EffectiveAccess.ofRole\(role, \{ managedPolicies: /,
        ),
      }),
    );
    const managedPolicies = {
      'arn:aws:iam::aws:policy/ReadOnlyAccess': allow('*', '*'),
      'arn:aws:iam::111122223333:policy/org': allow('s3:*', '*'),
    };
    const access = EffectiveAccess.ofRole(role, { managedPolicies });
    expect(access.decide({ action: 's3:GetObject', resource: OBJECT }).isAllowed).toBe(true);
    expect(access.decide({ action: 'sqs:SendMessage' }).isAllowed).toBe(false);
    const { 'arn:aws:iam::111122223333:policy/org': _, ...rest } = managedPolicies;
    expect(() =>
      EffectiveAccess.ofRole(role, {
        managedPolicies: { ...rest, 'arn:aws:iam::111122223333:policy/aws': allow('*', '*') },
      }),
    ).toThrow('arn:aws:iam::111122223333:policy/org');
  });

  test('is refused when the app only imports it, and when a policy of it can not be read', () => {
    const stack = newStack();
    expect(() => EffectiveAccess.ofRole(iam.Role.fromRoleName(stack, 'Imported', 'x'))).toThrow(
      '«RoleNotInApp» the role Orders/Imported is not made by the app',
    );
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new CfnResource(stack, 'Raw', {
      type: 'AWS::IAM::RolePolicy',
      properties: { RoleName: role.roleName, PolicyName: 'x', PolicyDocument: Fn.transform('Macro', {}) },
    });
    expect(() => EffectiveAccess.ofRole(role)).toThrow("«PolicyUnreadable» a policy of Orders/Raw can't be read: ");
  });
});

describe('what only the deployment knows', () => {
  test('is not guessed of principals either', () => {
    const owner = new CfnParameter(new Stack(), 'Owner').valueAsString;
    const everybody = { Principal: '*' };
    const access = EffectiveAccess.ofPolicies({
      resource: [
        allow('s3:GetObject', '*', everybody),
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', NotPrincipal: { AWS: owner }, Action: 's3:*', Resource: '*' }],
        },
      ],
    });
    expect(() =>
      access.decide({ action: 's3:GetObject', resource: OBJECT, principal: 'arn:aws:iam::111122223333:user/u' }),
    ).toThrow('«AccessUndecided»');
  });

  const stack = new Stack(new App(), 'S', { env: ENV });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const queue = new sqs.Queue(stack, 'Queue');
  const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
  const statement = (actions: string[], resources: string[], more: iam.PolicyStatementProps = {}): iam.PolicyDocument =>
    new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions, resources, ...more })] });
  const asks = (...documents: iam.PolicyDocument[]) => EffectiveAccess.ofPolicies({ identity: documents });
  const read = (resource: string, context = {}) => ({ action: 's3:GetObject', resource, context });
  const made = Token.asString(
    new CfnResource(stack, 'Made', { type: 'AWS::CloudFormation::CustomResource' }).getAtt('Arn'),
  );
  const imported = Fn.importValue('OtherBucket');

  test.each<[string, iam.PolicyDocument[], ReturnType<typeof read>]>([
    ['the same attribute', [statement(['s3:GetObject'], [bucket.arnForObjects('*')])], read(bucket.arnForObjects('a'))],
    [
      'the same parameter',
      [statement(['s3:GetObject'], [`arn:aws:s3:::${parameter}/*`])],
      read(`arn:aws:s3:::${parameter}/a`),
    ],
    ['a wildcard in its place', [statement(['s3:GetObject'], ['arn:aws:s3:::*'])], read(`arn:aws:s3:::${parameter}/a`)],
    ['the same import', [statement(['s3:GetObject'], [`${imported}/*`])], read(`${imported}/a`)],
    [
      'a denial of another resource of the app',
      [
        statement(['s3:GetObject'], [bucket.arnForObjects('*')]),
        statement(['s3:*'], [queue.queueArn], { effect: iam.Effect.DENY }),
      ],
      read(bucket.arnForObjects('a')),
    ],
  ])('allows %s', (_, documents, request) => {
    expect(asks(...documents).decide(request).isAllowed).toBe(true);
  });

  test.each<[string, iam.PolicyDocument[], ReturnType<typeof read>]>([
    ['another resource of the app', [statement(['s3:GetObject'], [bucket.arnForObjects('*')])], read(queue.queueArn)],
    ['a resource that is spelled out', [statement(['s3:GetObject'], [bucket.arnForObjects('*')])], read(OBJECT)],
    [
      'a bucket of the app by objects of another',
      [statement(['s3:GetObject'], ['arn:aws:s3:::files/*'])],
      read(bucket.arnForObjects('a')),
    ],
    ['another action', [statement(['s3:PutObject'], [`arn:aws:s3:::${parameter}/*`])], read(OBJECT)],
    [
      'what does not begin alike',
      [statement(['s3:GetObject'], [`arn:aws:s3:::b/${parameter}`])],
      read('arn:aws:s3:::c/a'),
    ],
    [
      'what is denied in any case',
      [
        statement(['s3:GetObject'], [`arn:aws:s3:::${parameter}/*`]),
        statement(['s3:*'], ['*'], { effect: iam.Effect.DENY }),
      ],
      read(OBJECT),
    ],
  ])('does not allow %s', (_, documents, request) => {
    expect(asks(...documents).decide(request).isAllowed).toBe(false);
  });

  test.each<[string, iam.PolicyDocument[], ReturnType<typeof read>]>([
    ['a parameter in the policy', [statement(['s3:GetObject'], [`arn:aws:s3:::${parameter}/*`])], read(OBJECT)],
    ['a parameter in the request', [statement(['s3:GetObject'], [OBJECT])], read(`arn:aws:s3:::${parameter}/a`)],
    [
      'names that begin like one',
      [statement(['s3:GetObject'], ['arn:aws:s3:::files*'])],
      read(bucket.arnForObjects('a')),
    ],
    [
      'a path below, where an ARN may have slashes',
      [statement(['s3:GetObject'], ['arn:aws:s3:::files/*'])],
      read(queue.queueArn),
    ],
    [
      'the same bucket by its name',
      [statement(['s3:GetObject'], [`arn:aws:s3:::${bucket.bucketName}/*`])],
      read(bucket.arnForObjects('a')),
    ],
    ['an attribute of a custom resource', [statement(['s3:GetObject'], [`${made}/*`])], read(OBJECT)],
    ['an import', [statement(['s3:GetObject'], [`${imported}/*`])], read(OBJECT)],
    [
      'a condition',
      [statement(['s3:GetObject'], ['*'], { conditions: { StringEquals: { 's3:ResourceAccount': parameter } } })],
      read(OBJECT, OF_ACCOUNT),
    ],
    [
      'a negated condition',
      [statement(['s3:GetObject'], ['*'], { conditions: { StringNotEquals: { 's3:ResourceAccount': parameter } } })],
      read(OBJECT, OF_ACCOUNT),
    ],
    [
      'a list of exceptions',
      [
        new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ actions: ['s3:*'], notResources: [`arn:aws:s3:::${parameter}/*`] })],
        }),
      ],
      read(OBJECT),
    ],
    [
      'a denial',
      [
        statement(['s3:GetObject'], ['*']),
        statement(['s3:*'], [`arn:aws:s3:::${parameter}/*`], { effect: iam.Effect.DENY }),
      ],
      read(OBJECT),
    ],
    [
      'the exception of a denial',
      [
        statement(['s3:GetObject'], ['*']),
        new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              effect: iam.Effect.DENY,
              actions: ['s3:*'],
              notResources: [`arn:aws:s3:::${parameter}/*`],
            }),
          ],
        }),
      ],
      read(OBJECT),
    ],
    [
      'the condition of a denial',
      [
        statement(['s3:GetObject'], ['*']),
        statement(['s3:*'], ['*'], {
          effect: iam.Effect.DENY,
          conditions: { StringNotEquals: { 's3:ResourceAccount': parameter } },
        }),
      ],
      read(OBJECT, OF_ACCOUNT),
    ],
  ])('is not guessed: refuses %s', (_, documents, request) => {
    expect(() => asks(...documents).decide(request)).toThrow(
      expect.objectContaining({
        name: 'AccessUndecided',
        message: expect.stringMatching(
          /«AccessUndecided» whether s3:GetObject on .* is allowed hangs on a value that only the deployment knows; ask with/,
        ),
      }),
    );
  });
});
