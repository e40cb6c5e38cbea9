import { literalOf, type PolicyText, textKey } from '../document/text';
import { PolicyError } from '../evaluate/policy-error';
import { actionGlob, isExactAction, matchesAction } from '../match/action-glob';
import { comparePolicies } from './compare-policies';
import { rawPolicies } from './raw-statement';
import { conditionKey, type TextStatement } from './text-statement';

/** One action on one resource that a statement asks for and the working set does not give. */
export interface UncoveredRequest {
  readonly action: PolicyText;
  readonly resource: PolicyText;
}

/** What a statement asks for beyond the working set. */
export interface Coverage {
  /** Actions on resources that the working set does not give, or not for sure. Empty when the statement is covered. */
  readonly uncovered: readonly UncoveredRequest[];
  /** Why the statement can't be compared action by action, when it can't: it then counts as not covered. */
  readonly undecided?: string;
}

/** What is known about atoms. Nothing is known about any other: a parameter may hold `*`, or a part of an ARN. */
export interface KnownAtoms {
  /** Whether the atom is a whole ARN without a wildcard. */
  isArn(atom: string): boolean;
  /** Whether the atom is a name without a wildcard: something that no ARN begins with. */
  isName(atom: string): boolean;
}

interface GivenAccess {
  readonly conditions: readonly string[];
}

/**
 * The statements an agent's working set is made of, ready to be asked what they cover.
 *
 * Covered means that no request that the asking statement allows is one that the working set does not allow, whatever
 * words the two are written in. What stands in the working set word by word is seen without a comparison; the rest is
 * compared, and only a proof counts.
 */
export class WorkingSet {
  private readonly given = new Map<string, GivenAccess[]>();
  private readonly byAction = new Map<string, TextStatement[]>();
  private readonly byPattern: TextStatement[] = [];

  public constructor(statements: Iterable<TextStatement>) {
    for (const statement of statements) {
      if (statement.effect === 'Allow') {
        this.take(statement);
      }
    }
  }

  /** True when some statement of the working set gives this action on this resource in these words, under any condition. */
  public gives(action: string, resource: PolicyText): boolean {
    return this.given.has(accessKey([action], resource));
  }

  /** What `statement`, an Allow, asks for beyond this working set. */
  public coverage(statement: TextStatement, known: KnownAtoms): Coverage {
    const { uncovered, undecided } = this.literalCoverage(statement);
    return undecided === undefined
      ? { uncovered: this.unproved(statement, uncovered, known) }
      : { uncovered, undecided };
  }

  /**
   * The same word by word: covered is what stands in the working set literally, there with the same conditions or with
   * fewer. Letter case of actions and condition keys does not matter.
   */
  public literalCoverage(statement: TextStatement): Coverage {
    if (statement.notActions !== undefined) {
      return { uncovered: [], undecided: 'it allows everything but a list (NotAction)' };
    }
    if (statement.notResources !== undefined) {
      return { uncovered: [], undecided: 'it allows all resources but a list (NotResource)' };
    }
    if (!statement.actions?.length || !statement.resources?.length) {
      return { uncovered: [], undecided: `it names no ${statement.actions?.length ? 'resource' : 'action'}` };
    }
    const isLiteral = statement.version !== '2008-10-17' || !hasVariables(statement);
    const asked = new Set(statement.conditions.map(conditionKey));
    const uncovered: UncoveredRequest[] = [];
    for (const action of statement.actions) {
      for (const resource of statement.resources) {
        const entries = this.given.get(accessKey(action, resource)) ?? [];
        if (!isLiteral || !entries.some((entry) => entry.conditions.every((condition) => asked.has(condition)))) {
          uncovered.push({ action, resource });
        }
      }
    }
    return { uncovered };
  }

  /** Those of a statement's requests that no comparison proves to be inside the working set. */
  public unproved(
    statement: TextStatement,
    requests: readonly UncoveredRequest[],
    known: KnownAtoms,
  ): UncoveredRequest[] {
    const byAction = new Map<string, UncoveredRequest[]>();
    for (const request of requests) {
      const key = textKey(request.action);
      byAction.set(key, [...(byAction.get(key) ?? []), request]);
    }
    return [...byAction.values()].flatMap((asked) => {
      const [{ action } = { action: [] }] = asked;
      const givers = this.givers(action);
      const isProved = (some: readonly UncoveredRequest[]): boolean =>
        isInside({ ...statement, actions: [action], resources: some.map(({ resource }) => resource) }, givers, known);
      if (givers.length === 0 || isProved(asked)) {
        return givers.length === 0 ? asked : [];
      }
      return asked.length === 1 ? asked : asked.filter((one) => !isProved([one]));
    });
  }

