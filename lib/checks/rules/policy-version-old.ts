import type { AppStatement } from '../../access/app/app-statement';
import { displayText } from '../../policy/document/text';
import { statementsReaching } from '../judging/allow-statements';
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
    for (const { statement } of [...statementsReaching(roles, 'Allow'), ...statementsReaching(roles, 'Deny')]) {
      const variables = statement.version === '2008-10-17' ? variablesIn(statement) : [];
      if (variables.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} has ${listed(variables)}, and its policy no Version 2012-10-17: they are plain text.`,
        };
      }
    }
  },
};

function variablesIn({ statement: { resource, conditions } }: AppStatement): string[] {
  const texts = [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  const found = texts.flatMap((value) => displayText(value).match(/\$\{(?:\w[\w-]*:[^{}]*|[*?$])\}/g) ?? []);
  return [...new Set(found)];
}
