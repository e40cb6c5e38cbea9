import { AppModel } from '../../../lib/access/app/app-model';

const NONE = { Ref: 'AWS::NoValue' };
const owner = (Value: unknown) => ({ Key: 'owner', Value });
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['IsProd', one, other] });

test.each([
  ['a list', [owner('a')], 'always'],
  ['a map', { Owner: 'a' }, 'always'],
  ['an empty value', [owner(' ')], 'never'],
  ['no tags', undefined, 'never'],
  ['another tag', [{ Key: 'Team', Value: 'a' }], 'never'],
  ['a value from the deployment', [owner({ Ref: 'Team' })], 'always'],
  ['one branch of an item', [either(owner('a'), NONE)], 'sometimes'],
  ['both branches of an item', [either(owner('a'), owner('b'))], 'always'],
  ['one branch of the value', [owner(either('a', NONE))], 'sometimes'],
  ['one branch of the list', either([owner('a')], []), 'sometimes'],
  ['both branches of the list', either([owner('a')], [{ Key: 'Team', Value: 'a' }, owner('b')]), 'always'],
  ['items that are a list', [either([owner('a')], [owner('b')])], 'always'],
  ['one branch of a map', { Owner: either('a', NONE) }, 'sometimes'],
] as const)('the tag Owner in %s is there: %s', (_, Tags, presence) => {
  const [role] = new AppModel([
    { name: 'app', body: { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Tags } } } } },
  ]).resources;
  expect(role?.tagPresence('Owner')).toBe(presence);
});
