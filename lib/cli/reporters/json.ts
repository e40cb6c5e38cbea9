import type { CheckReport } from '../check-report';

/** For programs. Fields are only ever added within version 1. */
export function jsonReport({ findings, acknowledged, rules, roles, date, catalogue, version }: CheckReport): string {
  return JSON.stringify(
    {
      version: 1,
      findings,
      acknowledged,
      checked: { rules: rules.length, agentRoles: roles, date, catalogue, library: version },
    },
    undefined,
    2,
  );
}
