import { displayText, literalOf, type PolicyText } from '../policy/document/text';
import { parseOperator } from '../policy/condition/operator';
import { fitsShape, isWholeType } from '../policy/reference/arn-shape';
import {
  findAction,
  type ServiceAction,
  suggestAction,
  suggestConditionKey,
  supplies,
} from '../policy/reference/service-reference';
import { UNSCOPED_BY_PRACTICE } from '../policy/reference/unscoped-by-practice';

/** Access that was spelled out, and what is wrong with it. Every problem says the fix. */
export interface ExplicitAccess {
  readonly actions: readonly ServiceAction[];
  readonly problems: readonly string[];
}

/**
 * Checks actions, resources and conditions against the service reference: no wildcard actions, every action exists,
 * every resource fits an action and every action a resource, and every condition key is one that the action supplies.
 */
export function checkExplicitAccess(
  names: readonly string[],
  resources: readonly PolicyText[],
  conditions: Readonly<Record<string, unknown>>,
): ExplicitAccess {
  const problems: string[] = [];
  const actions = names.flatMap((name) => {
    const { action, problem } = checkAction(name);
    problems.push(...(problem === undefined ? [] : [problem]));
    return action === undefined ? [] : [action];
  });
  if (problems.length === 0) {
    problems.push(...checkResources(actions, resources), ...checkConditions(actions, conditions));
  }
  return { actions, problems };
}

/** Whether an action can only be given on `*`. */
export function isUnscopable(action: ServiceAction): boolean {
  return action.resourceTypes.length === 0 || Object.hasOwn(UNSCOPED_BY_PRACTICE, action.name);
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
  const unscopable = actions.filter(isUnscopable);
  if (everything && (unscopable.length < actions.length || resources.length > 1)) {
    const scopable = actions.find((action) => !isUnscopable(action));
    return [
      scopable === undefined
        ? "resources must be ['*'] alone for actions that take no resource"
        : `resources '*' is every resource there is, and ${scopable.name} takes resources: name them (${shapesOf(scopable).join(', ')})`,
    ];
  }
  if (everything) {
    return [];
  }
  for (const action of unscopable) {
    problems.push(
      `${action.name} takes no resource, so it would never be allowed on these; declare it in an AgentAccessGrant of its ` +
        "own with resources: ['*']",
    );
  }
  for (const resource of resources) {
    problems.push(...checkResource(actions, resource));
  }
  for (const action of actions.filter((one) => !isUnscopable(one))) {
    if (!resources.some((resource) => shapesOf(action).some((shape) => fitsShape(resource, shape) !== 'no'))) {
      problems.push(
        `${action.name} can be given on none of the resources; it takes ${shapesOf(action).join(', ')}`,
      );
    }
  }
  return problems;
}

function checkResource(actions: readonly ServiceAction[], resource: PolicyText): string[] {
  const shapes = [...new Set(actions.flatMap(shapesOf))];
  const fitting = shapes.filter((shape) => fitsShape(resource, shape) !== 'no');
  const shown = displayText(resource);
  if (shapes.length > 0 && fitting.length === 0) {
    return [`resource '${shown}' fits none of the actions; they take ${shapes.join(', ')}`];
  }
  if (fitting.some((shape) => isWholeType(resource, shape))) {
    return [`resource '${shown}' is every resource of its type; name the ones that the agent needs`];
  }
  const head = shown.split(':').slice(0, 5);
  return head.length === 5 && head.some((part) => /[*?]/.test(part))
    ? [`resource '${shown}' has a wildcard in its partition, service, region or account; name them`]
    : [];
}

function checkConditions(actions: readonly ServiceAction[], conditions: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  for (const [operator, keys] of Object.entries(conditions)) {
    const parsed = parseOperator(operator);
    if (typeof parsed === 'string') {
      problems.push(`condition operator '${operator}': ${parsed}`);
    }
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) {
      problems.push(`condition operator '${operator}' must hold condition keys, such as { 'aws:SourceVpc': 'vpc-1' }`);
      continue;
    }
    for (const key of Object.keys(keys)) {
      const without = actions.find((action) => !supplies(action.name, key));
      if (without !== undefined) {
        const near = suggestConditionKey(without.name, key);
        problems.push(
          `condition key '${key}' is not one that ${without.name} supplies, so the statement would not mean what it says` +
            `${near === undefined ? '' : `; did you mean ${near}?`}`,
        );
      }
    }
  }
  return problems;
}

function shapesOf(action: ServiceAction): string[] {
  return [...new Set(action.resourceTypes.flatMap((type) => type.arns))];
}
