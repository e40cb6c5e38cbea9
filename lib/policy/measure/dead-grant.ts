import { textTemplate } from '../condition/policy-variable';
import type { PolicyCondition, PolicyDocument, PolicyStatement, PolicyVersion } from '../document/policy-document';
import { displayText, literalOf, type PolicyText, text } from '../document/text';
import { globTokens, matchesGlob } from '../match/glob';
import { resourceGlobs } from '../match/resource-glob';
import { fitsShape } from '../reference/arn-shape';
import {
  actionsLike,
  findAction,
  isUnmapped,
  servicePrefixes,
  suggestAction,
  suggestConditionKey,
  supplies,
} from '../reference/service-reference';

/** A part of an Allow that can never apply. */
export interface DeadGrant {
  /** Such as `Statement[2]`. */
  readonly place: string;
  readonly sid?: string;
  readonly kind: 'action' | 'resource' | 'condition key';
  /** The action, resource or condition key, as written. */
  readonly what: string;
  /** One sentence, with what was probably meant where something is near. */
  readonly reason: string;
}

/**
 * The parts of a policy's Allow statements that can never apply, as far as the service reference knows: actions that do
 * not exist, resources that none of the actions takes, actions that take none of the resources, and conditions that ask
 * for a key which requests for the action never carry.
 *
 * Nothing is said where the answer is open: NotAction, values that CloudFormation completes, policy variables,
 * keys of identity providers. New actions and keys are unknown until the reference is renewed.
 */
export function deadGrants(document: PolicyDocument): DeadGrant[] {
  return document.statements
    .filter(({ effect, action }) => effect === 'Allow' && !action.negated)
    .flatMap((statement) => {
      const found = [
        ...deadActions(statement),
        ...deadResources(statement, document.version),
        ...deadConditions(statement),
      ];
      const { place, sid } = statement;
      return found.map((grant): DeadGrant => ({ place, ...(sid === undefined ? {} : { sid }), ...grant }));
    });
}

type Found = Omit<DeadGrant, 'place' | 'sid'>;

function deadActions({ action }: PolicyStatement): Found[] {
  return action.patterns.flatMap((pattern) => {
    const written = literalOf(pattern);
    if (written === undefined || actionsLike(pattern).length > 0) {
      return [];
    }
    const near = /[*?]/.test(written) ? undefined : suggestAction(written);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    return [{ kind: 'action', what: written, reason: `no such action exists${hint}` }];
  });
}

function deadResources({ action, resource }: PolicyStatement, version: PolicyVersion): Found[] {
  if (resource === undefined || !action.patterns.every((pattern) => literalOf(pattern) !== undefined)) {
    return [];
  }
  if (resource.negated) {
    const everything = resource.patterns.some((pattern) => literalOf(pattern) === '*');
    return everything ? [{ kind: 'resource', what: '*', reason: 'NotResource leaves no resource over' }] : [];
  }
  const resources = resource.patterns.map((pattern) => [pattern, askedFor(pattern, version)] as const);
  const groups = action.patterns.map((pattern) => [pattern, shapesTaken(pattern)] as const);
  const isKnown = groups.some(([, shapes]) => shapes !== undefined);
  const idle = new Set(isKnown ? resources : []);
  const idleActions = new Set(groups.filter(([, shapes]) => shapes !== undefined));
  for (const group of groups) {
    for (const one of resources) {
      // What is in use already need not be asked about again.
      if ((idle.has(one) || idleActions.has(group)) && takes(group[1], one[1])) {
        idle.delete(one);
        idleActions.delete(group);
      }
    }
  }
  if (idle.size + idleActions.size === 0) {
    return [];
  }
  const all = [...new Set(groups.flatMap(([, shapes]) => shapes ?? []))];
  return [
    ...[...idle].map(
      ([pattern]): Found => ({
        kind: 'resource',
        what: displayText(pattern),
        reason: `none of the actions takes such a resource; ${shownShapes(all, 'they')}`,
      }),
    ),
    ...[...idleActions].map(
      ([pattern, shapes]): Found => ({
        kind: 'action',
        what: displayText(pattern),
        reason: `takes none of the resources; ${shownShapes(shapes ?? [], actionsLike(pattern).length > 1 ? 'they' : 'it')}`,
      }),
    ),
  ];
}

