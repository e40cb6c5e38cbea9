import { rolePolicies } from '../../lib/access/role-policies';
import type { Template, TemplateResource } from '../../lib/access/template';

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const TRUST = { Version: '2012-10-17', Statement: [] };

function templateWith(role: Record<string, unknown>, more: Record<string, TemplateResource> = {}): Template {
  const properties = { AssumeRolePolicyDocument: TRUST, ...role };
  return { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: properties }, ...more } };
}

function policyResource(type: string, properties: Record<string, unknown>): TemplateResource {
  return { Type: `AWS::IAM::${type}`, Properties: { PolicyDocument: DOCUMENT, ...properties } };
}

describe('a document reaches the role', () => {
  test('as an inline policy of its own', () => {
    const template = templateWith({ Policies: [{ PolicyName: 'inline', PolicyDocument: DOCUMENT }] });
    expect(rolePolicies(template, 'Role').identity).toEqual([
      { logicalId: 'Role', name: 'inline', document: DOCUMENT },
    ]);
  });

  test.each([
    ['by Ref', { Ref: 'Role' }],
    ['by Fn::Sub', { 'Fn::Sub': '${Role}' }],
    [
      'by taking its name out of its ARN',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] },
    ],
    ['by Fn::GetAtt in its short form', { 'Fn::GetAtt': 'Role.RoleId' }],
    ['on one side of a condition', { 'Fn::If': ['Production', { Ref: 'Role' }, { Ref: 'AWS::NoValue' }] }],
    ['by its literal name', 'claims-role'],
  ])('of a policy that names it %s', (_, reference) => {
    const template = templateWith(
      { RoleName: 'claims-role' },
      {
        Policy: policyResource('Policy', { PolicyName: 'policy', Roles: [reference] }),
        Managed: policyResource('ManagedPolicy', { Roles: ['another-role', reference] }),
        Single: policyResource('RolePolicy', { PolicyName: 'single', RoleName: reference }),
      },
    );
    expect(rolePolicies(template, 'Role').identity.map(({ logicalId }) => logicalId)).toEqual([
      'Policy',
      'Managed',
      'Single',
    ]);
  });

  test('of a policy that names it by the same expression as it has for a name', () => {
    const name = { 'Fn::Join': ['-', ['claims', { Ref: 'AWS::Region' }]] };
    const template = templateWith({ RoleName: name }, { Policy: policyResource('Policy', { Roles: [name] }) });
    expect(rolePolicies(template, 'Role').identity).toHaveLength(1);
  });

  test.each([
    ['by Ref', { Ref: 'Managed' }],
    ['by name', 'arn:aws:iam::111122223333:policy/agents/shared'],
  ])('of a managed policy that it refers to %s', (_, arn) => {
    const template = templateWith(
      { ManagedPolicyArns: [arn] },
      {
        Managed: policyResource('ManagedPolicy', { ManagedPolicyName: 'shared', Path: '/agents/' }),
      },
    );
    const { identity, managedPolicyArns } = rolePolicies(template, 'Role');
    expect(identity.map(({ logicalId, name }) => [logicalId, name])).toEqual([['Managed', 'shared']]);
    expect(managedPolicyArns).toEqual([]);
  });

  test('once, when policy and role name each other', () => {
    const template = templateWith(
      { ManagedPolicyArns: [{ Ref: 'Managed' }] },
      {
        Managed: policyResource('ManagedPolicy', { Roles: [{ Ref: 'Role' }] }),
      },
    );
    expect(rolePolicies(template, 'Role').identity).toHaveLength(1);
  });
});

describe('a document does not reach the role', () => {
  test('when it is for another role, a user or a group', () => {
    const template = templateWith(
      { RoleName: 'claims-role' },
      {
        Role2: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'other-role' } },
        Policy: policyResource('Policy', { Roles: [{ Ref: 'Role2' }, 'claims-role-2'], Users: [{ Ref: 'User' }] }),
        Managed: policyResource('ManagedPolicy', { Groups: [{ Ref: 'Role' }] }),
        Single: policyResource('RolePolicy', { RoleName: { 'Fn::Sub': '${Role2}-${!Role}' } }),
      },
    );
    expect(rolePolicies(template, 'Role').identity).toEqual([]);
  });
});

test('managed policies outside the template are listed by ARN', () => {
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] };
  expect(rolePolicies(templateWith({ ManagedPolicyArns: [arn] }), 'Role').managedPolicyArns).toEqual([arn]);
});

test('a policy of AWS is not taken for one of the template that has its name', () => {
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const template = templateWith(
    { ManagedPolicyArns: [arn], PermissionsBoundary: arn },
    { Managed: policyResource('ManagedPolicy', { ManagedPolicyName: 'AdministratorAccess' }) },
  );
  expect(rolePolicies(template, 'Role')).toMatchObject({ identity: [], managedPolicyArns: [arn], boundary: { arn } });
});

test('an ARN that may be one of the template or another counts as both', () => {
  const arn = { 'Fn::If': ['Production', { Ref: 'Managed' }, 'arn:aws:iam::aws:policy/AdministratorAccess'] };
  const template = templateWith(
    { ManagedPolicyArns: [arn], PermissionsBoundary: arn },
    { Managed: policyResource('ManagedPolicy', {}) },
  );
  expect(rolePolicies(template, 'Role')).toMatchObject({
    identity: [{ logicalId: 'Managed' }],
    managedPolicyArns: [arn],
    boundary: { arn },
  });
});

test('a boundary in the template is its document', () => {
  const template = templateWith(
    { PermissionsBoundary: { Ref: 'Boundary' } },
    {
      Boundary: policyResource('ManagedPolicy', {}),
    },
  );
  expect(rolePolicies(template, 'Role')).toMatchObject({ boundary: { document: DOCUMENT }, identity: [] });
});

test('a boundary outside the template is its ARN', () => {
  const arn = 'arn:aws:iam::111122223333:policy/organization-boundary';
  expect(rolePolicies(templateWith({ PermissionsBoundary: arn }), 'Role').boundary).toEqual({ arn });
});

test('a role without a boundary has none', () => {
  expect(rolePolicies(templateWith({}), 'Role')).not.toHaveProperty('boundary');
});

test('a session lasts as long as the role says, else one hour', () => {
  expect(rolePolicies(templateWith({}), 'Role')).toMatchObject({ trust: TRUST, maxSessionDuration: 3600 });
  expect(rolePolicies(templateWith({ MaxSessionDuration: 7200 }), 'Role').maxSessionDuration).toBe(7200);
});

test('a logical id that is no role is an error that says so', () => {
  const template = templateWith({}, { Bucket: { Type: 'AWS::S3::Bucket' } });
  expect(() => rolePolicies(template, 'Bucket')).toThrow('Bucket is an AWS::S3::Bucket, not an AWS::IAM::Role');
  expect(() => rolePolicies(template, 'Nothing')).toThrow('Nothing is not in the template');
});