  private take(statement: TextStatement): void {
    const conditions = statement.conditions.map(conditionKey);
    const isLiteral = statement.version !== '2008-10-17' || !hasVariables(statement);
    for (const action of isLiteral ? (statement.actions ?? []) : []) {
      for (const resource of statement.resources ?? []) {
        listOf(this.given, accessKey(action, resource)).push({ conditions });
      }
    }
    if (statement.actions?.every(isExactAction)) {
      for (const action of new Set(statement.actions.map(lowerCase))) {
        listOf(this.byAction, action).push({ ...statement, actions: [[action]] });
      }
    } else {
      this.byPattern.push(statement);
    }
  }

  /**
   * The statements that can give an action. None gives a pattern of actions unless it has a pattern itself: AWS may add
   * an action that the pattern matches.
   */
  private givers(action: PolicyText): readonly TextStatement[] {
    if (!isExactAction(action)) {
      return this.byPattern;
    }
    const name = lowerCase(action);
    const patterns = this.byPattern.filter(
      ({ actions }) => actions === undefined || actions.some((pattern) => matchesAction(actionGlob(pattern), name)),
    );
    return [...(this.byAction.get(name) ?? []), ...patterns];
  }
}

/** What was compared, for as long as the same is known of atoms: agents of one app are often asked for the same. */
const compared = new WeakMap<KnownAtoms, Map<string, boolean>>();

function isInside(asked: TextStatement, givers: readonly TextStatement[], known: KnownAtoms): boolean {
  const answers = compared.get(known) ?? new Map<string, boolean>();
  compared.set(known, answers);
  const given = rawPolicies(givers.map(withoutSid));
  const more = rawPolicies([withoutSid(asked)]);
  const key = JSON.stringify([given, more]);
  let inside = answers.get(key);
  if (inside === undefined) {
    inside = addsNothing(given, more, plainAtoms(resourcesIn([...givers, asked]), known));
    answers.set(key, inside);
  }
  return inside;
}

function addsNothing(
  given: readonly unknown[],
  more: readonly unknown[],
  isPlainAtom: (atom: string) => boolean,
): boolean {
  try {
    const { relation, certainty } = comparePolicies(
      { identity: given },
      { identity: [...given, ...more] },
      { isPlainAtom },
    );
    return relation === 'equal' && certainty === 'proved';
  } catch (error) {
    if (error instanceof PolicyError) {
      return false;
    }
    throw error;
  }
}

/**
 * Which atoms are plain text, as `ComparisonOptions.isPlainAtom` asks: a name that a pattern of Resource begins with would
 * be taken for an ARN there.
 */
export function plainAtoms(resources: readonly PolicyText[], known: KnownAtoms): (atom: string) => boolean {
  const first = new Set(resources.flatMap(([part]) => (typeof part === 'object' ? part.atom : [])));
  return (atom) => known.isArn(atom) || (known.isName(atom) && !first.has(atom));
}

/** The patterns of Resource and NotResource. */
export function resourcesIn(statements: readonly TextStatement[]): PolicyText[] {
  return statements.flatMap(({ resources = [], notResources = [] }) => [...resources, ...notResources]);
}

/** What a statement is called makes no difference. */
function withoutSid({ sid: _, ...statement }: TextStatement): TextStatement {
  return statement;
}

function hasVariables({ actions = [], resources = [], conditions }: TextStatement): boolean {
  const texts = [...actions, ...resources, ...conditions.flatMap(({ values }) => values)];
  // An atom may bring the variable, or a part of it.
  return texts.some((value) => value.some((part) => typeof part !== 'string' || part.includes('$')));
}

function accessKey(action: PolicyText, resource: PolicyText): string {
  const literal = literalOf(action);
  return `${literal === undefined ? textKey(action) : literal.toLowerCase()}|${textKey(resource)}`;
}

function lowerCase(action: PolicyText): string {
  return (literalOf(action) ?? '').toLowerCase();
}

function listOf<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
