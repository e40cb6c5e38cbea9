import { type Atom, text } from '../../../lib/policy/document/text';
import type { AccessRequest } from '../../../lib/policy/evaluate/access-request';
import { decide } from '../../../lib/policy/evaluate/decide';
import { evaluate } from '../../../lib/policy/evaluate/evaluate';
import { PolicyError } from '../../../lib/policy/evaluate/policy-error';
import type { PolicySet } from '../../../lib/policy/evaluate/policy-set';
import { preparePolicies } from '../../../lib/policy/evaluate/prepared-policies';

const ROLE = 'arn:aws:iam::111122223333:role/Claims';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/Claims/run-7';
const OBJECT = 'arn:aws:s3:::claims/a';

function policy(...statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

const read = { Sid: 'ClaimsRead', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::claims/*' };

function because(policies: PolicySet, request: Partial<AccessRequest> = {}): readonly string[] {
  return evaluate(policies, { action: 's3:GetObject', resource: OBJECT, principal: ROLE, ...request }).because;
}

describe('the reasons', () => {
  test('of an Allow are the statements that allowed, layer by layer', () => {
    const full = policy({ Effect: 'Allow', Action: '*', Resource: '*' });

    expect(because({ identity: [full, policy(read)], boundary: policy(read), scp: [full, [policy(), full]] })).toEqual([
      'identity[0].Statement[0] allows',
      'boundary[0].Statement[0] (Sid ClaimsRead) allows',
      'scp[0][0].Statement[0] allows',
      'scp[1][1].Statement[0] allows',
    ]);
  });

  test('of an explicit denial are all statements that deny', () => {
    const deny = { Sid: 'No', Effect: 'Deny', Action: 's3:*', Resource: '*' };

    expect(because({ identity: policy(read, deny), scp: [{ Version: '2012-10-17', Statement: deny }] })).toEqual([
      'identity[0].Statement[1] (Sid No) denies',
      'scp[0][0].Statement (Sid No) denies',
    ]);
  });

  test.each([
    [{ Action: 's3:Put*' }, 'Action does not list s3:getobject'],
    [{ Action: undefined, NotAction: 's3:Get*' }, 'NotAction lists s3:getobject'],
    [{ Resource: 'arn:aws:s3:::other/*' }, 'Resource does not match arn:aws:s3:::claims/a'],
    [{ Resource: undefined, NotResource: '*' }, 'NotResource matches arn:aws:s3:::claims/a'],
    [
      { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'claims' } } },
      'Condition StringEquals on aws:PrincipalTag/team is not met (the request does not carry the key)',
    ],
    [
      { Condition: { stringnotequals: { 'aws:PrincipalAccount': '111122223333' } } },
      'Condition StringNotEquals on aws:PrincipalAccount is not met (the request has 111122223333)',
    ],
  ])('of an implicit denial name the element that does not match: %j', (elements, reason) => {
    expect(because({ identity: policy({ ...read, ...elements }) })).toEqual([
      `identity: no statement allows; identity[0].Statement[0] (Sid ClaimsRead) came nearest: ${reason}`,
    ]);
  });

  test('of an implicit denial name the statement that came nearest', () => {
    const far = { ...read, Sid: 'Far', Action: 's3:PutObject' };
    const near = { ...read, Sid: 'Near', Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    const between = { ...read, Sid: 'Between', Resource: 'arn:aws:s3:::other/*' };

    expect(because({ identity: policy(far, near, between) })).toEqual([
      expect.stringContaining('(Sid Near) came nearest: Condition Bool on aws:SecureTransport is not met'),
    ]);
  });

  test('of an implicit denial name the first of equally near Allow statements, never a Deny', () => {
    const first = { ...read, Sid: 'First', Resource: 'arn:aws:s3:::other/*' };
    const second = { ...first, Sid: 'Second' };
    const deny = { ...read, Effect: 'Deny', Sid: 'No', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

    expect(because({ identity: policy(deny, first, second) })).toEqual([
      expect.stringContaining('(Sid First) came nearest'),
    ]);
  });

  test('of an implicit denial of a service are about the resource alone', () => {
    expect(because({ identity: policy(read) }, { principal: 'bedrock.amazonaws.com' })).toEqual([
      'resource: there is no policy',
    ]);
  });

  test('of an implicit denial name every layer that does not allow', () => {
    expect(because({ boundary: policy(), session: policy(read) })).toEqual([
      'identity: there is no policy',
      'boundary: no statement allows',
    ]);
    expect(because({}, { action: 'sts:AssumeRole' })).toEqual(["resource: the role's trust policy is not given"]);
    expect(because({ resource: policy({ ...read, Principal: { AWS: '444455556666' } }) })).toEqual([
      'identity: there is no policy',
      `resource: no statement allows; resource[0].Statement[0] (Sid ClaimsRead) came nearest: Principal does not name ${ROLE}`,
    ]);
  });

  test('say when a resource policy allows the caller directly', () => {
    const named = policy({ ...read, Principal: { AWS: SESSION } });

    expect(because({ resource: named, boundary: policy() }, { principal: SESSION })).toEqual([
      'resource[0].Statement[0] (Sid ClaimsRead) allows the caller directly',
    ]);
  });

  test('say when a key policy is assumed', () => {
    const decrypt = policy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' });

    expect(because({ identity: decrypt }, { action: 'kms:Decrypt', resource: undefined })).toEqual([
      'resource: no key policy is given; taken as one that names the account',
      'identity[0].Statement[0] allows',
    ]);
  });
});

describe('what cannot be evaluated', () => {
  test('refuses an invalid policy with the place of everything that is wrong', () => {
    const attempt = () => because({ identity: [policy(read), policy({ ...read, Effect: 'allow' })], scp: [['{']] });

    expect(attempt).toThrow(PolicyError);
    expect(attempt).toThrow(
      "identity[1].Statement[0].Effect: must be exactly 'Allow' or 'Deny', got 'allow'. (and 1 more)",
    );
    expect(() => because({ scp: [['{']] })).toThrow('scp[0][0]: The policy is no valid JSON.');
    expect(() => because({ boundary: null })).toThrow('boundary[0]: A policy must be an object or its JSON text');
  });

  test('has a name that stays', () => {
    expect(new PolicyError('x').name).toBe('PolicyError');
  });

  test.each(['identity', 'boundary', 'session'] as const)('refuses a principal in a policy under %s', (layer) => {
    expect(() => because({ [layer]: policy({ ...read, Principal: '*' }) })).toThrow(
      `${layer}[0].Statement[0]: has a Principal, which a policy under '${layer}' cannot have.`,
    );
  });

  test('refuses a resource policy that names nobody', () => {
    expect(() => because({ resource: policy(read) })).toThrow(
      'resource[0].Statement[0]: has neither Principal nor NotPrincipal, which a policy of a resource needs.',
    );
  });

  test.each([
    'Claims',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'arn:aws:iam::111122223333:group/dev',
    'arn:aws:sts::111122223333:assumed-role/Claims',
    'arn:aws:iam::111122223333:role/',
    '',
  ])('refuses %j as a principal', (principal) => {
    expect(() => because({}, { principal })).toThrow(`principal: '${principal}' is no principal`);
  });
});

test('policies prepared once decide many requests', () => {
  const prepared = preparePolicies({
    identity: policy({ ...read, Resource: 'arn:aws:s3:::claims/${aws:username}/*' }),
  });
  const ask = (name: string) =>
    decide(prepared, {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::claims/ana/x',
      context: { 'aws:username': name },
    }).decision;

  expect(['ana', 'bo', 'ana'].map(ask)).toEqual(['Allowed', 'ImplicitlyDenied', 'Allowed']);
});

test('resources may hold atoms', () => {
  const bucket = { atom: 'Prod/Bucket.Arn' };
  const identity = policy({ ...read, Resource: [[bucket, '/claims/*']] });

  expect(evaluate({ identity }, { action: 's3:GetObject', resource: text(bucket, '/claims/x') }).decision).toBe(
    'Allowed',
  );
  expect(evaluate({ identity }, { action: 's3:GetObject', resource: text(bucket, '/other/x') }).decision).toBe(
    'ImplicitlyDenied',
  );
  expect(
    evaluate({ identity }, { action: 's3:GetObject', resource: text({ atom: 'Prod/Other.Arn' }, '/claims/x') }),
  ).toEqual({
    decision: 'ImplicitlyDenied',
    because: [expect.stringContaining('Resource does not match <Prod/Other.Arn>/claims/x')],
  });
});

test('the account of a resource is read from its ARN, atoms or not', () => {
  const identity = policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' });
  const ask = (account: string | Atom) =>
    evaluate(
      { identity },
      {
        action: 'sqs:SendMessage',
        resource: text('arn:', { atom: 'AWS::Partition' }, ':sqs:eu-west-1:', account, ':claims'),
        principal: ROLE,
      },
    ).decision;

  expect(['111122223333', '444455556666', { atom: 'AWS::AccountId' }].map(ask)).toEqual([
    'Allowed',
    'ImplicitlyDenied',
    'Allowed',
  ]);
});
