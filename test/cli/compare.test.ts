import { type AccessChange, comparePolicies, type PolicyComparison } from '../../lib/policy/compare/compare-policies';
import { runProgram, runWithInput } from './run-program';
import { temporaryFiles } from './temporary-files';

// What the comparison answers is tested with the comparison; here it is how the program asks and prints.
jest.mock('../../lib/policy/compare/compare-policies');
const answer = jest.mocked(comparePolicies);

const file = temporaryFiles();
const READ = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const GAIN: AccessChange = {
  certainty: 'witness',
  witness: {
    action: 's3:GetObject',
    resource: ['arn:aws:s3:::', { atom: 'Bucket' }],
    context: { 'aws:TagKeys': ['a', 'b'] },
  },
  scope: 'a subtree',
  levels: ['Read'],
};
const MAY: AccessChange = {
  certainty: 'may',
  scope: 'anything',
  levels: ['Read', 'Write'],
  because: 'too many states',
};
const EQUAL: PolicyComparison = { relation: 'equal', certainty: 'proved', gained: [], lost: [], catalogue: '1.2.3' };

let before: string;
let after: string;
beforeAll(() => {
  before = file('before.json', READ);
  after = file('after.json', { identity: [READ], boundary: READ, scp: null });
});
beforeEach(() => {
  answer.mockReset().mockReturnValue(EQUAL);
});

test.each<[PolicyComparison['relation'], PolicyComparison['certainty'], number]>([
  ['equal', 'proved', 0],
  ['narrowed', 'proved', 0],
  ['narrowed', 'witness', 0],
  ['narrowed', 'may', 2],
  ['broadened', 'witness', 2],
  ['broadened', 'may', 2],
  ['mixed', 'witness', 2],
  ['mixed', 'may', 2],
])('%s (%s) ends with %i', (relation, certainty, code) => {
  answer.mockReturnValue({ ...EQUAL, relation, certainty });
  expect(runProgram('compare', before, after).code).toBe(code);
});

test('a file is a policy, or a map from layers to policies', () => {
  expect(runProgram('compare', before, after).err).toBe('');
  expect(answer).toHaveBeenCalledWith({ identity: READ }, { identity: [READ], boundary: READ }, { type: 'identity' });
});

test.each([
  ['resource', { ...READ, Statement: [{ ...READ.Statement[0], Principal: '*' }] }],
  ['trust', TRUST],
])('with --type %s a file is the policy of a resource', (type, policy) => {
  const one = file('one.json', policy);
  const map = file('map.json', { [type]: [policy] });
  expect(runProgram('compare', one, map, '--type', type).err).toBe('');
  expect(answer).toHaveBeenCalledWith({ resource: policy }, { resource: [policy] }, { type });
});

test('one side can come from standard input', () => {
  expect(runWithInput(JSON.stringify(READ), 'compare', before, '-').err).toBe('');
  expect(answer).toHaveBeenCalledWith({ identity: READ }, { identity: READ }, { type: 'identity' });
});

test('--json prints the comparison, with resources as text', () => {
  answer.mockReturnValue({ ...EQUAL, relation: 'broadened', certainty: 'witness', gained: [GAIN], lost: [MAY] });
  const { out } = runProgram('compare', before, after, '--json');
  expect(JSON.parse(out)).toEqual({
    version: 1,
    relation: 'broadened',
    certainty: 'witness',
    gained: [
      {
        witness: { action: 's3:GetObject', resource: 'arn:aws:s3:::<Bucket>', context: { 'aws:TagKeys': ['a', 'b'] } },
        scope: 'a subtree',
        levels: ['Read'],
        certainty: 'witness',
      },
    ],
    lost: [{ scope: 'anything', levels: ['Read', 'Write'], certainty: 'may', because: 'too many states' }],
    catalogue: '1.2.3',
  });
});

test('for people: a line a change, the widest column last', () => {
  const witness = { action: 'sts:AssumeRole', resource: '*', principal: 'arn:aws:iam::444455556666:root', context: {} };
  const lost = { certainty: 'witness', witness, scope: 'one resource', levels: ['Write'] } as const;
  answer.mockReturnValue({ ...EQUAL, relation: 'mixed', certainty: 'may', gained: [GAIN, MAY], lost: [lost] });
  expect(runProgram('compare', before, after).out.split('\n')).toEqual([
    'mixed (may): 2 gains, 1 loss',
    '',
    '  +  Read         a subtree     s3:GetObject on arn:aws:s3:::<Bucket> with aws:TagKeys = a and b',
    '  +  Read, Write  anything      may: too many states',
    '  -  Write        one resource  sts:AssumeRole on * by arn:aws:iam::444455556666:root',
    '',
    'service reference 1.2.3',
  ]);
});

test.each<[string, unknown, string[], string]>([
  ['a list', [READ], [], 'must be a policy or a map such as {"identity": []}, got a list'],
  [
    'a misspelt layer',
    { identiy: [] },
    [],
    "unknown element 'identiy'; did you mean identity?; with --type identity there is",
  ],
  ['nothing', { identity: null }, [], "has neither Statement nor 'identity', nor any other layer"],
  ['a resource policy among those of an identity', { identity: [], resource: READ }, [], "unknown element 'resource'"],
  [
    'a policy with a mistake',
    { Statement: [{}] },
    [],
    'identity[0].Statement[0]: has neither Resource nor NotResource.',
  ],
  ['a policy of an identity with a principal', TRUST, [], 'identity[0].Statement: has neither Resource'],
  [
    'a policy of a resource without a principal',
    READ,
    ['--type', 'resource'],
    'resource[0].Statement[0]: has neither Principal',
  ],
])('%s is bad input, and nothing is compared', (_, input, options, message) => {
  const bad = file('bad.json', input);
  const { code, out, err } = runProgram('compare', bad, bad, ...options);
  expect(err.startsWith(`least-agency: ${bad}: `)).toBe(true);
  expect(err).toContain(message.replace('identity[0].Statement: has neither Resource', 'has a Principal, which'));
  expect([code, out]).toEqual([3, '']);
  expect(answer).not.toHaveBeenCalled();
});

test.each([
  [['compare'], 'compare takes two files, got 0 names'],
  [['compare', 'a', 'b', 'c'], 'compare takes two files, got 3 names'],
  [['compare', 'a', 'b', '--type', 'scp'], 'no type scp; there is identity, trust, resource'],
  [['compare', '-', '-'], 'standard input can be read once'],
  [['compare', '/nonexistent', '-'], "can't read /nonexistent"],
])('%j is bad input', (args, message) => {
  const { code, err } = runProgram(...args);
  expect(err).toContain(message);
  expect(code).toBe(3);
});
