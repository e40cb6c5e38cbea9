import type { IConstruct } from 'constructs';
import { kindOf } from '../../grants/exact-arn';
import { closestName } from '../../policy/document/closest-name';
import { AgentError } from '../../synth/agent-error';
import { CRITICAL_RULES } from '../critical-rules';
import type { Rule } from '../rule';
import type { AgentRoleChecksProps, RelaxedAgentRule } from './agent-checks-props';
import { AgentRuleFramework } from './agent-rule-framework';
import { AgentRuleGroup } from './agent-rule-group';
import { loadedCatalogue } from './loaded-catalogue';

/** The rules of a pack, after its props. */
export interface ChosenRules {
  readonly rules: readonly Rule[];
  /** Rules whose errors are warnings. */
  readonly warnings: ReadonlySet<string>;
  /** Critical rules whose findings nobody can acknowledge. */
  readonly critical: ReadonlySet<string>;
  readonly relaxed: readonly RelaxedAgentRule[];
}

/** What a pack runs: of `all`, what its props choose. */
export function chosenRules(all: readonly Rule[], props: AgentRoleChecksProps, scope: IConstruct): ChosenRules {
  const groups = members(scope, 'groups', props.groups, AgentRuleGroup, 'AgentRuleGroup');
  const frameworks = members(scope, 'frameworks', props.frameworks, AgentRuleFramework, 'AgentRuleFramework');
  const relaxed = relaxedRules(scope, props.relaxedRules);
  const critical = new Set(CRITICAL_RULES.filter((name) => !relaxed.some(({ rule }) => rule === name)));
  const enabled = new Set(ruleNames(scope, 'enabledRules', props.enabledRules));
  const disabled = new Set(switchable(scope, 'disabledRules', props.disabledRules, critical));
  const warnings = new Set(switchable(scope, 'warningRules', props.warningRules, critical));
  for (const name of enabled) {
    if (disabled.has(name)) {
      throw new AgentError(
        'AgentChecksRule',
        `'${name}' stands in enabledRules and in disabledRules; take it out of one`,
        scope,
      );
    }
  }
  const rules = all.filter(
    ({ name, group, frameworks: items }) =>
      !disabled.has(name) &&
      (enabled.has(name) ||
        critical.has(name) ||
        ((groups === undefined || groups.some((chosen) => chosen === group)) &&
          (frameworks === undefined || frameworks.some((chosen) => items.some((item) => item.startsWith(chosen)))))),
  );
  return { rules, warnings, critical, relaxed };
}

/** The names of rules that a prop lists. */
export function ruleNames(scope: IConstruct, property: string, names: unknown): string[] {
  return listOf(scope, property, names).map((name) => ruleName(scope, property, name));
}

function ruleName(scope: IConstruct, property: string, name: unknown): string {
  if (loadedCatalogue().some((rule) => rule.name === name)) {
    return String(name);
  }
  throw new AgentError(
    'AgentChecksRule',
    `${property} must be names of rules, such as 'trust-public', got ${kindOf(name)}; ${nearest(name)}`,
    scope,
  );
}

function switchable(scope: IConstruct, property: string, names: unknown, critical: ReadonlySet<string>): string[] {
  const found = ruleNames(scope, property, names);
  const wrong = found.find((name) => critical.has(name));
  if (wrong !== undefined) {
    throw new AgentError(
      'AgentChecksCritical',
      `${property} must not be critical rules, got '${wrong}'; ` +
        `add relaxedRules: [{ rule: '${wrong}', reason: '...' }] to say why it is not critical here`,
      scope,
    );
  }
  return found;
}

function relaxedRules(scope: IConstruct, given: readonly RelaxedAgentRule[] | undefined): RelaxedAgentRule[] {
  return listOf(scope, 'relaxedRules', given).map((item) => {
    const { rule, reason } = (typeof item === 'object' && item !== null ? item : {}) as Partial<RelaxedAgentRule>;
    if (typeof rule !== 'string' || !CRITICAL_RULES.includes(rule)) {
      throw new AgentError(
        'AgentChecksCritical',
        `relaxedRules must name critical rules, one of ${CRITICAL_RULES.join(', ')}, got ${kindOf(rule)}; ` +
          'the findings of all other rules can be acknowledged as they are',
        scope,
      );
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new AgentError(
        'AgentChecksReason',
        `reason must say why '${rule}' is relaxed, got ${kindOf(reason)}`,
        scope,
      );
    }
    return { rule, reason };
  });
}

function members<T extends string>(
  scope: IConstruct,
  property: string,
  values: readonly T[] | undefined,
  allowed: Readonly<Record<string, T>>,
  type: string,
): readonly T[] | undefined {
  if (values === undefined || values === null) {
    return undefined;
  }
  const list = listOf(scope, property, values) as T[];
  const wrong = list.find((value) => !Object.values(allowed).includes(value));
  if (list.length === 0 || wrong !== undefined) {
    const names = Object.keys(allowed).map((name) => `${type}.${name}`);
    throw new AgentError(
      'AgentChecksFilter',
      `${property} must be one or more of ${names.join(', ')}, got ${kindOf(list.length === 0 ? list : wrong)}; ` +
        'leave it out to run all rules',
      scope,
    );
  }
  return list;
}

function listOf(scope: IConstruct, property: string, values: unknown): readonly unknown[] {
  if (values === undefined || values === null) {
    return [];
  }
  if (!Array.isArray(values)) {
    throw new AgentError('AgentChecksList', `${property} must be a list, got ${kindOf(values)}`, scope);
  }
  return values;
}

/** What somebody may have meant: by the letters, or by the id that stands in findings. */
function nearest(name: unknown): string {
  const letters = (text: string): string => text.toLowerCase().replace(/^leastagency|[^a-z]/g, '');
  const wanted = letters(
    String(name)
      .replace(/^LeastAgency(::LeastAgency)?-/, '')
      .replace(/-[0-9a-f]{8}$/, ''),
  );
  const found = loadedCatalogue().find((rule) => letters(rule.name) === wanted);
  if (found !== undefined) {
    return `that is '${found.name}'`;
  }
  const near =
    typeof name === 'string'
      ? closestName(
          name,
          loadedCatalogue().map((rule) => rule.name),
        )
      : undefined;
  return near === undefined ? 'all names stand in docs/rules' : `did you mean '${near}'? All names stand in docs/rules`;
}
