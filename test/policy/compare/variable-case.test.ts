import { textInCase, type VariableCase, variableCases } from '../../../lib/policy/compare/variable-case';
import { type TextTemplate, textTemplate } from '../../../lib/policy/condition/policy-variable';
import { preparePolicies } from '../../../lib/policy/evaluate/prepared-policies';

function casesOf(...statements: object[]): VariableCase[] {
  return variableCases([preparePolicies({ identity: { Version: '2012-10-17', Statement: statements } })], 'identity');
}

const home = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:username}' };

test('no variable makes no case', () => {
  expect(casesOf({ ...home, Resource: '*' })).toEqual([]);
});

test('a key has each value that a condition asks of it, or another one, or none', () => {
  const cases = casesOf({ ...home, Condition: { StringEquals: { 'AWS:username': ['bob', 'eve'] } } });

  expect(
    cases.map(({ single, unset, values }) => ({
      value: values.get('aws:username'),
      possible: ['bob', 'eve', 'x'].filter((name) => single.get('aws:username')?.isPossible(name)),
      unset: [...unset],
    })),
  ).toEqual([
    { value: 'bob', possible: ['bob'], unset: [] },
    { value: 'eve', possible: ['eve'], unset: [] },
    { value: undefined, possible: ['x'], unset: [] },
    { value: undefined, possible: [], unset: ['aws:username'] },
  ]);
});

test('every key is divided for every other', () => {
  expect(casesOf(home, { ...home, Resource: 'arn:aws:s3:::b/${aws:userid}' })).toHaveLength(4);
});

test('too many keys are not divided', () => {
  const resources = [1, 2, 3, 4, 5].map((tag) => `arn:aws:s3:::b/\${aws:PrincipalTag/${tag}}`);

  expect(casesOf({ ...home, Resource: resources })).toEqual([]);
});

test('a text is what its variables are in a case', () => {
  const written = textTemplate(["b/${aws:username}/${aws:userid, 'x'}"], '2012-10-17');
  const [given, other, unset] = casesOf({ ...home, Condition: { StringEquals: { 'aws:username': '*' } } });
  const inCase = (among: VariableCase | undefined): TextTemplate | undefined => among && textInCase(written, among);

  expect(inCase(given)).toContainEqual({ exact: '*' });
  expect(inCase(other)).toContainEqual({ variable: { key: 'aws:username' } });
  expect(inCase(unset)).toBeUndefined();
  expect(inCase(given)).toContainEqual({ variable: { key: 'aws:userid', fallback: 'x' } });
});
