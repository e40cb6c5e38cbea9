import { ACCESS_LEVELS, type AccessLevel } from '../reference/access-level';
import { actionCatalogue, type ComparedAction } from './action-catalogue';
import type { ActionElement } from './action-element';
import type { Budget } from './budget';
import { futureActions } from './future-actions';
import { NO } from './truth';

/** Actions that no element of the policies tells apart. */
export interface ActionClass {
  readonly actions: readonly ComparedAction[];
  readonly isFuture: boolean;
}

/** The classes, and whether they are all. */
export interface ActionClasses {
  readonly classes: readonly ActionClass[];
  readonly complete: boolean;
}

/**
 * Divides actions into classes.
 *
 * @param elements All elements of both policies.
 * @param within Only actions that one of these may match.
 * @param open Whether actions count that AWS may add.
 */
export function actionClasses(
  elements: readonly ActionElement[],
  within: readonly ActionElement[],
  open: boolean,
  budget: Budget,
): ActionClasses {
  for (const element of elements) {
    if (!budget.spend(element.cost)) {
      return { classes: [], complete: false };
    }
  }
  const catalogue = actionCatalogue();
  const groups = new Map<string, ComparedAction[]>();
  const listed: ComparedAction[][] = [];
  const add = (group: string, action: ComparedAction): void => {
    const members = groups.get(group);
    if (members === undefined) {
      groups.set(group, [action]);
    } else {
      members.push(action);
    }
  };
  const classOf = refine(elements, budget);
  for (const number of actionsWithin(within, budget)) {
    const action = catalogue.actions[number];
    if (action !== undefined) {
      const group = classOf[number] ?? 0;
      listed[group] ??= [];
      listed[group].push(action);
    }
  }
  const patterns = elements.flatMap((element) => element.patterns);
  const spelled = [...new Set(patterns)].filter((name) => !/[*?]/.test(name) && !catalogue.numbers.has(name));
  const future = open ? futureActions(patterns, budget.share(1 / 3)) : [];
  const added = [
    ...spelled.map((name) => [name, false] as const),
    ...(future ?? []).map((name) => [name, true] as const),
  ];
  for (const [name, isFuture] of added) {
    const action = { name, key: name.toLowerCase(), isFuture };
    if (within.some((element) => element.matches(action) !== NO)) {
      add(`${isFuture} ${elements.map((element) => element.matches(action)).join('')}`, action);
    }
    budget.spend(elements.length);
  }
  return {
    classes: [...listed.filter((members) => members !== undefined), ...groups.values()].map((actions) => ({
      actions,
      isFuture: actions[0]?.isFuture === true,
    })),
    complete: future !== undefined,
  };
}

/** The access levels of a class, from the least to the most powerful; none of actions that nobody knows. */
export function levelsOf({ actions }: ActionClass): ReadonlySet<AccessLevel> {
  const found = new Set<AccessLevel>();
  for (const { level } of actions) {
    if (level !== undefined) {
      found.add(level);
    }
  }
  return found;
}

/** Levels in the order of their power. */
export function sortedLevels(levels: ReadonlySet<AccessLevel>): AccessLevel[] {
  return ACCESS_LEVELS.filter((level) => levels.has(level));
}

/** The class of each action of the catalogue: two actions have the same when each element matches both or neither. */
function refine(elements: readonly ActionElement[], budget: Budget): Uint32Array {
  const classOf = new Uint32Array(actionCatalogue().actions.length);
  let classes = 1;
  const done = new Set<string>();
  for (const element of elements) {
    if (done.has(element.key)) {
      continue;
    }
    done.add(element.key);
    const split = new Map<number, number>();
    for (const number of element.members) {
      const old = classOf[number] ?? 0;
      let next = split.get(old);
      if (next === undefined) {
        next = classes;
        classes += 1;
        split.set(old, next);
      }
      classOf[number] = next;
    }
    budget.spend(element.members.size / 32);
  }
  return classOf;
}

/** The actions of the catalogue that one of the elements may match. */
function actionsWithin(within: readonly ActionElement[], budget: Budget): Iterable<number> {
  const wide = within.filter((element) => element.matchesOthers || element.unknown.length > 0);
  if (wide.length === 0) {
    return new Set(within.flatMap((element) => [...element.members]));
  }
  const all = actionCatalogue().actions;
  budget.spend(all.length / 32);
  const [first] = wide;
  const isLeft = (number: number): boolean => within.every((element) => element.matches({ number, key: '' }) === NO);
  const left = new Set(first?.unknown.length === 0 ? [...first.members].filter(isLeft) : []);
  return all.map((_, number) => number).filter((number) => !left.has(number));
}
