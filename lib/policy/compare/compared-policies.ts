import { prepareCondition } from '../condition/condition';
import { type TextTemplate, textTemplate } from '../condition/policy-variable';
import type { PrincipalElement } from '../document/policy-document';
import { type PolicyText, text, textKey } from '../document/text';
import { PolicyError } from '../evaluate/policy-error';
import type { PolicySet } from '../evaluate/policy-set';
import { type PreparedLayer, type PreparedPolicies, preparePolicies } from '../evaluate/prepared-policies';
import type { PreparedStatement } from '../evaluate/prepared-statement';
import type { GlobToken } from '../match/glob';
import { ActionElement } from './action-element';
import { type ComparedCondition, comparedCondition, templateKey } from './compared-condition';
import type { ComparisonOptions } from './policy-comparison';
import { templateTokens } from './resource-tokens';
import { ANY_CASE, textInCase, type VariableCase } from './variable-case';

/** A statement in the form that the comparison works with. */
export interface ComparedStatement {
  /** Which layer it belongs to, by number: the same on both sides. */
  readonly layer: number;
  readonly deny: boolean;
  readonly actions: ActionElement;
  readonly resources: ResourceElement;
  readonly principal?: PrincipalElement;
  /** The same for principals that name the same callers by the same words; empty for everybody. */
  readonly principalKey: string;
  /** Numbers of conditions in the vocabulary, in order. */
  readonly conditions: readonly number[];
}

/** Resource or NotResource. "NotResource: nothing" is every resource. */
export interface ResourceElement {
  readonly negated: boolean;
  /** Numbers of patterns in the vocabulary. */
  readonly patterns: readonly number[];
}

/** A pattern of Resource or NotResource. */
export interface ComparedPattern {
  readonly written: PolicyText;
  /** Policy variables are atoms here. */
  readonly tokens: readonly GlobToken[];
  /** Whether an ARN with missing parts gets a `*` for each. */
  readonly complete: boolean;
}

/** One side of a comparison. */
export interface ComparedSide {
  readonly statements: readonly ComparedStatement[];
  /** The same policies, for the evaluator. */
  readonly prepared: PreparedPolicies;
}

/** What both sides are made of: the same pattern or condition has the same number on both. */
export class Vocabulary {
  public readonly patterns: ComparedPattern[] = [];
  public readonly conditions: ComparedCondition[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of a pattern. */
  public pattern(written: PolicyText, template: TextTemplate, complete: boolean): number {
    return this.number(`P${complete} ${templateKey(template)}`, this.patterns, () => ({
      written,
      tokens: templateTokens(template),
      complete,
    }));
  }

  /** The number of a condition. */
  public condition(condition: ComparedCondition): number {
    return this.number(`C${condition.id}`, this.conditions, () => condition);
  }

  private number<T>(key: string, list: T[], make: () => T): number {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = list.length;
      list.push(make());
      this.numbers.set(key, number);
    }
    return number;
  }
}

/**
 * Reads both sides. Throws a `PolicyError` when a policy cannot be read, or is of a layer that is not compared.
 *
 * @param among The requests to compare them for.
 */
export function comparedPolicies(
  sets: readonly [before: PolicySet, after: PolicySet],
  type: NonNullable<ComparisonOptions['type']>,
  vocabulary: Vocabulary,
  among: VariableCase = ANY_CASE,
): { readonly before: ComparedSide; readonly after: ComparedSide; readonly layers: number } {
  const [before, after] = sets.map((set) => preparedSide(set, type)) as [PreparedPolicies, PreparedPolicies];
  const first = type === 'identity' ? (['identity', 'boundary', 'session'] as const) : (['resource'] as const);
  const levels = (['scp', 'rcp'] as const).map((name) => Math.max(before[name].length, after[name].length));
  const side = (prepared: PreparedPolicies): ComparedSide => {
    const layers: (PreparedLayer | undefined)[] = [
      ...first.map((name) => prepared[name]),
      ...(['scp', 'rcp'] as const).flatMap((name, index) =>
        Array.from({ length: levels[index] ?? 0 }, (_, level) => prepared[name][level]),
      ),
    ];
    const statements = layers.flatMap((layer, number) => {
      const given = layer?.statements.map((statement) => comparedStatement(statement, number, vocabulary, among));
      // Without identity policies nothing is allowed; any other layer that is absent limits nothing.
      return given ?? (number === 0 ? [] : [everything(number, vocabulary)]);
    });
    return { statements, prepared };
  };
  return { before: side(before), after: side(after), layers: first.length + (levels[0] ?? 0) + (levels[1] ?? 0) };
}

function preparedSide(set: PolicySet, type: NonNullable<ComparisonOptions['type']>): PreparedPolicies {
  const foreign = type === 'identity' ? (['resource'] as const) : (['identity', 'boundary', 'session', 'scp'] as const);
  const misplaced = foreign.find((layer) => set[layer] !== undefined);
  if (misplaced !== undefined) {
    throw new PolicyError(`${misplaced}: is not compared with type '${type}'; compare it on its own.`);
  }
  return preparePolicies(set);
}

function comparedStatement(
  statement: PreparedStatement,
  layer: number,
  vocabulary: Vocabulary,
  among: VariableCase,
): ComparedStatement {
  const { written, version } = statement;
  const complete = statement.completeArns;
  const conditions = written.conditions.map((condition) =>
    vocabulary.condition(comparedCondition(prepareCondition(condition, version), among)),
  );
  const { resource, principal } = written;
  const patterns = resource?.patterns.flatMap((pattern) => {
    const template = textInCase(textTemplate(pattern, version), among);
    return template === undefined ? [] : [vocabulary.pattern(pattern, template, complete)];
  });
  return {
    layer,
    deny: written.effect === 'Deny',
    actions: ActionElement.of(written.action),
    resources: {
      negated: resource?.negated ?? true,
      patterns: [...new Set(patterns)],
    },
    ...(principal === undefined ? {} : { principal }),
    principalKey: principal === undefined ? '' : keyOf(principal),
    conditions: [...new Set(conditions)].sort((a, b) => a - b),
  };
}

/** An Allow without limits. */
function everything(layer: number, vocabulary: Vocabulary): ComparedStatement {
  return {
    layer,
    deny: false,
    actions: new ActionElement(false, ['*'], []),
    resources: { negated: false, patterns: [vocabulary.pattern(text('*'), [{ plain: text('*') }], true)] },
    principalKey: '',
    conditions: [],
  };
}

function keyOf({ negated, everyone, entries }: PrincipalElement): string {
  if (everyone && !negated) {
    return '';
  }
  const names = entries.map((entry) => `${entry.type} ${textKey(entry.id)}`);
  return JSON.stringify([negated, everyone, [...new Set(names)].sort()]);
}
