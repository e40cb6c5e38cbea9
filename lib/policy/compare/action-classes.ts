import { ACCESS_LEVELS, type AccessLevel } from '../reference/access-level';
import { actionCatalogue } from './action-catalogue';
import type { ActionElement } from './action-element';
import type { Budget } from './budget';
import { futureActions } from './future-actions';

/** An action: of the catalogue, of a policy, or one that AWS may add. */
export interface ComparedAction {
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  /** Its place in the catalogue. */
  readonly number?: number;
  /** No catalogue and no policy has it yet. */
  readonly isFuture: boolean;
}

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
  const catalogue = actionCatalogue();
  const groups = new Map<string | number, ComparedAction[]>();
  const add = (group: string | number, action: ComparedAction): void => {
    const members = groups.get(group);
    if (members === undefined) {
      groups.set(group, [action]);
    } else {
      members.push(action);
    }
  };
  const classOf = refine(elements, budget);
  for (const number of actionsWithin(within, budget)) {
    const name = catalogue.names[number] ?? '';
    add(classOf[number] ?? 0, { name, key: catalogue.keys[number] ?? '', number, isFuture: false });
  }
  const patterns = elements.flatMap((element) => element.patterns);
  const spelled = [...new Set(patterns)].filter((name) => !/[*?]/.test(name) && !catalogue.numbers.has(name));
  const future = open ? futureActions(patterns, budget) : [];
  const added = [
    ...spelled.map((name) => [name, false] as const),
    ...(future ?? []).map((name) => [name, true] as const),
  ];
  for (const [name, isFuture] of added) {
    const action = { name, key: name.toLowerCase(), isFuture };
    if (within.some((element) => element.matches(action) !== 0)) {
      add(`${isFuture} ${elements.map((element) => element.matches(action)).join('')}`, action);
    }
    budget.spend(elements.length);
  }
  return {
    classes: [...groups.values()].map((actions) => ({ actions, isFuture: actions[0]?.isFuture === true })),
    complete: future !== undefined,
  };
}

/** The access levels of a class, from the least to the most powerful; none of actions that nobody knows. */
export function levelsOf({ actions }: ActionClass): ReadonlySet<AccessLevel> {
  const { levels } = actionCatalogue();
  const found = new Set<AccessLevel>();
  for (const { number } of actions) {
    const level = number === undefined ? undefined : levels[number];
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
  const classOf = new Uint32Array(actionCatalogue().names.length);
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

function actionsWithin(within: readonly ActionElement[], budget: Budget): Iterable<number> {
  if (within.some((element) => element.matchesOthers || element.unknown.length > 0)) {
    const all = actionCatalogue().names.map((_, number) => number);
    budget.spend(all.length / 32);
    return all.filter((number) => within.some((element) => element.matches({ number, key: '' }) !== 0));
  }
  const numbers = new Set<number>();
  for (const element of within) {
    for (const number of element.members) {
      numbers.add(number);
    }
  }
  return numbers;
}