function deadConditions({ action, conditions }: PolicyStatement): Found[] {
  const groups = action.patterns.map((pattern) => [pattern, actionsLike(pattern)] as const);
  const open = groups.some(([pattern]) => literalOf(pattern) === undefined);
  return conditions.filter(needsKey).flatMap(({ key }) => {
    const prefix = key.split(':')[0]?.toLowerCase() ?? '';
    if (open || isUnmapped(key) || (prefix !== 'aws' && !servicePrefixes().includes(prefix))) {
      return [];
    }
    const without = groups.filter(([, found]) => found.length > 0 && !found.some((name) => supplies(name, key)));
    const [first] = without;
    if (first === undefined) {
      return [];
    }
    const near = suggestConditionKey(first[1][0] ?? '', key);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    const names = without.map(([pattern]) => displayText(pattern)).join(', ');
    return [{ kind: 'condition key', what: key, reason: `requests for ${names} never carry it${hint}` }];
  });
}

/** Whether a condition can only be met by a request that carries its key. */
function needsKey({ operator, values }: PolicyCondition): boolean {
  if (operator.family === 'Null') {
    return values.length > 0 && values.every((value) => literalOf(value)?.toLowerCase() === 'false');
  }
  const absentIsFine = operator.ifExists || operator.set === 'ForAllValues';
  return !absentIsFine && !(operator.negated && operator.set === undefined);
}

/** A resource of a statement, ready to be held against what actions take. */
interface AskedFor {
  readonly resource: PolicyText;
  /** Whether every action takes it: it matches `*`, or it is one value that nobody knows. */
  readonly always: boolean;
}

function askedFor(pattern: PolicyText, version: PolicyVersion): AskedFor {
  const resource = withoutVariables(pattern, version);
  const [first] = resource;
  // What begins with a letter is not `*`.
  const always =
    typeof first === 'object'
      ? resource.length === 1
      : /^[*?]/.test(first ?? '') && resourceGlobs(globTokens(resource), true).some((glob) => matchesGlob(glob, '*'));
  return { resource, always };
}

/** Whether some request for actions that take these shapes can be about a resource of the pattern. */
function takes(shapes: readonly string[] | undefined, { resource, always }: AskedFor): boolean {
  return (
    shapes !== undefined &&
    (always || shapes.some((arn) => fits(resource, arn) || fitsQualified(resource, arn) || fitsRootPath(resource, arn)))
  );
}

const taken = new Map<string, readonly string[] | undefined>();
const MOST_KEPT = 5000;

/** The shapes of all resources that the actions of a pattern take; undefined where there is no such action. */
function shapesTaken(pattern: PolicyText): readonly string[] | undefined {
  const key = displayText(pattern);
  if (!taken.has(key)) {
    const actions = actionsLike(pattern).flatMap((name) => findAction(name) ?? []);
    const shapes = new Set(actions.flatMap(({ resourceTypes }) => resourceTypes.flatMap(({ arns }) => arns)));
    if (taken.size >= MOST_KEPT) {
      taken.clear();
    }
    taken.set(key, actions.length === 0 ? undefined : [...shapes]);
  }
  return taken.get(key);
}

function fits(resource: PolicyText, shape: string): boolean {
  return fitsShape(resource, shape) !== 'no';
}

/**
 * The reference gives most Lambda actions the type of unqualified functions alone, and Lambda takes versions and aliases
 * there too: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
function fitsQualified(resource: PolicyText, shape: string): boolean {
  return shape.endsWith(':function:${FunctionName}') && fits(resource, `${shape}:\${Qualifier}`);
}

/** Requests for all parameters below the path `/` are about `parameter/`, with no name behind it. */
function fitsRootPath(resource: PolicyText, shape: string): boolean {
  return shape.endsWith(':parameter/${ParameterNameWithoutLeadingSlash}') && fits(text(...resource, 'x'), shape);
}

/** The pattern with an unknown value in the place of each policy variable. */
function withoutVariables(pattern: PolicyText, version: PolicyVersion): PolicyText {
  if (!pattern.some((part) => typeof part === 'string' && part.includes('${'))) {
    return pattern;
  }
  return text(...textTemplate(pattern, version).map((part) => ('plain' in part ? part.plain : { atom: '${}' })));
}

function shownShapes(shapes: readonly string[], who: 'it' | 'they'): string {
  const s = who === 'it' ? 's' : '';
  const shown = shapes.slice(0, 4).join(', ');
  return shapes.length === 0
    ? `${who} take${s} no resource and need${s} '*'`
    : `${who} take${s} ${shown}${shapes.length > 4 ? ', ...' : ''}`;
}
