import type { Finding } from '../checks/finding';
import type { Rule, Severity } from '../checks/rule';

/** What a run of `check` found, for all reporters. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  /** Findings that somebody acknowledged, and that do not count. */
  readonly acknowledged: readonly Finding[];
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** The agents and the roles of agents that were looked at. */
  readonly roles: number;
  /** "Today" for rules with a time in them. */
  readonly date: string;
  /** The version of the service reference. */
  readonly catalogue: string;
  /** The version of the library. */
  readonly version: string;
  /** The file of each stack, as it should be shown. */
  readonly files: ReadonlyMap<string, string>;
  /** Where a resource begins in its file, by stack and logical id; counts from 1. */
  lineOf(finding: Finding): number;
  readonly colour: boolean;
}

/** Writes a report in one format. */
export type Reporter = (report: CheckReport) => string;

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Where the documentation of the rules is published. */
export const RULE_PAGES = 'https://github.com/cdk-least-agency/cdk-least-agency/blob/main/docs/rules';

/** The gravest findings first, then by stack, resource and rule: the same app gives the same order. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ severity, stack, logicalId, rule, id }: Finding): string =>
    [ORDER.indexOf(severity), stack, logicalId, rule, id].join('\u0000');
  return [...findings].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

/** How many findings there are of each severity. */
export function tally(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}
