import { type PreparedCondition, prepareCondition } from '../condition/condition';
import { isConstant, resolvePattern, type TextTemplate, textTemplate } from '../condition/policy-variable';
import { RequestContext } from '../condition/request-context';
import type { PatternElement, PolicyStatement, PolicyVersion, PrincipalElement } from '../document/policy-document';
import type { PolicyText } from '../document/text';
import { actionGlob } from '../match/action-glob';
import type { Glob } from '../match/glob';
import { resourceGlobs } from '../match/resource-glob';

/** A statement, ready to be asked about requests. */
export interface PreparedStatement {
  /** Such as `identity[0].Statement[3] (Sid ClaimsRead)`. */
  readonly label: string;
  /** The statement as it was read, and the version of its policy. */
  readonly written: PolicyStatement;
  readonly version: PolicyVersion;
  /** Whether ARNs with missing parts get a `*` for each. */
  readonly completeArns: boolean;
  readonly effect: 'Allow' | 'Deny';
  readonly principal?: PrincipalElement;
  readonly action: { readonly negated: boolean; readonly patterns: readonly ActionPattern[] };
  readonly resource?: { readonly negated: boolean; readonly patterns: readonly ResourcePattern[] };
  readonly conditions: readonly PreparedCondition[];
}

/** One pattern of Action, made ready when it is first asked for. */
export type ActionPattern = () => Glob;

/** One pattern of Resource, of which one glob must match; with variables the globs differ from request to request. */
export type ResourcePattern = (context: RequestContext) => readonly Glob[];

const NO_CONTEXT = new RequestContext({});

/**
 * Makes a statement ready.
 *
 * @param place The policy it belongs to, such as `identity[0]`.
 * @param completeArns Whether ARNs with missing parts get a `*` for each.
 */
export function prepareStatement(
  statement: PolicyStatement,
  version: PolicyVersion,
  place: string,
  completeArns: boolean,
): PreparedStatement {
  const sid = statement.sid === undefined ? '' : ` (Sid ${statement.sid})`;
  return {
    label: `${place}.${statement.place}${sid}`,
    written: statement,
    version,
    completeArns,
    effect: statement.effect,
    ...(statement.principal === undefined ? {} : { principal: statement.principal }),
    action: { negated: statement.action.negated, patterns: statement.action.patterns.map(actionPattern) },
    ...(statement.resource === undefined ? {} : { resource: resources(statement.resource, version, completeArns) }),
    conditions: statement.conditions.map((condition) => prepareCondition(condition, version)),
  };
}

function resources(element: PatternElement, version: PolicyVersion, completeArns: boolean) {
  const patterns = element.patterns.map((pattern) => resourcePattern(textTemplate(pattern, version), completeArns));
  return { negated: element.negated, patterns };
}

function resourcePattern(template: TextTemplate, completeArns: boolean): ResourcePattern {
  const globsFor = (context: RequestContext): readonly Glob[] => {
    const tokens = resolvePattern(template, context);
    return tokens === undefined ? [] : resourceGlobs(tokens, completeArns);
  };
  if (!isConstant(template)) {
    return globsFor;
  }
  let globs: readonly Glob[] | undefined;
  return () => {
    globs ??= globsFor(NO_CONTEXT);
    return globs;
  };
}

function actionPattern(pattern: PolicyText): ActionPattern {
  let glob: Glob | undefined;
  return () => {
    glob ??= actionGlob(pattern);
    return glob;
  };
}
