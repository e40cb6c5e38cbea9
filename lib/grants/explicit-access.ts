import { literalOf, type PolicyText } from '../policy/document/text';
import { PARTS, splitParts } from '../policy/match/arn-like';
import { ANY, type GlobToken, globTokens, ONE } from '../policy/match/glob';
import { fitsShape, isWholeType } from '../policy/reference/arn-shape';
import { unscopedReason } from '../policy/reference/overlay/unscoped-by-practice';
import { findAction, type ServiceAction, suggestAction } from '../policy/reference/service-reference';
import { shownText } from '../synth/shown-text';
import { shapesOf } from './action-shapes';
import { checkConditions } from './explicit-conditions';

/** Access that was spelled out, and what is wrong with it. Every problem says the fix. */
export interface ExplicitAccess {
  readonly actions: readonly ServiceAction[];
  readonly problems: readonly string[];
  /** What a reader of the contract should know. */
  readonly notes: readonly string[];
}

/**
 * Checks actions, resources and conditions against the service reference: no wildcard actions, every action exists,
 * every resource fits an action and every action a resource, and every condition key is one that the action supplies.
 *
 * @param ends whether the grant sets an end of its own, which is a condition too.
 */
export function checkExplicitAccess(
  names: readonly string[],
  resources: readonly PolicyText[],
  conditions: unknown,
  ends: boolean,
): ExplicitAccess {
  const problems: string[] = [];
  const actions = names.flatMap((name) => {
    const { action, problem } = checkAction(name);
    problems.push(...(problem === undefined ? [] : [problem]));
    return action === undefined ? [] : [action];
  });
  if (problems.length > 0) {
    return { actions, problems, notes: [] };
  }
  const checked = checkConditions(actions, conditions, ends);
  return { actions, problems: [...checkResources(actions, resources), ...checked.problems], notes: checked.notes };
}

/** Whether an action takes no resource, and so can be given on `*` only. */
function isUnscopable(action: ServiceAction): boolean {
  return action.resourceTypes.length === 0;
}

/** Whether `*` is right for an action: it takes no resource, or none is what it is used on. */
function isUsedOnEverything(action: ServiceAction): boolean {
  return isUnscopable(action) || unscopedReason(action.name) !== undefined;
}

function checkAction(name: string): { readonly action?: ServiceAction; readonly problem?: string } {
  if (/[*?]/.test(name)) {
    return { problem: `action '${name}' has a wildcard; name each action that the agent needs` };
  }
  const action = findAction(name);
  if (action === undefined) {
    const near = suggestAction(name);
    return { problem: `action '${name}' does not exist${near === undefined ? '' : `; did you mean ${near}?`}` };
  }
  return { action };
}

function checkResources(actions: readonly ServiceAction[], resources: readonly PolicyText[]): string[] {
  const problems: string[] = [];
  const everything = resources.some((resource) => literalOf(resource) === '*');
  const scopable = actions.find((action) => !isUsedOnEverything(action));
  if (everything && (scopable !== undefined || resources.length > 1)) {
    return [
      scopable === undefined
        ? "resources must be ['*'] alone for actions that take no resource"
        : `resources '*' is every resource there is, and ${scopable.name} takes resources: name them (${shapesOf(scopable).join(', ')})`,
    ];
  }
  if (everything) {
    return [];
  }
  for (const action of actions.filter(isUnscopable)) {
    problems.push(
      `${action.name} takes no resource, so it would never be allowed on these; declare it in an AgentAccessGrant of its ` +
        "own with resources: ['*']",
    );
  }
  for (const resource of resources) {
    problems.push(...checkResource(actions, resource));
  }
  for (const action of problems.length > 0 ? [] : actions.filter((one) => !isUnscopable(one))) {
    if (!resources.some((resource) => shapesOf(action).some((shape) => fitsShape(resource, shape) !== 'no'))) {
      problems.push(`${action.name} can be given on none of the resources; it takes ${shapesOf(action).join(', ')}`);
    }
  }
  return problems;
}

function checkResource(actions: readonly ServiceAction[], resource: PolicyText): string[] {
  const shapes = [...new Set(actions.flatMap((action) => shapesOf(action)))];
  const fitting = shapes.filter((shape) => fitsShape(resource, shape) !== 'no');
  const shown = shownText(resource);
  if (shapes.length > 0 && fitting.length === 0) {
    return [`resource '${shown}' fits none of the actions; they take ${shapes.join(', ')}`];
  }
  if (fitting.some((shape) => isWholeType(resource, shape))) {
    return [`resource '${shown}' is every resource of its type; name the ones that the agent needs`];
  }
  const parts = splitParts(globTokens(resource));
  if (parts.length < PARTS) {
    return [];
  }
  if (parts.slice(0, -1).some((part) => part.some(isWildcard))) {
    return [`resource '${shown}' has a wildcard in its partition, service, region or account; name them`];
  }
  return fitting.some((shape) => isNameless(parts.at(-1) ?? [], shape))
    ? [`resource '${shown}' has nothing but a wildcard where its name begins, so it is not one resource; name it`]
    : [];
}

/** Whether a resource part has only wildcards, or begins with one, where the shape has its first variable. */
function isNameless(tail: readonly GlobToken[], shape: string): boolean {
  const shapeTail = splitParts(Array.from(shape))[PARTS - 1]?.join('') ?? '';
  const [kind = '', ...rest] = shapeTail.split(/\$\{[^}]*\}/);
  if (rest.length === 0) {
    return false;
  }
  const name = tail.slice(kind.length);
  const end = name.findIndex((token) => token === '/' || token === ':');
  return tail.slice(0, kind.length).some(isWildcard) || (end < 0 ? name : name.slice(0, end)).every(isWildcard);
}

function isWildcard(token: GlobToken): boolean {
  return token === ANY || token === ONE;
}
