import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../../policy/document/text';
import { STORED_SECRET_READS, TOKEN_READS } from '../../action-sets/secret-reads';
import { isRequired } from '../conditions/narrowing';
import { ActionSet } from '../grants/allowed-actions';
import { fittingGrants } from '../grants/fitting-grants';
import type { StatementGrant } from '../grants/statement-grants';
import { onceForApp } from '../once-for-app';

const DECRYPTIONS = new ActionSet('kms:Decrypt');
/** Reads that are sensitive where the resource is classified so. */
const DATA_READS = new ActionSet(
  'bedrock:AgenticRetrieve*',
  'bedrock:Retrieve',
  'bedrock:RetrieveAndGenerate*',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
  's3:GetObject',
  's3:GetObjectVersion',
);
const LOG_READS = new ActionSet(
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:GetLogRecord',
  'logs:StartLiveTail',
  'logs:StartQuery',
  'logs:Unmask',
);
const CLASSIFIED_TYPES = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Bedrock::KnowledgeBase',
  'AWS::Logs::LogGroup',
];
const NOT_SENSITIVE = /^(public|none|unclassified|internal)$/i;
/** The log groups that hold prompts and answers, as the console of Bedrock proposes to call them. */
const INVOCATION_LOGS = /^log-group:\/?([^:]*[/_-])?(bedrock|model)[^:]*invocation/i;

/** What a role reads that must not leave: secrets, tokens, what a key protects, and data that is classified so. */
export function sensitiveReads(app: AppModel, role: AppRole): StatementGrant[] {
  return [
    ...tokenReads(app, role),
    ...fittingGrants(app, [role], STORED_SECRET_READS).filter(({ resources }) => !resources.every(isPublicParameter)),
    ...dataReads(app, role),
    // Bound to a service, decryption is part of reading what that service holds.
    ...fittingGrants(app, [role], DECRYPTIONS).filter(({ statement }) => !isBoundDecryption(statement)),
  ];
}

/** What a role reads that a gateway needs itself, to sign in to its targets. */
export function isOfTokenVault({ actions, resources }: StatementGrant): boolean {
  return (
    actions.every((action) => TOKEN_READS.has(action)) ||
    resources.every((resource) => /:secret:bedrock-agentcore-identity!/.test(displayText(resource)))
  );
}

function tokenReads(app: AppModel, role: AppRole): StatementGrant[] {
  return fittingGrants(app, [role], TOKEN_READS);
}

/** AWS publishes parameters of its own, such as the newest images: their ARN has no account. */
export function isPublicParameter(resource: PolicyText): boolean {
  const parts = arnParts(resource);
  return parts !== undefined && displayText(parts.service) === 'ssm' && parts.account.length === 0;
}

function dataReads(app: AppModel, role: AppRole): StatementGrant[] {
  const classified = classifiedIn(app);
  const logs = fittingGrants(app, [role], LOG_READS);
  const grants = classified.length === 0 ? logs : [...fittingGrants(app, [role], DATA_READS), ...logs];
  return grants.filter(
    (grant) =>
      grant.resources.some((pattern) => classified.some((resource) => takesFrom(app, pattern, resource))) ||
      (logs.includes(grant) && grant.resources.some(isOfInvocations)),
  );
}

const classifiedIn = onceForApp((app): readonly AppResource[] =>
  app
    .ofType(...CLASSIFIED_TYPES)
    .filter((resource) => resource.tag('DataClassification').some((value) => !NOT_SENSITIVE.test(value))),
);

function takesFrom(app: AppModel, pattern: PolicyText, resource: AppResource): boolean {
  return (
    app.placeOf(pattern)?.resource === resource || app.covers(pattern, resource) || app.covers(pattern, resource, '/a')
  );
}

function isOfInvocations(resource: PolicyText): boolean {
  return INVOCATION_LOGS.test(displayText(arnParts(resource)?.tail ?? []));
}

function isBoundDecryption({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    (condition) => /^kms:(viaservice$|encryptioncontext)/i.test(condition.key) && isRequired(condition, conditions),
  );
}
