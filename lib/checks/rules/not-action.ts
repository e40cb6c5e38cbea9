import type { AppStatement } from '../../access/app/app-statement';
import { displayText, text } from '../../policy/document/text';
import { statementsReaching } from '../judging/grants/allow-statements';
import { ActionSet, actionsOf } from '../judging/grants/allowed-actions';
import { exampleRequest } from '../judging/grants/example-request';
import { rolesShown } from '../judging/grants/statement-grants';
import { ifEffectIsUnknown } from '../judging/grants/unknown-effect';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** What nobody means to give, the gravest first: one that is not left out shows what NotAction gives. */
const TELLING = [
  'iam:CreateUser',
  'ec2:RunInstances',
  's3:DeleteObject',
  's3:PutBucketPolicy',
  'dynamodb:DeleteTable',
  'lambda:UpdateFunctionCode',
  'secretsmanager:DeleteSecret',
  'kms:ScheduleKeyDeletion',
  'sqs:PurgeQueue',
  'sns:DeleteTopic',
  'bedrock:UpdateAgent',
  'bedrock-agentcore:UpdateAgentRuntime',
] as const;
const TELLING_SET = new ActionSet(...TELLING);

/** Allow by exclusion */
export const NOT_ACTION: Rule = {
  name: 'not-action',
  group: 'ACT',
  severity: 'error',
  title: 'A statement of an agent role allows every action but a list.',
  why: 'NotAction with Allow gives everything else in AWS, today and tomorrow: a deny-list of five actions allows more than twenty thousand.',
  fix: 'Turn it round: name the actions that the agent needs, with the grants of ScopedAgentRole. NotAction belongs into a Deny.',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const reaching of statementsReaching(app.agentRoles, 'Allow')) {
      const { statement } = reaching;
      const { action, resource } = statement.statement;
      if (action.negated) {
        const left = listed(action.patterns.map(displayText));
        const on = `${resource?.negated ? 'all but ' : ''}${shownResources(resource?.patterns ?? [EVERYTHING])}`;
        const example = exampleRequest(statement, allowedOf(statement), app);
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} allows ${rolesShown(reaching)} every action but ${left} on ${on}.`,
          ...(example === undefined ? {} : { example }),
          ...ifEffectIsUnknown(statement),
        };
      }
    }
  },
};

const EVERYTHING = text('*');

function allowedOf(statement: AppStatement): string[] {
  const allowed = new Set(actionsOf(statement, TELLING_SET));
  return TELLING.filter((name) => allowed.has(name));
}
