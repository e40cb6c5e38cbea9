import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ActionSet } from '../../../../lib/checks/judging/grants/allowed-actions';
import { actionNames, servicePrefixes } from '../../../../lib/policy/reference/service-reference';

const FOLDER = join(__dirname, '..', '..', '..', '..', 'lib', 'checks', 'action-sets');
const EVERY = servicePrefixes().flatMap((prefix) => actionNames(prefix).map((name) => `${prefix}:${name}`));

const SETS = readdirSync(FOLDER).flatMap((file) =>
  Object.entries(require(join(FOLDER, file)) as Record<string, unknown>).flatMap(([name, set]) =>
    set instanceof ActionSet ? [[name, set] as const] : [],
  ),
);

test('there are sets to look at', () => {
  expect(SETS.length).toBeGreaterThan(20);
});

test.each(SETS)('%s has what its names say', (_, set) => {
  // Asked before its names are looked up, as rules do.
  const some = EVERY.filter((_, index) => index % 5 === 0);
  const had = some.filter((action) => set.has(action));
  expect(had).toEqual(some.filter((action) => set.names.has(action)));
});

test.each<[string, ActionSet, string[]]>([
  ['names in any letter case', new ActionSet('S3:getobject'), ['s3:GetObject']],
  ['patterns', new ActionSet('sqs:*eQueue'), ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:PurgeQueue']],
  ['what is found in the reference', new ActionSet(() => ['sqs:PurgeQueue']), ['sqs:PurgeQueue']],
  ['some of a set', new ActionSet('sqs:*Queue').only((name) => name.includes('Purge')), ['sqs:PurgeQueue']],
  ['some of all', new ActionSet('*').only((name) => name === 'sqs:PurgeQueue'), ['sqs:PurgeQueue']],
  ['two sets', new ActionSet('sqs:PurgeQueue').and(new ActionSet('s3:GetObject')), ['s3:GetObject', 'sqs:PurgeQueue']],
])('a set of %s', (_, set, expected) => {
  expect(EVERY.filter((action) => set.has(action)).sort()).toEqual(expected);
  expect([...set.names].sort()).toEqual(expected);
});
