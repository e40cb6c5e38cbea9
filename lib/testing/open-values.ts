import { parsePolicy } from '../policy/document/parse-policy';
import type { PatternElement, PolicyDocument, PolicyStatement } from '../policy/document/policy-document';
import { type Atom, isLiteral, type PolicyText, text } from '../policy/document/text';
import { writePolicy } from '../policy/document/write-policy';
import type { PolicySet } from '../policy/evaluate/policy-set';
import { ANY, compileGlob, globTokens, matchesGlob, ONE } from '../policy/match/glob';

/**
 * What an atom can come out as:
 *
 * - `open`: any text at all.
 * - `arn`, `name`: the ARN or the name of a resource of the app. Nothing else that is spelled out is called the same, but
 *   a wildcard may take it in.
 */
export interface AtomNature {
  readonly kind: 'open' | 'arn' | 'name';
  /** Whose ARN or name it is. */
  readonly resource?: string;
  /** Whether it is known to hold no slash, as the ARNs of buckets do. */
  readonly hasNoSlash?: boolean;
}

/** Tells the nature of an atom. */
export type NatureOf = (atom: string) => AtomNature;

/** Whether any atom stands in the policies. */
export function hasAtoms(policies: PolicySet): boolean {
  return JSON.stringify(policies).includes('{"atom":');
}

/**
 * What a set of policies allows at least and at most for one resource, whatever its values turn out to be that only the
 * deployment knows.
 */
export function boundsOf(
  policies: PolicySet,
  resource: PolicyText,
  natureOf: NatureOf,
): { readonly least: PolicySet; readonly most: PolicySet } {
  const reading = new OpenReading(resource, natureOf);
  const most = (statement: PolicyStatement): PolicyStatement[] => [reading.widest(statement)];
  const least = (statement: PolicyStatement): PolicyStatement[] => (reading.isSure(statement) ? [statement] : []);
  return {
    least: mapStatements(policies, (statement) => (statement.effect === 'Allow' ? least : most)(statement)),
    most: mapStatements(policies, (statement) => (statement.effect === 'Allow' ? most : least)(statement)),
  };
}

function mapStatements(policies: PolicySet, map: (statement: PolicyStatement) => PolicyStatement[]): PolicySet {
  const documentOf = (input: unknown): unknown => {
    const { document } = parsePolicy(input);
    return document === undefined
      ? input
      : writePolicy({ ...document, statements: document.statements.flatMap(map) } satisfies PolicyDocument);
  };
  const mapped = (value: unknown): unknown => (Array.isArray(value) ? value.map(mapped) : documentOf(value));
  return Object.fromEntries(
    Object.entries(policies).flatMap(([layer, value]) => (value === undefined ? [] : [[layer, mapped(value)]])),
  );
}

const ANYTHING: PatternElement = { negated: false, patterns: [['*']] };

/** Statements as they may turn out for one resource. */
class OpenReading {
  private readonly first?: Atom;
  /** What follows the ARN that the resource begins with; none where it does not, or where that is not all literal. */
  private readonly rest?: string;

  public constructor(
    private readonly resource: PolicyText,
    private readonly natureOf: NatureOf,
  ) {
    const [first, rest = '', ...more] = resource;
    if (typeof first === 'object' && natureOf(first.atom).kind === 'arn' && typeof rest === 'string' && !more.length) {
      this.first = first;
      this.rest = rest;
    }
  }

  /** The statement for every request that it may turn out to speak of. */
  public widest(statement: PolicyStatement): PolicyStatement {
    const { action, resource, principal, conditions } = statement;
    const isClosed = principal === undefined || principal.entries.every(({ id }) => isLiteral(id));
    return {
      ...statement,
      action: widestPatterns(action, (pattern) => this.upToOpen(pattern)),
      ...(resource === undefined ? {} : { resource: widestPatterns(resource, (pattern) => this.widestFor(pattern)) }),
      ...(isClosed ? {} : { principal: { negated: false, everyone: true, entries: [] } }),
      conditions: conditions.filter(({ values }) => values.every(isLiteral)),
    };
  }

  /** Whether it is known which requests a statement speaks of. Its values match themselves in any case. */
  public isSure({ action, resource, principal, conditions }: PolicyStatement): boolean {
    return (
      !(action.negated && action.patterns.some((pattern) => this.upToOpen(pattern) !== pattern)) &&
      !(resource?.negated === true && resource.patterns.some((pattern) => this.widestFor(pattern) !== pattern)) &&
      (principal === undefined || principal.entries.every(({ id }) => isLiteral(id))) &&
      conditions.every(({ values }) => values.every(isLiteral))
    );
  }

  /** A pattern that matches the resource wherever this one may; the same pattern where it is known whether it does. */
  private widestFor(pattern: PolicyText): PolicyText {
    const open = this.upToOpen(pattern);
    return !isLiteral(this.resource) && this.mayMatch(open) ? ['*'] : open;
  }

  private mayMatch(pattern: PolicyText): boolean {
    const { first, rest } = this;
    if (first === undefined || rest === undefined) {
      return true;
    }
    const [start] = pattern;
    if (typeof start === 'object' && this.natureOf(start.atom).kind === 'arn') {
      return false;
    }
    const { resource, hasNoSlash } = this.natureOf(first.atom);
    const atoms = pattern.filter((part) => typeof part === 'object');
    return (
      atoms.some(({ atom }) => this.natureOf(atom).resource === resource) || takesIn(pattern, rest, hasNoSlash === true)
    );
  }

  /** An open value may be of any length and hold colons: from there on, the pattern may match anything. */
  private upToOpen(pattern: PolicyText): PolicyText {
    const first = pattern.findIndex((part) => typeof part === 'object' && this.natureOf(part.atom).kind === 'open');
    return first < 0 ? pattern : text(...pattern.slice(0, first), '*');
  }
}

function widestPatterns(
  { negated, patterns }: PatternElement,
  widest: (pattern: PolicyText) => PolicyText,
): PatternElement {
  if (!negated) {
    return { negated, patterns: patterns.map(widest) };
  }
  const left = patterns.filter((pattern) => widest(pattern) === pattern);
  return left.length > 0 ? { negated, patterns: left } : ANYTHING;
}

/** Whether a beginning of the pattern that has a wildcard, and what follows it, may match an ARN and the rest after it. */
function takesIn(pattern: PolicyText, rest: string, hasNoSlash: boolean): boolean {
  const tokens = globTokens(pattern);
  return tokens.some((wildcard, position) => {
    if (wildcard !== ANY && wildcard !== ONE) {
      return false;
    }
    for (let end = position + 1; end <= tokens.length; end++) {
      const beginning = tokens.slice(0, end);
      const following = tokens.slice(beginning.at(-1) === ANY ? end - 1 : end);
      if (!(hasNoSlash && beginning.includes('/')) && matchesGlob(compileGlob(following), rest)) {
        return true;
      }
    }
    return false;
  });
}
