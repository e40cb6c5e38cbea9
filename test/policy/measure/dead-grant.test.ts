import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '../../../lib/policy/document/parse-policy';
import type { PolicyDocument } from '../../../lib/policy/document/policy-document';
import { type DeadGrant, deadGrants } from '../../../lib/policy/measure/dead-grant';

interface Case {
  readonly name: string;
  readonly statement: unknown;
  readonly dead: readonly Pick<DeadGrant, 'kind' | 'what' | 'reason'>[];
}

const CASES: Case[] = JSON.parse(readFileSync(join(__dirname, '../../cases/measure/dead-grants.json'), 'utf8'));

test.each(CASES)('$name', ({ statement, dead }) => {
  expect(deadGrants(parsed([statement]))).toEqual(
    dead.map(({ kind, what, reason }) => ({
      place: 'Statement[0]',
      kind,
      what,
      reason: expect.stringContaining(reason),
    })),
  );
});

test('a dead grant says where it stands', () => {
  const alive = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const dead = { Sid: 'Typo', Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' };
  expect(deadGrants(parsed([alive, dead]))).toMatchObject([{ place: 'Statement[1]', sid: 'Typo' }]);
});

test('in the old version of the language a variable is text', () => {
  const statement = {
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Resource: 'arn:aws:sqs:${aws:RequestedRegion}:111122223333:q',
  };
  expect(deadGrants(parsed([statement], '2012-10-17'))).toEqual([]);
  expect(deadGrants(parsed([statement], '2008-10-17'))).toHaveLength(2);
});

function parsed(statements: readonly unknown[], version = '2012-10-17'): PolicyDocument {
  const { document, findings } = parsePolicy({ Version: version, Statement: statements });
  expect(findings).toEqual([]);
  return document ?? { version: '2012-10-17', statements: [] };
}
