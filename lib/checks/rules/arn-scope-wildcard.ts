import type { AppStatement } from '../../access/app/app-statement';
import { type ArnParts, arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../policy/document/text';
import { reachedRoles, statementsReaching } from '../judging/allow-statements';
import { isRequired } from '../judging/narrowing';
import { shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Wildcard in account or Region, or bleeding */
export const ARN_SCOPE_WILDCARD: Rule = {
  name: 'arn-scope-wildcard',
  group: 'RES',
  severity: 'warning',
  title:
    'A statement of an agent role names resources of other accounts or regions, or with a name that takes in others.',
  why: 'An account or region left open lets the agent into whatever trusts it there; a name that ends in * without a delimiter also matches the neighbour: claims* is claims-archive too.',
  fix: 'Write account and region into the ARN, and end a prefix with its delimiter: bucket/claims/*, not bucket/claims*.',
  frameworks: ['OWASP NHI8', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const reaching of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Allow')) {
      const { statement } = reaching;
      const { resource } = statement.statement;
      const loose =
        resource === undefined || resource.negated
          ? []
          : resource.patterns.filter((pattern) => isLoose(pattern, statement));
      if (loose.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} lets ${reachedRoles(reaching)} reach more than one place by ${shownResources(loose)}: ${reasons(loose, statement)}.`,
          example: displayText(loose[0] ?? []),
        };
      }
    }
  },
};

type Looseness = 'the account is open' | 'the region is open' | 'the name ends in * without a delimiter';

function isLoose(pattern: PolicyText, statement: AppStatement): boolean {
  return loosenessOf(pattern, statement).length > 0;
}

function reasons(patterns: readonly PolicyText[], statement: AppStatement): string {
  return [...new Set(patterns.flatMap((pattern) => loosenessOf(pattern, statement)))].join(', ');
}

function loosenessOf(pattern: PolicyText, statement: AppStatement): Looseness[] {
  const parts = arnParts(pattern);
  if (parts === undefined && typeof pattern[0] === 'object') {
    return bleeds(pattern) ? ['the name ends in * without a delimiter'] : [];
  }
  // Everything of a service is what resource-wildcard is about.
  if (parts?.tail === undefined || isOpen(parts.service) || /^\*+$/.test(displayText(parts.tail))) {
    return [];
  }
  return [
    ...(isOpen(parts.account) && !asksFor(statement, /^aws:resource(account|orgid|orgpaths)$|^s3:resourceaccount$/i)
      ? (['the account is open'] as const)
      : []),
    ...(isOpen(parts.region) && !isBoundRegion(parts, statement) ? (['the region is open'] as const) : []),
    ...(bleeds(parts.tail) ? (['the name ends in * without a delimiter'] as const) : []),
  ];
}

function isOpen(part: PolicyText): boolean {
  return /[*?]/.test(displayText(part));
}

/** A cross-region profile calls its model in other regions; the condition on the profile binds them. */
function isBoundRegion(parts: ArnParts, statement: AppStatement): boolean {
  const isModel = displayText(parts.tail ?? []).startsWith('foundation-model/');
  return asksFor(statement, isModel ? /^bedrock:inferenceprofilearn$/i : /^aws:requestedregion$/i);
}

function asksFor({ statement: { conditions } }: AppStatement, key: RegExp): boolean {
  return conditions.some((condition) => {
    const presence =
      condition.operator.family === 'Null' && condition.values.every((value) => displayText(value) === 'false');
    return key.test(condition.key) && (presence || isRequired(condition, conditions));
  });
}

/** Whether a name ends in `*` right behind a letter, a digit or a value of the template. */
function bleeds(tail: PolicyText): boolean {
  const last = tail.at(-1);
  if (typeof last !== 'string' || !/[^*]\*$|^\*$/.test(last)) {
    return false;
  }
  const before = last.slice(0, -1);
  return before === '' ? tail.length > 1 : /[A-Za-z0-9]$/.test(before);
}
