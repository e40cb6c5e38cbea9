import { text } from '../../lib/policy/document/text';
import { decide } from '../../lib/policy/evaluate/decide';
import type { PolicySet } from '../../lib/policy/evaluate/policy-set';
import { preparePolicies } from '../../lib/policy/evaluate/prepared-policies';
import { type AtomNature, boundsOf } from '../../lib/testing/open-values';
import { oneOf } from '../policy/compare/random-policies';
import { type RandomSource, randomFrom } from '../policy/random';

const ROUNDS = 1500;
const CLOSED = { atom: '{S/B}.Arn' };
const OPEN = { atom: '{S/P}.Ref' };
const NAME = { atom: '{S/B}.Ref' };
const natureOf = (atom: string): AtomNature =>
  atom === OPEN.atom
    ? { kind: 'open' }
    : { kind: atom === CLOSED.atom ? 'arn' : 'name', resource: 'S/B', hasNoSlash: true };
const VALUES = [
  'a',
  '*',
  '',
  '?',
  'b/a',
  'arn:aws:s3:::b',
  '111122223333',
  's3:GetObject',
  'arn:aws:iam::111122223333:role/R',
];
const RESOURCES = [
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/a',
  '*',
  [CLOSED, '/*'],
  [CLOSED, '/', OPEN],
  [CLOSED, '/a'],
  ['arn:aws:s3:::b/', OPEN],
  ['arn:aws:s3:::', OPEN, '/a'],
  ['arn:aws:s3:::', OPEN, '/*'],
  [OPEN],
  [OPEN, '/a'],
  'arn:aws:s3:::*',
  'arn:aws:s3:::*/a',
  'arn:aws:s3:::n*',
  'arn:aws:s3:::?o-other/a',
  'arn:aws:s3:::*/b/*',
  ['arn:aws:s3:::', NAME, '/*'],
];
const REQUESTED = [
  'arn:aws:s3:::b/a',
  'arn:aws:s3:::b/b/a',
  'arn:aws:s3:::a/a',
  [CLOSED, '/a'],
  [CLOSED, '/b/a'],
  ['arn:aws:s3:::', OPEN, '/a'],
  [CLOSED],
  ['arn:aws:s3:::', NAME, '/a'],
];
const CONDITIONS = [
  undefined,
  { StringEquals: { 's3:ResourceAccount': [[OPEN]] } },
  { StringNotEquals: { 's3:ResourceAccount': [[OPEN]] } },
  { StringEquals: { 's3:ResourceAccount': '111122223333' } },
  { StringLike: { 's3:ResourceAccount': [[OPEN, '*']] } },
];
const PRINCIPALS = ['*', { AWS: [[OPEN]] }, { AWS: 'arn:aws:iam::111122223333:role/R' }];

function statement(source: RandomSource, hasPrincipal: boolean): Record<string, unknown> {
  const condition = oneOf(source, CONDITIONS);
  const actions = [['s3:GetObject'], ['s3:*'], [[OPEN]], [['s3:', OPEN]], ['s3:PutObject']];
  return {
    Effect: source.length(3) === 0 ? 'Deny' : 'Allow',
    [source.length(6) === 0 ? 'NotAction' : 'Action']: oneOf(source, actions),
    [source.length(5) === 0 ? 'NotResource' : 'Resource']: texts(source),
    ...(condition === undefined ? {} : { Condition: condition }),
    ...(hasPrincipal ? { [source.length(6) === 0 ? 'NotPrincipal' : 'Principal']: oneOf(source, PRINCIPALS) } : {}),
  };
}

/** A list of texts, each text literal or a list of parts. */
function texts(source: RandomSource): unknown[] {
  return Array.from({ length: 1 + source.length(2) }, () => oneOf(source, RESOURCES));
}

function document(source: RandomSource, hasPrincipal = false): object {
  const statements = Array.from({ length: 1 + source.length(3) }, () => statement(source, hasPrincipal));
  return { Version: '2012-10-17', Statement: statements };
}

/** The same with every atom replaced by what it came out as. */
function deployed<T>(value: T, open: string): T {
  const whole = (part: unknown): unknown =>
    typeof part === 'object' && part !== null && 'atom' in part
      ? part.atom === OPEN.atom
        ? open
        : part.atom === NAME.atom
          ? 'no-other'
          : 'arn:aws:s3:::no-other'
      : part;
  const replaced = (item: unknown): unknown => {
    if (Array.isArray(item)) {
      return item.some((part) => typeof part === 'object' && part !== null && 'atom' in part)
        ? item.map(whole).join('')
        : item.map(replaced);
    }
    return typeof item === 'object' && item !== null
      ? Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, replaced(inner)]))
      : item;
  };
  return replaced(value) as T;
}

test('the bounds hold whatever an open value comes out as', () => {
  const source = randomFrom('open values', 2026);
  const problems: string[] = [];
  const answers = { allowed: 0, denied: 0, undecided: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const policies: PolicySet = {
      identity: [document(source)],
      ...(source.length(4) === 0 ? { boundary: [document(source)] } : {}),
      ...(source.length(4) === 0 ? { resource: [document(source, true)] } : {}),
    };
    const asked = oneOf(source, REQUESTED);
    const resource = typeof asked === 'string' ? text(asked) : text(...asked);
    const context: Record<string, string> =
      source.length(3) > 0 ? { 's3:ResourceAccount': oneOf(source, ['111122223333', 'a', '']) } : {};
    const request = {
      action: 's3:GetObject',
      principal: 'arn:aws:iam::111122223333:role/R',
      resourceAccount: '111122223333',
      context,
    };
    const { least, most } = boundsOf(policies, resource, natureOf);
    const [atLeast, atMost] = [least, most].map(
      (bound) => decide(preparePolicies(bound), { ...request, resource }).decision === 'Allowed',
    );
    answers[atLeast ? 'allowed' : atMost ? 'undecided' : 'denied'] += 1;
    for (const open of VALUES) {
      const is = (): boolean => {
        const literal = { ...request, resource: deployed(asked, open) as string };
        return decide(preparePolicies(deployed(policies, open)), literal).decision === 'Allowed';
      };
      let actual: boolean;
      try {
        actual = is();
      } catch {
        continue; // What came out is no policy: it is not deployed.
      }
      if ((atLeast && !actual) || (!atMost && actual)) {
        problems.push(JSON.stringify({ round, atLeast, atMost, actual, open, policies, asked, request }));
      }
    }
  }

  process.stdout.write(`open values: ${JSON.stringify(answers)}\n`);
  expect(problems.slice(0, 2)).toEqual([]);
  expect(Math.min(answers.allowed, answers.denied, answers.undecided)).toBeGreaterThan(ROUNDS / 100);
});
