import type { AppModel } from '../access/app/app-model';
import type { CheckSettings } from './check-settings';
import type { Finding } from './finding';
import { findingId, ruleId } from './finding-id';
import type { Observation } from './observation';
import type { Rule } from './rule';

/** What the rules find in an app, rule by rule. A rule that fails is a finding itself, and hides no other rule's. */
export function runRules(rules: readonly Rule[], app: AppModel, settings: CheckSettings): Finding[] {
  return rules.flatMap((rule) => {
    const found = new Map<string, Finding>();
    try {
      for (const observation of rule.check(app, settings)) {
        const finding = findingOf(rule, observation);
        found.set(`${finding.stack} ${finding.logicalId} ${finding.id}`, finding);
      }
    } catch (error) {
      const finding = failureOf(rule, error);
      found.set(finding.id, finding);
    }
    return [...found.values()];
  });
}

function findingOf(rule: Rule, observation: Observation): Finding {
  const { resource, message, undecided, example } = observation;
  return {
    rule: rule.name,
    id: findingId(rule.name, observation),
    severity: observation.severity ?? rule.severity,
    certainty: undecided === undefined ? 'certain' : 'cannot-decide',
    stack: resource.stack,
    logicalId: resource.writtenAs ?? resource.logicalId,
    ...(resource.constructPath === undefined ? {} : { constructPath: resource.constructPath }),
    message: readable(undecided === undefined ? message : `${message} Cannot decide, because ${undecided}.`),
    why: rule.why,
    fix: observation.fix ?? rule.fix,
    ...(example === undefined ? {} : { example: readable(example) }),
  };
}

/** Values of a template as people know them: `<Images.Arn>` for `<{Claims#Images}.Arn>`, `<AWS::StackName>` for a stack’s. */
function readable(text: string): string {
  return !text.includes('<{')
    ? text
    : text.replace(/<\{[^{}<>]*#([^{}<>#]+)\}(\.[\w.:]+)>/g, '<$1$2>').replace(/<\{[^{}<>#]*\}\.(AWS::\w+)>/g, '<$1>');
}

/** A rule that cannot run must not look like a rule that found nothing. */
function failureOf(rule: Rule, error: unknown): Finding {
  const said = error instanceof Error ? error.message : String(error);
  return {
    rule: rule.name,
    id: `${ruleId(rule.name)}-failed`,
    severity: 'error',
    certainty: 'cannot-decide',
    stack: '',
    logicalId: '',
    message: `The rule ${rule.name} failed, so nothing is known about what it checks. Cannot decide, because ${said}.`,
    why: rule.why,
    fix: 'Report this as a bug of the library, with the template if you can share it.',
  };
}
