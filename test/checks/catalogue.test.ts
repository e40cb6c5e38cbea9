import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { ruleId } from '../../lib/checks/finding-id';
import { checkCases } from './check-cases';

const ROOT = join(__dirname, '..', '..');
const FRAMEWORK =
  /^(OWASP ASI(0[1-9]|10)|OWASP NHI([1-9]|10)|CSA MAESTRO L[1-7]|NIST AI RMF (GOVERN|MAP|MEASURE|MANAGE)|NIST SP 800-53 AC-6(\((10|[1-9])\))?|NIST SP 800-207 tenet [1-7]|NIST CSF 2\.0 (GV|ID|PR\.AA|DE\.CM|RS|RC)|AWS (AGENT|GEN)[A-Z]+\d+(-BP\d+)?)$/;

describe.each(CATALOGUE.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  test('says what, why and what to do in whole sentences', () => {
    for (const text of [rule.title, rule.why, rule.fix]) {
      expect(text).toMatch(/^[A-Z`].+[.)`]$/s);
    }
    expect(rule.title.length).toBeLessThanOrEqual(160);
  });

  test('names items of published frameworks, of NIST CSF 2.0 too', () => {
    expect(rule.frameworks.filter((item) => !FRAMEWORK.test(item))).toEqual([]);
    expect(new Set(rule.frameworks).size).toBe(rule.frameworks.length);
    expect(rule.frameworks.some((item) => item.startsWith('NIST CSF 2.0 '))).toBe(true);
  });

  test('has a page with a bad and a good example', () => {
    const page = readFileSync(join(ROOT, 'docs', 'rules', `${name}.md`), 'utf8');
    expect(page).toMatch(new RegExp(`^# ${name}\n`));
    for (const section of ['## Why', '## What it reports', '## Bad', '## Good', '## Exceptions']) {
      expect(page).toContain(section);
    }
    expect(page).toContain(ruleId(name));
  });

  test('has three violating and three clean cases at least', () => {
    const cases = checkCases().find((file) => file.rule === name);
    expect(cases?.violating.length).toBeGreaterThanOrEqual(3);
    expect(cases?.clean.length).toBeGreaterThanOrEqual(3);
  });

  test('stands in a file of its own', () => {
    expect(existsSync(join(ROOT, 'lib', 'checks', 'rules', `${name}.ts`))).toBe(true);
  });
});

test('names and ids are unique, and fit the validation of the CDK', () => {
  const ids = CATALOGUE.map(({ name }) => ruleId(name));
  expect(new Set(ids).size).toBe(CATALOGUE.length);
  expect(ids.filter((id) => !/^LeastAgency-[A-Z][A-Za-z]+$/.test(id))).toEqual([]);
});

test('no page and no cases are left of a rule that is gone', () => {
  const names = CATALOGUE.map(({ name }) => name);
  const pages = readdirSync(join(ROOT, 'docs', 'rules')).filter((file) => file !== 'README.md');
  expect(pages.filter((page) => !names.includes(page.replace(/\.md$/, '')))).toEqual([]);
  expect(checkCases().filter(({ rule }) => !names.includes(rule))).toEqual([]);
});
