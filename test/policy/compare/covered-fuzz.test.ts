import { type KnownAtoms, WorkingSet } from '../../../lib/policy/compare/covered';
import { rawPolicies } from '../../../lib/policy/compare/raw-statement';
import type { TextStatement } from '../../../lib/policy/compare/text-statement';
import { literalOf, type PolicyText, text } from '../../../lib/policy/document/text';
import { decideOwnSide } from '../../../lib/policy/evaluate/decide';
import { preparePolicies } from '../../../lib/policy/evaluate/prepared-policies';
import { readStatement } from '../../../lib/synth/statement-text';
import { type RandomSource, randomFrom } from '../random';
import { oneOf, randomRequest, randomStatement } from './random-policies';

const ROUNDS = 1500;
const PROBES = 60;
const LONGEST = 40_000;
const BUCKET = { atom: '{S/B}.Arn' };
const PARAMETER = { atom: '{S/P}.Ref' };
const KNOWN: KnownAtoms = { isArn: (atom) => atom === BUCKET.atom, isName: () => false };
/** What the atoms may come out as: an ARN, and anything. */
const VALUES: readonly Readonly<Record<string, string>>[] = ['a', '*', 'b', '?', '', 'b/a', 'eu-west-1', '*:1'].flatMap(
  (parameter) => [
    { [BUCKET.atom]: 'arn:aws:s3:::b', [PARAMETER.atom]: parameter },
    { [BUCKET.atom]: 'arn:aws:s3:::b/a', [PARAMETER.atom]: parameter },
  ],
);
const TEXTS: readonly PolicyText[] = [
  text(BUCKET, '/*'),
  text(BUCKET, '/a'),
  text(BUCKET, '/a*'),
  text(BUCKET, '*'),
  text('arn:aws:s3:::b/', PARAMETER),
  text('arn:aws:s3:::b/', PARAMETER, '*'),
  text('arn:aws:sqs:', PARAMETER, ':111122223333:q'),
  text('arn:aws:sqs:*:111122223333:q'),
  text('arn:aws:s3:::b/*'),
  text(PARAMETER),
];

/** A random Allow, at times with atoms, and often with actions spelled out as in a working set. */
function randomAllow(source: RandomSource): TextStatement {
  const json = { ...randomStatement(source, false), Effect: 'Allow' };
  const read = readStatement(json, (value) => text(String(value)));
  if ('unreadable' in read) {
    throw new Error(read.unreadable);
  }
  const spelledOut =
    source.length(3) > 0 ? { actions: [text(oneOf(source, ['s3:GetObject', 'sqs:SendMessage']))] } : {};
  const { notActions, ...statement } = { ...read.statement, ...spelledOut };
  return {
    ...statement,
    ...(notActions === undefined || 'actions' in statement ? {} : { notActions }),
    ...(source.length(3) === 0 ? { resources: [oneOf(source, TEXTS), oneOf(source, TEXTS)] } : {}),
    ...(source.length(10) === 0 ? { version: '2008-10-17' as const } : {}),
  };
}

/** A statement that may ask for the same as one of the working set, more or less. */
function asked(source: RandomSource, working: readonly TextStatement[]): TextStatement {
  const like = oneOf(source, working);
  const other = randomAllow(source);
  switch (source.length(6)) {
    case 0:
      return other;
    case 1:
      return { ...like, conditions: [...other.conditions, ...like.conditions].slice(0, 2) };
    case 2:
      return {
        ...like,
        conditions: [
          ...like.conditions,
          ...other.conditions.filter(({ operator }) => like.conditions.every((own) => own.operator !== operator)),
        ],
      };
    case 3:
      return { ...like, ...(other.resources === undefined ? {} : { resources: other.resources }) };
    case 4:
      return { ...like, version: source.length(2) === 0 ? '2008-10-17' : '2012-10-17' };
    default: {
      const one = oneOf(source, working);
      return { ...like, resources: [...(like.resources ?? []), ...(one.resources ?? [])] };
    }
  }
}

/** The policies with every atom replaced by what it came out as. */
function deployed(statements: readonly TextStatement[], values: Readonly<Record<string, string>>): unknown[] {
  const whole = (one: PolicyText): PolicyText =>
    text(...one.map((part) => (typeof part === 'string' ? part : (values[part.atom] ?? ''))));
  return rawPolicies(
    statements.map((statement) => ({
      ...statement,
      ...(statement.resources === undefined ? {} : { resources: statement.resources.map(whole) }),
    })),
  );
}

test(
  'what is said to be covered allows no request that the working set does not allow, whatever its atoms stand for',
  () => {
    const source = randomFrom('covered', 2026);
    const start = performance.now();
    const problems: string[] = [];
    let covered = 0;
    let compared = 0;
    for (let round = 0; round < ROUNDS && performance.now() - start < LONGEST; round++) {
      const working = Array.from({ length: 1 + source.length(4) }, () => randomAllow(source)).filter(
        ({ notResources }) => notResources === undefined,
      );
      if (working.length === 0) {
        continue;
      }
      const statement = asked(source, working);
      const set = new WorkingSet(working);
      const { uncovered, undecided } = set.coverage(statement, KNOWN);
      // What is covered of it is asked about, be it all or a part.
      const inside =
        undecided !== undefined
          ? []
          : (statement.actions ?? []).flatMap((action) =>
              (statement.resources ?? [])
                .filter((resource) => !uncovered.some((one) => one.action === action && one.resource === resource))
                .map((resource) => ({ ...statement, actions: [action], resources: [resource] })),
            );
      if (inside.length === 0) {
        continue;
      }
      covered += 1;
      compared += set.literalCoverage(statement).uncovered.length > 0 ? 1 : 0;
      for (const values of VALUES) {
        const isPlain = [...working, statement].every(({ resources = [] }) => resources.every((one) => literalOf(one)));
        const [own, more] = [working, inside].map((some) => preparePolicies({ identity: deployed(some, values) }));
        const keys = [...JSON.stringify([working, inside]).matchAll(/"key":"([^"]+)"|\$\{([\w:]+)/g)].map((match) =>
          (match[1] ?? match[2] ?? '').toLowerCase(),
        );
        for (let probe = 0; probe < PROBES / 4; probe++) {
          const request = randomRequest(source, false, keys);
          const [has, wants] = [own, more].map(
            (policies) => policies !== undefined && decideOwnSide(policies, request).decision === 'Allowed',
          );
          if (wants && !has) {
            problems.push(`round ${round}: ${JSON.stringify({ working, statement, inside, values, request })}`);
          }
        }
        if (isPlain) {
          break;
        }
      }
    }

    process.stdout.write(`covered: ${covered} in whole or part, ${compared} of them by comparison\n`);
    expect(problems).toEqual([]);
    expect(compared).toBeGreaterThan(ROUNDS / 20);
  },
  2 * LONGEST,
);
