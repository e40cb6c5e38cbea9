import { text } from '../document/text';
import { globTokens } from '../match/glob';
import { ActionElement } from './action-element';
import type { Budget } from './budget';
import type { ComparedStatement, Vocabulary } from './compared-policies';
import { covers } from './glob-cover';

/** The part of a statement that nothing on the other side plainly covers. */
export interface Residue {
  readonly statement: ComparedStatement;
  /** One pattern of its Resource; undefined for a NotResource as a whole. */
  readonly pattern: number | undefined;
  readonly actions: ActionElement;
}

/** What one resource is given by statements of the covering side: by pattern of Action, by whole element, by atom. */
type Given = Map<string, ComparedStatement[]>;

/**
 * Cancels what both sides have: leaves the (pattern of Action, pattern of Resource) pairs of some statements that no
 * covering statement has with the same or fewer conditions and the same or every principal.
 *
 * What is cancelled is cancelled for sure. What is left may still be covered in ways that only a search shows.
 *
 * @param sameLayer Whether a statement covers those of its own layer only: true for Allow, false for Deny.
 */
export function residues(
  statements: readonly ComparedStatement[],
  covering: readonly ComparedStatement[],
  sameLayer: boolean,
  vocabulary: Vocabulary,
  budget: Budget,
): Residue[] {
  const index = new Map<string, Given>();
  for (const statement of covering) {
    for (const resource of resourceKeys(statement, vocabulary)) {
      const place = `${sameLayer ? statement.layer : ''} ${resource}`;
      const given = index.get(place) ?? new Map<string, ComparedStatement[]>();
      index.set(place, given);
      for (const action of actionKeys(statement.actions)) {
        const statements = given.get(action) ?? [];
        given.set(action, statements);
        statements.push(statement);
        budget.spend(1);
      }
    }
  }
  return statements.flatMap((statement) => {
    const layer = sameLayer ? statement.layer : '';
    return resourceKeys(statement, vocabulary).flatMap((resource, place) => {
      const given = [index.get(`${layer} ${resource}`), resource === '*' ? undefined : index.get(`${layer} *`)];
      const isCovered = (action: string): boolean =>
        given.some((actions) => actions !== undefined && coversAction(actions, action, statement, budget));
      const left = actionKeys(statement.actions).filter((action) => budget.exhausted || !isCovered(action));
      const actions = left.length === 0 ? undefined : elementOf(statement.actions, left);
      const pattern = statement.resources.negated ? undefined : statement.resources.patterns[place];
      return actions === undefined ? [] : [{ statement, pattern, actions }];
    });
  });
}

/** Resources that are given by a name: a number, `*`, or a NotResource as a whole. */
function resourceKeys({ resources }: ComparedStatement, vocabulary: Vocabulary): string[] {
  if (resources.negated) {
    return [resources.patterns.length === 0 ? '*' : `not ${[...resources.patterns].sort().join()}`];
  }
  return resources.patterns.map((pattern) => {
    const [part, ...more] = vocabulary.patterns[pattern]?.written ?? [];
    return part === '*' && more.length === 0 ? '*' : String(pattern);
  });
}

/** Actions that are given by a name: `=` and a pattern, `<` and a pattern with atoms, or a NotAction as a whole. */
function actionKeys(actions: ActionElement): string[] {
  if (actions.negated) {
    return [actions.key];
  }
  return [...actions.patterns.map((pattern) => `=${pattern}`), ...actions.unknown.map((name) => `<${name}`)];
}

function elementOf(actions: ActionElement, left: readonly string[]): ActionElement {
  if (actions.negated || left.length === actions.patterns.length + actions.unknown.length) {
    return actions;
  }
  const unknown = actions.unknown.filter((name) => left.includes(`<${name}`));
  return new ActionElement(
    false,
    actions.patterns.filter((pattern) => left.includes(`=${pattern}`)),
    unknown,
  );
}

function coversAction(given: Given, action: string, statement: ComparedStatement, budget: Budget): boolean {
  const fits = (other: ComparedStatement): boolean =>
    budget.spend(0.2) &&
    (other.principalKey === '' || other.principalKey === statement.principalKey) &&
    other.conditions.every((condition) => statement.conditions.includes(condition));
  if (given.get(action)?.some(fits) === true || given.get('=*')?.some(fits) === true) {
    return true;
  }
  for (const [pattern, statements] of action.startsWith('=') ? given : []) {
    const isWildcard = pattern.startsWith('=') && /[*?]/.test(pattern);
    if (isWildcard && budget.spend(1) && coversName(pattern, action) && statements.some(fits)) {
      return true;
    }
  }
  return false;
}

function coversName(pattern: string, action: string): boolean {
  const star = pattern.search(/[*?]/);
  return action.startsWith(pattern.slice(0, star)) && covers(globTokens(text(pattern)), globTokens(text(action)));
}
