import type { AppStatement } from '../../access/app/app-statement';
import { displayText } from '../../policy/document/text';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Guardrail that protects nothing */
export const POLICY_VERSION_OLD: Rule = {
  name: 'policy-version-old',
  group: 'RES',
  severity: 'error',
  title: 'A policy of an agent role uses policy variables in a version of the language that has none.',
  why: 'Without Version 2012-10-17 IAM takes ${aws:userid} for plain text: the Allow gives nothing, and the Deny that should hold the agent denies nothing.',
  fix: 'Write "Version": "2012-10-17" into the policy. The library’s grants and CDK’s PolicyDocument do.',
  frameworks: ['OWASP ASI03', 'OWASP ASI10', 'NIST AI RMF MEASURE', 'NIST SP 800-53 AC-6(9)', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const roles = app.rolesOf('agent', 'knowledge-base');
    const reaching = roles.flatMap(({ trust, statements, boundary }) => [
      ...trust,
      ...statements,
      ...boundary.policies.flatMap((policy) => policy.statements),
    ]);
    for (const statement of new Set(reaching)) {
      const variables = statement.version === '2008-10-17' ? variablesIn(statement) : [];
      if (variables.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} has ${listed(variables)}, and its policy no Version 2012-10-17: IAM takes these letters as they stand, and the ${statement.statement.effect} is not about what it says.`,
        };
      }
    }
  },
};

function variablesIn({ statement: { resource, conditions } }: AppStatement): string[] {
  const texts = [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  // `${AWS::Region}` is a forgotten Fn::Sub, in either version.
  const found = texts.flatMap((value) => displayText(value).match(/\$\{(?:(?!AWS::)\w[\w.-]*:[^{}]*|[*?$])\}/g) ?? []);
  return [...new Set(found)];
}
