import type { AppModel } from '../../../access/app/app-model';
import type { AppRole } from '../../../access/app/app-role';
import { text } from '../../../policy/document/text';
import { actionGlob, matchesAction } from '../../../policy/match/action-glob';
import { findAction } from '../../../policy/reference/service-reference';
import type { CheckSettings } from '../../check-settings';
import { isOnFirstCall } from '../conditions/first-call';
import { ActionSet, expansionOf } from '../grants/allowed-actions';
import { actionGrants } from '../grants/judged-grants';
import type { StatementGrant } from '../grants/statement-grants';
import { isScratch } from './scratch-places';

/**
 * Writes that change nothing of the business: the record of what was done, sessions, tokens, keys, memory, calls of
 * models, functions and agents, starts of workflows and queries, and messages, which let something else decide.
 */
const PLUMBING = [
  '*:Invoke*',
  '*:Start*',
  '*:StopQuery*',
  'aoss:APIAccessAll',
  'appsync:GraphQL',
  'batch:SubmitJob',
  'bedrock-agentcore:*Event*',
  'bedrock-agentcore:*Memory*',
  'bedrock-agentcore:*Session*',
  'bedrock-agentcore:*WorkloadAccessToken*',
  'bedrock-agentcore:CompleteResourceTokenAuth',
  'bedrock-agentcore:GetResource*',
  'bedrock-agentcore:UpdateBrowserStream',
  'bedrock:*Session*',
  'bedrock:PutInvocationStep',
  'bedrock:RetrieveAndGenerate*',
  'bedrock:CreateInvocation',
  'bedrock-mantle:*',
  'cloudwatch:*',
  'ec2:*NetworkInterface*',
  'ec2:*PrivateIpAddresses',
  'ec2messages:*',
  'ecs:RunTask',
  'es:ESHttpPost',
  'events:PutEvents',
  'iam:PassRole',
  'kms:*',
  'logs:*',
  'rds-db:connect',
  'redshift-serverless:GetCredentials',
  'redshift:GetClusterCredentials*',
  's3:AbortMultipartUpload',
  's3express:CreateSession',
  'scheduler:CreateSchedule',
  'ses:Send*',
  'sns:Publish',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:SendMessage',
  'ssmmessages:*',
  'states:*',
  'sts:*',
  'xray:*',
].map((pattern) => actionGlob(text(pattern)));

/**
 * What a role may write of the business: data, configuration, resources; less what goes to a scratch prefix.
 *
 * Tags are not written data.
 */
export function businessWrites(
  app: AppModel,
  role: AppRole,
  { scratch }: Pick<CheckSettings, 'scratch'>,
): StatementGrant[] {
  return actionGrants(app, role, writesIn(role)).flatMap(({ statement, action, resources }) => {
    const left = resources.filter((resource) => !isScratch(resource, scratch));
    return left.length === 0 || isOnFirstCall(statement, [action.name])
      ? []
      : [{ statement, roles: [role], actions: [action.name], resources: left }];
  });
}

/** The writing actions that the role's Allow statements speak of. */
function writesIn({ statements }: AppRole): ActionSet {
  const named = statements
    .filter(({ statement }) => statement.effect === 'Allow')
    .flatMap(({ statement: { action } }) =>
      action.negated ? expansionOf(text('*')) : action.patterns.flatMap((pattern) => expansionOf(pattern)),
    );
  return new ActionSet(...[...new Set(named)].filter(isBusinessWrite));
}

const judged = new Map<string, boolean>();

function isBusinessWrite(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) {
    return known;
  }
  const level = findAction(name)?.level;
  const writes =
    (level === 'Write' || level === 'Permissions management') && !PLUMBING.some((glob) => matchesAction(glob, name));
  judged.set(name, writes);
  return writes;
}
