import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsOf, GRANTED_ACTIONS, NEEDS } from '../../../lib/policy/reference/granted-actions';
import { UNSCOPED_BY_PRACTICE, unscopedReason } from '../../../lib/policy/reference/overlay/unscoped-by-practice';
import { findAction } from '../../../lib/policy/reference/service-reference';

const LIB = join(__dirname, '..', '..', '..', 'lib');

/** The text of the grants and the hosts, where needs are asked for. */
const ASKING = ['grants', 'roles/hosts']
  .flatMap((folder) => readdirSync(join(LIB, folder)).map((file) => join(LIB, folder, file)))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test.each(GRANTED_ACTIONS.map((row) => [`${row.need}: ${row.action}`, row] as const))(
  '%s is as the service reference has it',
  (_, row) => {
    const action = findAction(row.action);
    expect(action).toMatchObject({ name: row.action, level: row.level });
    const types = action?.resourceTypes.map(({ name }) => name) ?? [];
    if (row.resourceType !== undefined) {
      expect(types).toContain(row.resourceType);
      expect(row.wildcard).toBeUndefined();
    } else if (types.length > 0) {
      expect(row.wildcard).toMatch(/^\S.{20,}/);
    } else {
      expect(row.wildcard).toBeUndefined();
    }
  },
);

test('no two rows are alike', () => {
  const keys = GRANTED_ACTIONS.map(({ need, action }) => `${need}: ${action}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('the rows of a need stand together and in the order of their actions', () => {
  const needs = GRANTED_ACTIONS.map(({ need }) => need);
  expect(needs.filter((need, index) => need !== needs[index - 1])).toEqual([...new Set(needs)]);
  for (const need of NEEDS) {
    const actions = actionsOf(need).map(({ action }) => action);
    expect(actions).toEqual([...actions].sort());
  }
});

test('every row says why, and where AWS says so', () => {
  for (const { reason, reference } of GRANTED_ACTIONS) {
    expect(reason).toMatch(/^[^\s].{15,}[^.\s]$/);
    expect(reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
  }
});

test('the needs are in order, each once, each with a row, and no row has another', () => {
  expect([...NEEDS]).toEqual([...new Set(NEEDS)].sort());
  expect(new Set(GRANTED_ACTIONS.map(({ need }) => need))).toEqual(new Set(NEEDS));
});

test('every need is asked for by a grant or a host', () => {
  expect(NEEDS.filter((need) => !ASKING.includes(`'${need}'`))).toEqual([]);
});

test('no row gives what changes policies or tags, or a wildcard', () => {
  for (const { action, level } of GRANTED_ACTIONS) {
    expect(action).not.toMatch(/[*?]/);
    expect(['List', 'Read', 'Write']).toContain(level);
  }
});

test.each(UNSCOPED_BY_PRACTICE.flatMap(({ actions, reason }) => actions.map((action) => [action, reason] as const)))(
  '%s is used on * although it has a type, none of them required',
  (name, why) => {
    const action = findAction(name);
    expect(action?.name).toBe(name);
    expect(action?.resourceTypes.length).toBeGreaterThan(0);
    expect(action?.resourceTypes.filter(({ required }) => required)).toEqual([]);
    expect(why).toMatch(/^\S.{15,}/);
  },
);

test('a row without resource type takes none, or is reviewed', () => {
  const reviewed = GRANTED_ACTIONS.filter(({ wildcard }) => wildcard !== undefined).map(({ action }) => action);
  // Lambda's network interfaces: the condition on lambda:SourceFunctionArn keeps the function's own code out.
  const byCondition = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:UnassignPrivateIpAddresses',
  ];
  expect(reviewed.sort()).toEqual(['cloudwatch:PutMetricData', ...byCondition]);
  expect(unscopedReason('cloudwatch:PutMetricData')).toBeDefined();
});
