import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { type PolicyText, text, textKey } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { type ActionSet, actionsOf, allNames, type NamedActions, namedActions, speaksOf } from './allowed-actions';

/** What one statement of a role allows, out of a set of actions, after the role's unconditional denies. */
export interface RoleGrant {
  readonly statement: AppStatement;
  /** As the reference spells them; never empty. */
  readonly actions: readonly string[];
  /** Patterns of Resource; `*` for a NotResource. Never empty. */
  readonly resources: readonly PolicyText[];
}

const EVERYTHING: readonly PolicyText[] = [text('*')];

/**
 * What a role's statements allow out of a set of actions. Denies that stand in every branch and have no condition are
 * taken off; conditions of the Allow are left to the caller, and so is the permissions boundary.
 */
export function grantsOf(role: Pick<AppRole, 'statements'>, wanted: ActionSet): readonly RoleGrant[] {
  const { allows, names } = allowsOf(role);
  if (names !== undefined && wanted.among(names).length === 0) {
    return NONE;
  }
  const found: RoleGrant[] = [];
  let denies: readonly AppStatement[] | undefined;
  for (const { statement, named } of allows) {
    const actions = named === undefined ? actionsOf(statement, wanted) : wanted.among(named.names);
    if (actions.length > 0) {
      denies ??= role.statements.filter(isPlainDeny);
      found.push(...whatIsLeft(statement, actions, denies));
    }
  }
  return found;
}

const NONE: readonly RoleGrant[] = [];

interface RoleAllows {
  readonly allows: readonly { readonly statement: AppStatement; readonly named: NamedActions | undefined }[];
  /** All actions that they name; undefined where one of them names its actions by leaving others out. */
  readonly names: readonly string[] | undefined;
}

const known = new WeakMap<Pick<AppRole, 'statements'>, RoleAllows>();

/** The Allows of a role: most rules ask for them, most of these find nothing. */
function allowsOf(role: Pick<AppRole, 'statements'>): RoleAllows {
  let found = known.get(role);
  if (found === undefined) {
    const allows = role.statements
      .filter(({ statement }) => statement.effect === 'Allow')
      .map((statement) => ({ statement, named: namedActions(statement) }));
    const lists = allows.flatMap(({ named }) => named ?? []);
    found = { allows, names: lists.length === allows.length ? allNames(lists) : undefined };
    known.set(role, found);
  }
  return found;
}

/** What denies leave of some actions of a statement: one grant for all actions of which the same is left. */
function whatIsLeft(statement: AppStatement, actions: readonly string[], denies: readonly AppStatement[]): RoleGrant[] {
  const given = resourcesOf(statement);
  if (denies.length === 0) {
    return given.length === 0 ? [] : [{ statement, actions, resources: given }];
  }
  const groups = new Map<string, { actions: string[]; resources: readonly PolicyText[] }>();
  for (const action of actions) {
    const left = denies
      .filter((deny) => speaksOf(deny, action))
      .reduce<readonly PolicyText[]>((resources, deny) => resources.flatMap((one) => remaining(one, deny)), given);
    const key = left.map(textKey).join(' ');
    const group = groups.get(key) ?? { actions: [], resources: left };
    group.actions.push(action);
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ resources }) => resources.length > 0).map((group) => ({ statement, ...group }));
}

/** Whether an unconditional Deny of the role takes an action off everywhere. */
export function isDenied(role: AppRole, action: string): boolean {
  return plainDenies(role, action).some((deny) => remaining(text('*'), deny).length === 0);
}

/**
 * Whether an unconditional Deny of the role takes an action off one thing, of which a pattern of Resource may take in
 * more: `grantsOf` leaves a grant on all of a bucket as it is where a Deny speaks of a part of it.
 *
 * @param takes Whether all of the thing is in a pattern of Resource.
 */
export function isDeniedOn(role: AppRole, action: string, takes: (pattern: PolicyText) => boolean): boolean {
  return plainDenies(role, action).some(
    // What a fence leaves over is taken off by `grantsOf`.
    ({ statement: { resource } }) => resource?.negated !== true && (resource?.patterns ?? EVERYTHING).some(takes),
  );
}

function plainDenies(role: AppRole, action: string): AppStatement[] {
  return role.statements.filter((deny) => isPlainDeny(deny) && speaksOf(deny, action));
}

function resourcesOf({ statement }: AppStatement): readonly PolicyText[] {
  return statement.resource === undefined || statement.resource.negated ? EVERYTHING : statement.resource.patterns;
}

function isPlainDeny({ statement, sure, unknown }: AppStatement): boolean {
  return statement.effect === 'Deny' && sure && unknown.length === 0 && statement.conditions.length === 0;
}

/** What a Deny leaves of a resource pattern. */
function remaining(resource: PolicyText, { statement }: AppStatement): PolicyText[] {
  const { negated, patterns } = statement.resource ?? { negated: false, patterns: EVERYTHING };
  if (!negated) {
    return patterns.some((pattern) => takesIn(pattern, resource)) ? [] : [resource];
  }
  // A fence: only what its NotResource names is left.
  if (patterns.some((pattern) => takesIn(pattern, resource))) {
    return [resource];
  }
  return patterns.filter((pattern) => takesIn(resource, pattern));
}

/** Whether all that one pattern matches is matched by another. Says no where it cannot tell. */
export function takesIn(outer: PolicyText, inner: PolicyText): boolean {
  return matchesGlob(compileGlob(globTokens(outer)), inner);
}
