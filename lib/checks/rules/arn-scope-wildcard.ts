import type { AppRole } from '../../access/app/app-role';
import { type ArnParts, arnParts } from '../../access/app/arn-parts';
import type { ConditionOperator } from '../../policy/condition/operator';
import type { PolicyStatement } from '../../policy/document/policy-document';
import { displayText, type PolicyText, text } from '../../policy/document/text';
import { fitsShape } from '../../policy/reference/arn-shape';
import { findAction } from '../../policy/reference/service-reference';
import { isAskedFor, isRequired } from '../judging/conditions/narrowing';
import { statementsReaching } from '../judging/grants/allow-statements';
import { expansionOf } from '../judging/grants/allowed-actions';
import { rolesShown } from '../judging/grants/statement-grants';
import { onceForStatement } from '../judging/once-for-statement';
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
    const roles = app.rolesOf('agent', 'knowledge-base');
    yield* roles.flatMap(bleedingSources);
    for (const reaching of statementsReaching(roles, 'Allow')) {
      const { statement } = reaching;
      const loose = looseIn(statement);
      if (loose.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} lets ${rolesShown(reaching)} reach more than one place by ${shownResources(loose)}: ${reasons(loose, statement.statement)}.`,
          example: displayText(loose[0] ?? []),
        };
      }
    }
  },
};

/** Sources in the trust of a role, such as `runtime/claims*`, by which the agents next door may become it as well. */
function bleedingSources({ resource, trust }: AppRole): Observation[] {
  return trust.flatMap((statement): Observation[] => {
    const { effect, conditions } = statement.statement;
    const sources = conditions.flatMap(({ key, operator, values }) =>
      effect === 'Allow' && hasWildcards(operator) && key.toLowerCase() === 'aws:sourcearn' ? values : [],
    );
    const loose = sources.filter((source) => bleeds(arnParts(source)?.tail ?? []));
    return loose.length === 0
      ? []
      : [
          {
            resource,
            statements: [statement],
            message: `${whereIs(statement)} trusts more than one source by ${shownResources(loose)}: the name ends in * without a delimiter.`,
            example: displayText(loose[0] ?? []),
          },
        ];
  });
}

/** Whether a value with a star is a pattern: StringEquals compares it as it is written. */
function hasWildcards({ family, comparison, negated }: ConditionOperator): boolean {
  return !negated && (family === 'Arn' || comparison === 'StringLike');
}

const looseIn = onceForStatement((statement): readonly PolicyText[] =>
  statement.resource === undefined || statement.resource.negated
    ? []
    : statement.resource.patterns.filter((pattern) => loosenessOf(pattern, statement).length > 0),
);

type Looseness = 'the account is open' | 'the region is open' | 'the name ends in * without a delimiter';

function reasons(patterns: readonly PolicyText[], statement: PolicyStatement): string {
  return [...new Set(patterns.flatMap((pattern) => loosenessOf(pattern, statement)))].join(', ');
}

function loosenessOf(pattern: PolicyText, statement: PolicyStatement): Looseness[] {
  const parts = arnParts(pattern);
  if (parts === undefined) {
    return bleeds(pattern) ? ['the name ends in * without a delimiter'] : [];
  }
  // Everything of a service is what resource-wildcard is about.
  if (parts.tail === undefined || (isOpen(parts.account) && /^\**$/.test(displayText(parts.tail)))) {
    return [];
  }
  return [
    ...(isOpen(parts.account) && hasPart(4, parts, statement) && !asksFor(statement, BINDS_ACCOUNT)
      ? (['the account is open'] as const)
      : []),
    ...(isOpen(parts.region) && hasPart(3, parts, statement) && !asksFor(statement, regionKeys(parts))
      ? (['the region is open'] as const)
      : []),
    ...(bleeds(parts.tail) ? (['the name ends in * without a delimiter'] as const) : []),
  ];
}

function isOpen(part: PolicyText): boolean {
  return /[*?]/.test(displayText(part));
}

/**
 * Whether what the statement is about has a region (3) or an account (4) in its ARN: buckets have neither, roles and
 * models one of the two. Where the reference does not tell, it has.
 */
function hasPart(index: 3 | 4, { partition, service, tail = [] }: ArnParts, { action }: PolicyStatement): boolean {
  const shapes = action.patterns
    .flatMap(expansionOf)
    .flatMap((name) => findAction(name)?.resourceTypes.flatMap(({ arns }) => arns) ?? [])
    .filter((shape) => {
      const [region, account] = shape.split(':').slice(3, 5);
      // Not the wildcards themselves: they would run across the colons.
      const place = text(':', region === '' ? '' : 'us-east-1', ':', account === '' ? '' : '111122223333', ':');
      return fitsShape(text('arn:', partition, ':', service, place, tail), shape) !== 'no';
    });
  return shapes.length === 0 || shapes.some((shape) => shape.split(':')[index] !== '');
}

/** Keys that leave one account, or those who tag alike. */
const BINDS_ACCOUNT = /^(aws:resource(account|orgid|orgpaths)|s3:resourceaccount|[\w-]+:resourcetag\/.+)$/i;

/** Keys that leave one region. A cross-region profile or a router calls its models in other regions, and binds them. */
function regionKeys({ tail = [] }: ArnParts): RegExp {
  return displayText(tail).startsWith('foundation-model/')
    ? /^(bedrock:(inferenceprofile|promptrouter)arn|aws:requestedregion)$/i
    : /^(aws:requestedregion|kms:viaservice|[\w-]+:resourcetag\/.+)$/i;
}

const BY_PROFILE = /^bedrock:inferenceprofilearn$/i;

function asksFor({ conditions }: PolicyStatement, key: RegExp): boolean {
  return conditions.some(
    (condition) =>
      key.test(condition.key) &&
      // That a profile calls the model is enough: it names the regions, and which profile is for the grant on profiles.
      (isRequired(condition, conditions) || (BY_PROFILE.test(condition.key) && isAskedFor(condition, conditions))),
  );
}

/** Whether a name, or a part of one, ends in `*` right behind a letter, a digit, or a value that stands for a name. */
function bleeds(tail: PolicyText): boolean {
  // Policy variables and values of the template are one letter here, which is no wildcard.
  const shown = tail
    .map((part) => (typeof part === 'string' ? part : isPrefix(part.atom) ? '/' : 'x'))
    .join('')
    .replace(/\$\{[^{}*?]+\}/g, 'x');
  return /[A-Za-z0-9][*?]*\*[*?]*(?=$|[/:])/.test(shown);
}

/** Whether a parameter is called a prefix or a path: these bring their delimiter along. */
function isPrefix(atom: string): boolean {
  return /(prefix|path)[^.]*\.Ref$/i.test(atom);
}
