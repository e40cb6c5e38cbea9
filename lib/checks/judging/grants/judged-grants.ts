import type { AppModel } from '../../../access/app/app-model';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { literalOf, type PolicyText, text, textKey } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { type ResourceBreadth, resourceBreadth } from '../../../policy/measure/resource-breadth';
import { findAction, type ServiceAction } from '../../../policy/reference/service-reference';
import type { ActionSet } from './allowed-actions';
import { meantActions } from './fitting-grants';
import { isOwnResource, knownResource } from './known-resource';
import { grantsOf } from './role-grants';
import type { StatementGrant } from './statement-grants';

/** What one statement of a role allows of one action. */
export interface ActionGrant {
  readonly statement: AppStatement;
  readonly action: ServiceAction;
  /** Those resources of the statement that can be the action's own; all of them where none can and it is named. */
  readonly resources: readonly PolicyText[];
}

/**
 * What a role's statements allow out of a set, action by action. An action that a wildcard or NotAction takes in counts
 * only where some resource can be its own: `iam:*` on a user passes no role. An action that is named counts anyway, as
 * `fittingGrants` has it. Statements of which Effect is unknown are left out: another rule reports them.
 */
export function actionGrants(app: AppModel, role: AppRole, wanted: ActionSet): ActionGrant[] {
  return grantsOf(role, wanted)
    .filter(({ statement }) => !isUnknown(statement, 'Effect'))
    .flatMap(({ statement, actions, resources }) => {
      const meant = meantActions(statement, wanted);
      const all = resources.map((resource) => knownResource(app, resource));
      return actions.flatMap((name): ActionGrant[] => {
        const action = findAction(name);
        const fitting = action === undefined ? [] : all.filter((resource) => isOwnResource(resource, action));
        const own = fitting.length === 0 && meant.has(name) ? resources : fitting.map(({ written }) => written);
        return action === undefined || own.length === 0 ? [] : [{ statement, action, resources: own }];
      });
    });
}

/**
 * Statement by statement, what is wrong with what roles are allowed out of a set.
 *
 * @param judge Answers the resources of a grant that are wrong; none where it is right.
 */
export function judgedGrants(
  app: AppModel,
  roles: readonly AppRole[],
  wanted: ActionSet,
  judge: (grant: ActionGrant, role: AppRole) => readonly PolicyText[],
): StatementGrant[] {
  const found = new Map<
    AppStatement,
    { roles: Set<AppRole>; actions: Set<string>; resources: Map<string, PolicyText> }
  >();
  for (const role of roles) {
    for (const grant of actionGrants(app, role, wanted)) {
      const wrong = judge(grant, role);
      if (wrong.length > 0) {
        const known = found.get(grant.statement) ?? { roles: new Set(), actions: new Set(), resources: new Map() };
        known.roles.add(role);
        known.actions.add(grant.action.name);
        for (const resource of wrong) {
          known.resources.set(textKey(resource), resource);
        }
        found.set(grant.statement, known);
      }
    }
  }
  return [...found].map(([statement, { roles: reached, actions, resources }]) => ({
    statement,
    roles: [...reached],
    actions: [...actions],
    resources: [...resources.values()],
  }));
}

/** Whether an element of a statement, or a part of it, is not in the template. */
export function isUnknown({ unknown }: AppStatement, element: 'Effect' | 'Condition'): boolean {
  return unknown.some((part) => part.element === element);
}

/** How much a resource takes in for an action; a part of an ARN that is nothing but wildcards counts as `*`. */
export function breadthOf(resource: PolicyText, action: ServiceAction): ResourceBreadth {
  const plain = text(...resource.map((part) => (typeof part === 'string' ? part.replace(WILD_PART, '$1*') : part)));
  const breadth = resourceBreadth(plain, action);
  return breadth === 'named' && takesInAType(plain, action) ? 'everything' : breadth;
}

/** Whether a resource takes in everything, or a whole type, of what an action can be about. */
export function isBroad(resource: PolicyText, action: ServiceAction): boolean {
  const breadth = breadthOf(resource, action);
  return breadth === 'everything' || breadth === 'type';
}

const WILD_PART = /(^|[/:])[*?]+(?=$|[/:])/g;

/** Whether a pattern that is no ARN, such as `*:role/*`, matches every ARN of a type. */
function takesInAType(pattern: PolicyText, { resourceTypes }: ServiceAction): boolean {
  if (!/^[^:]*[*?]/.test(literalOf(pattern) ?? '')) {
    return false;
  }
  const glob = compileGlob(globTokens(pattern));
  return resourceTypes.some(({ arns }) => arns.some((shape) => matchesGlob(glob, shapeText(shape))));
}

/** A shape with an atom for each variable: only a `*` takes one. */
function shapeText(shape: string): PolicyText {
  return text(...shape.split(/(\$\{[^}]*\})/).map((part) => (part.startsWith('${') ? { atom: part } : part)));
}
