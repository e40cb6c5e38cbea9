import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppModel } from '../../lib/access/app/app-model';
import type { AppTemplate } from '../../lib/access/app/app-template';
import type { Json } from '../../lib/access/app/json';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { type CheckSettings, checkSettings } from '../../lib/checks/check-settings';
import type { Finding } from '../../lib/checks/finding';
import { runRules } from '../../lib/checks/run-rules';

/** One file of test/cases/checks: the cases of the rule that it is named after. */
export interface CheckCases {
  readonly rule: string;
  readonly violating: readonly CheckCase[];
  readonly clean: readonly CheckCase[];
}

/** One case: a template, or several of one app by the names of their stacks. */
export interface CheckCase {
  readonly name: string;
  /** Why it violates the rule, or why it looks as if it did and does not. */
  readonly why: string;
  readonly template?: Json;
  readonly templates?: Readonly<
    Record<string, Json | { readonly account?: string; readonly region?: string; readonly body: Json }>
  >;
  readonly settings?: Partial<CheckSettings>;
  /** Clean, and the rule has a note on it all the same, such as that it cannot decide. */
  readonly info?: true;
  /** What the finding has to be, besides the rule's; a list when there are several. */
  readonly expect?: Partial<Finding> & { readonly count?: number; readonly says?: string };
}

const FOLDER = join(__dirname, '..', 'cases', 'checks');
/** "Today" in the cases. */
export const CASE_DATE = '2026-11-20';

/** All files of cases, by rule. */
export function checkCases(): CheckCases[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ rule: basename(file, '.json'), ...JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) }));
}

/** The templates of a case. */
export function templatesOf({ template, templates }: CheckCase): AppTemplate[] {
  if (template) {
    return [{ name: 'app.template.json', body: template }];
  }
  return Object.entries(templates ?? {}).map(([name, given]) =>
    'body' in given && !('Resources' in given) ? { name, ...(given as { body: Json }) } : { name, body: given as Json },
  );
}

/** What one rule says about a case. */
export function findingsOf(rule: string, given: CheckCase): Finding[] {
  const rules = CATALOGUE.filter(({ name }) => name === rule);
  return runRules(rules, new AppModel(templatesOf(given)), checkSettings({ date: CASE_DATE, ...given.settings }));
}
