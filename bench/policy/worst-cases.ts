/** A pair of policies that is hard to compare. */
export interface WorstCase {
  readonly name: string;
  readonly before: object;
  readonly after: object;
}

const B = 'arn:aws:s3:::';

function policy(resources: readonly string[], more: object = {}): object {
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: resources, ...more },
  };
}

function numbered(count: number, name: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => name(index));
}

function questionMarks(count: number): WorstCase {
  const marks = '?'.repeat(count);
  return {
    name: `\`*a\` and ${count} \`?\` against two such`,
    before: policy([`${B}*b${marks}`, `${B}*c${marks}`]),
    after: policy([`${B}*a${marks}`]),
  };
}

function splitQuestionMarks(count: number): WorstCase {
  const marks = '?'.repeat(count);
  return {
    name: `\`*a\` and ${count} \`?\`, equal and split in two`,
    before: policy([`${B}*a${marks}`]),
    after: policy([`${B}a${marks}`, `${B}*?a${marks}`]),
  };
}

const KEYS = numbered(12, (index) => `aws:ResourceTag/k${index}`);

function conditions(operator: string, value: (index: number) => string): object {
  return { Condition: { [operator]: Object.fromEntries(KEYS.map((key, index) => [key, value(index)])) } };
}

/** Cases that make automata, products or assignments large. */
export const WORST_CASES: readonly WorstCase[] = [
  ...[8, 12, 16, 24].map(questionMarks),
  ...[4, 8, 12, 16, 24].map(splitQuestionMarks),
  {
    name: '16 patterns `*x*`, one tightened',
    before: policy(numbered(16, (index) => `${B}*${String.fromCharCode(97 + index)}*`)),
    after: policy(numbered(16, (index) => `${B}*${String.fromCharCode(97 + index)}${index === 7 ? 'zz' : ''}*`)),
  },
  {
    name: '16 patterns `*x*` against one that needs all letters',
    before: policy(
      numbered(16, (index) => `${B}*${String.fromCharCode(97 + index)}*${String.fromCharCode(98 + index)}*`),
    ),
    after: policy([`${B}*z*`]),
  },
  {
    name: '500 ARNs, one added',
    before: policy(numbered(500, (n) => `${B}bucket-${n}`)),
    after: policy(numbered(501, (n) => `${B}bucket-${n}`)),
  },
  {
    name: '500 ARNs against one `bucket-*`',
    before: policy(numbered(500, (n) => `${B}bucket-${n}`)),
    after: policy([`${B}bucket-*`]),
  },
  {
    name: '500 `bucket-n/*` against one `bucket-*`',
    before: policy([`${B}bucket-*`]),
    after: policy(numbered(500, (n) => `${B}bucket-${n}/*`)),
  },
  {
    name: '12 tags, 40 Denies on pairs of them',
    before: {
      Version: '2012-10-17',
      Statement: [
        ...numbered(40, (n) => String(n)).map((n) => ({
          Effect: 'Deny',
          Action: 's3:*',
          Resource: '*',
          Condition: {
            StringLike: { [KEYS[Number(n) % 12] ?? '']: `a${n}*` },
            StringNotLike: { [KEYS[(Number(n) * 7 + 1) % 12] ?? '']: `*${n}b` },
          },
        })),
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      ],
    },
    after: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', ...conditions('StringLike', (n) => `a${n}*b`) }],
    },
  },
  {
    name: '30 tag keys, ForAllValues and ForAnyValue',
    before: policy(['*'], {
      Condition: {
        'ForAllValues:StringLike': { 'aws:TagKeys': numbered(30, (n) => `k${n}*`) },
        'ForAnyValue:StringLike': { 'aws:TagKeys': numbered(30, (n) => `*${n}`) },
      },
    }),
    after: policy(['*'], {
      Condition: {
        'ForAllValues:StringLike': { 'aws:TagKeys': numbered(31, (n) => `k${n}*`) },
        'ForAnyValue:StringLike': { 'aws:TagKeys': numbered(29, (n) => `*${n}`) },
      },
    }),
  },
  {
    name: '60 action patterns `s3:*x*y*`',
    before: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: numbered(
          60,
          (n) => `s3:*${String.fromCharCode(97 + (n % 26))}*${String.fromCharCode(97 + ((n * 7) % 26))}*`,
        ),
        Resource: '*',
      },
    },
    after: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: numbered(
          60,
          (n) => `s3:*${String.fromCharCode(97 + ((n * 3) % 26))}*${String.fromCharCode(97 + ((n * 5) % 26))}*`,
        ),
        Resource: '*',
      },
    },
  },
];
