import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { literalOf } from '../../policy/document/text';
import { actionsLike, supplies } from '../../policy/reference/service-reference';
import { statementsReaching } from '../judging/allow-statements';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Guardrail that protects nothing */
export const DEAD_GUARDRAIL: Rule = {
  name: 'dead-guardrail',
  group: 'RES',
  severity: 'error',
  title: 'A Deny of an agent role can never apply.',
  why: 'A guard that never fires is worse than none: people rely on it. A misspelled action, a key that agents never carry, or the wrong MCP key each make the Deny an ornament.',
  fix: 'Deny actions that exist, with conditions that a request of an agent can meet: BoolIfExists or a negated operator for keys that workloads do not carry, aws:ViaAWSMCPService for calls through MCP.',
  frameworks: ['OWASP ASI03', 'OWASP ASI10', 'NIST AI RMF MEASURE', 'NIST SP 800-53 AC-6(9)', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const { statement } of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Deny')) {
      const faults = [
        ...deadActions(statement),
        ...statement.statement.conditions.flatMap((condition) => deadCondition(condition, statement)),
      ];
      if (faults.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} protects from less than it says: ${listed(faults)}.`,
        };
      }
    }
  },
};

/** Actions of a Deny that nothing is called. NotAction names exceptions, which may well be gone. */
function deadActions({ statement: { action } }: AppStatement): string[] {
  const names = action.negated ? [] : action.patterns.flatMap((pattern) => literalOf(pattern) ?? []);
  const unknown = names.filter((name) => actionsLike([name]).length === 0);
  return unknown.map((name) => `no action is called ${name}`);
}

/** Why requests of an agent never meet a condition. */
function deadCondition(condition: PolicyCondition, { statement: { action } }: AppStatement): string[] {
  const { operator, values } = condition;
  const key = condition.key.toLowerCase();
  const known = values.map((value) => literalOf(value)?.toLowerCase());
  if (operator.ifExists || operator.negated || operator.family === 'Null' || operator.set === 'ForAllValues') {
    return [];
  }
  if (key === 'aws:calledviaawsmcp' && known.every((value) => value === 'true' || value === 'false')) {
    return [
      `${condition.key} holds the name of a service and is never ${known.join(' or ')} (aws:ViaAWSMCPService is the Boolean)`,
    ];
  }
  if (key === 'aws:multifactorauthpresent' && known.every((value) => value === 'false')) {
    return [`${condition.key} is absent from requests of a workload, and a Bool without IfExists is not met then`];
  }
  const actions = action.negated ? [] : action.patterns.flatMap(actionsLike);
  const never = actions.length > 0 && key.includes(':') && !actions.some((name) => supplies(name, condition.key));
  return never ? [`requests for these actions never carry ${condition.key}`] : [];
}
