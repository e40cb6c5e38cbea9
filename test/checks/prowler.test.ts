import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppModel } from '../../lib/access/app/app-model';
import type { Json } from '../../lib/access/app/json';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { checkSettings } from '../../lib/checks/check-settings';
import { runRules } from '../../lib/checks/run-rules';
import { CASE_DATE } from './check-cases';
import { PROWLER_CHECKS } from './prowler-checks';

interface AuditCase {
  readonly check: string;
  readonly name: string;
  readonly template: Json;
  readonly caughtBy: readonly string[];
}

const CASES: readonly AuditCase[] = JSON.parse(
  readFileSync(join(__dirname, '..', 'cases', 'auditors', 'prowler.json'), 'utf8'),
);

test.each(CASES)(
  '$check fails on $name, and the checks say so before the deployment',
  ({ check, template, caughtBy }) => {
    const app = new AppModel([{ name: 'app', body: template }]);
    const reproduced = PROWLER_CHECKS.find(({ name }) => name === check);
    expect(app.agentRoles.some((role) => reproduced?.fails(role, app))).toBe(true);
    const rules = runRules(CATALOGUE, app, checkSettings({ date: CASE_DATE }))
      .filter(({ severity }) => severity === 'error')
      .map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining([...caughtBy]));
  },
);

test('every reproduced check has a role that fails it', () => {
  expect(PROWLER_CHECKS.map(({ name }) => name).filter((name) => !CASES.some(({ check }) => check === name))).toEqual(
    [],
  );
});
