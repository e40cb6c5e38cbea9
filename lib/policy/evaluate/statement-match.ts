import { conditionHolds } from '../condition/condition';
import type { RequestContext } from '../condition/request-context';
import { displayText, type PolicyText } from '../document/text';
import { matchesGlob } from '../match/glob';
import type { Caller } from './caller';
import type { PreparedStatement, ResourcePattern } from './prepared-statement';
import { type Naming, namingOf } from './principal-match';

/** A request, ready to be compared with statements. */
export interface PreparedRequest {
  /** In lower case. */
  readonly action: string;
  readonly resource: PolicyText;
  readonly caller: Caller;
  /** Whether the caller has a permissions boundary. */
  readonly bounded: boolean;
  readonly context: RequestContext;
}

/** How a statement and a request go together. */
export type StatementMatch =
  | { readonly applies: true; readonly naming?: Naming }
  | { readonly applies: false; readonly progress: number; readonly reason: string };

/** Compares element by element: Action, Resource, Principal, Condition. `progress` counts the elements that matched. */
export function matchStatement(statement: PreparedStatement, request: PreparedRequest): StatementMatch {
  const { action, resource, principal } = statement;
  if (action.patterns.some((pattern) => matchesGlob(pattern(), request.action)) === action.negated) {
    return fails(0, `${action.negated ? 'NotAction lists' : 'Action does not list'} ${request.action}`);
  }
  if (resource !== undefined && matchesResource(resource.patterns, request) === resource.negated) {
    const name = displayText(request.resource);
    return fails(1, resource.negated ? `NotResource matches ${name}` : `Resource does not match ${name}`);
  }
  const naming = principal && namingOf(principal, request.caller, request.bounded);
  if (principal !== undefined && naming === undefined) {
    return fails(2, `${principal.negated ? 'NotPrincipal spares' : 'Principal does not name'} ${request.caller.name}`);
  }
  const unmet = statement.conditions.find((condition) => !conditionHolds(condition, request.context));
  if (unmet !== undefined) {
    const carried = request.context.values(unmet.key);
    const got = carried === undefined ? 'the request does not carry the key' : `the request has ${carried.join(', ')}`;
    return fails(3, `Condition ${unmet.operator.name} on ${unmet.key} is not met (${got})`);
  }
  return naming === undefined ? { applies: true } : { applies: true, naming };
}

function matchesResource(patterns: readonly ResourcePattern[], request: PreparedRequest): boolean {
  return patterns.some((pattern) => pattern(request.context).some((glob) => matchesGlob(glob, request.resource)));
}

function fails(progress: number, reason: string): StatementMatch {
  return { applies: false, progress, reason };
}
