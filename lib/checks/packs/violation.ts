import type { PolicyViolation } from 'aws-cdk-lib/core';
import type { StackTemplate } from '../../synth/synthesized-app';
import type { Finding } from '../finding';
import type { Rule } from '../rule';

/** How grave CDK takes a finding. Nothing acknowledges a `fatal` one. */
export type ViolationSeverity = 'fatal' | 'error' | 'warning';

/** A finding as CDK reports it. */
export function violationOf(
  finding: Finding,
  given: {
    readonly id: string;
    readonly severity: ViolationSeverity;
    readonly rule: Rule | undefined;
    readonly template: StackTemplate | undefined;
    readonly note: string | undefined;
    readonly verbose: boolean;
  },
): PolicyViolation {
  const { rule, template, note } = given;
  const frameworks = rule === undefined ? '' : frameworksOf(rule);
  const lines = [
    finding.message,
    `Why it matters: ${finding.why}`,
    ...(finding.example === undefined ? [] : [`It allows, for example: ${finding.example}`]),
    ...(note === undefined ? [] : [note]),
    ...(given.verbose
      ? [`Rule ${finding.rule}: ${rule?.title ?? ''} (docs/rules/${finding.rule}.md)`, frameworks]
      : []),
  ];
  return {
    ruleName: given.id,
    description: lines.filter((line) => line !== '').join('\n   '),
    fix: finding.fix,
    severity: given.severity,
    violatingResources: [
      {
        constructPath: finding.constructPath ?? template?.stack.node.path ?? '',
        ...(template?.file === undefined ? {} : { resourceLogicalId: finding.logicalId, templatePath: template.file }),
        locations: finding.logicalId === '' ? [] : ['Properties'],
      },
    ],
    ruleMetadata: {
      rule: finding.rule,
      certainty: finding.certainty,
      why: finding.why,
      frameworks,
      ...(finding.example === undefined ? {} : { example: finding.example }),
    },
  };
}

const shown = new WeakMap<Rule, string>();

function frameworksOf(rule: Rule): string {
  const known = shown.get(rule) ?? rule.frameworks.join(', ');
  shown.set(rule, known);
  return known;
}
