import type { AppModel } from '../../access/app/app-model';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { deletionByName } from '../../policy/reference/overlay/deletion-by-name';
import { findAction } from '../../policy/reference/service-reference';
import { SPENDING } from '../action-sets/spending';
import { isGated } from '../judging/conditions/approval-gates';
import { isOnFirstCall } from '../judging/conditions/first-call';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { belongsToAws } from '../judging/grants/known-resource';
import { isLambdaNetwork } from '../judging/grants/lambda-network';
import { exampleOf, rolesShown, type StatementGrant } from '../judging/grants/statement-grants';
import { isScratch } from '../judging/reach/scratch-places';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** What deploys to production, or takes away for good what holds data or opens it: no deletion by its name. */
const NAMED = new ActionSet(
  'account:CloseAccount',
  'apigateway:DELETE',
  'aws-external-anthropic:DisableKey',
  'bedrock-mantle:CreateReservation',
  'cassandra:Drop',
  'clouddirectory:DisableDirectory',
  'cloudformation:ExecuteChangeSet',
  'codedeploy:CreateDeployment',
  'codepipeline:StartPipelineExecution',
  'dynamodb:DisableKinesisStreamingDestination',
  'dynamodb:PartiQLDelete',
  'ec2:AcceptReservedInstancesExchangeQuote',
  'es:ESHttpDelete',
  'fsx:DetachAndDeleteS3AccessPoint',
  'healthlake:StartFHIRBulkDeleteJob',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:ScheduleKeyDeletion',
  'organizations:CloseAccount',
  'organizations:LeaveOrganization',
  'personalize:CreateDataDeletionJob',
  'qldb:PartiQLDelete',
  'qldb:PartiQLDropTable',
  'redshift:DisableSnapshotCopy',
  'route53domains:RenewDomain',
  's3:BypassGovernanceRetention',
  's3:ReplicateDelete',
  'transfer:StartRemoteDelete',
).and(SPENDING);
const WRITING: ReadonlySet<string> = new Set(['Write', 'Permissions management']);

const DESTRUCTIVE = new ActionSet('*').only(
  (name) => NAMED.has(name) || (WRITING.has(findAction(name)?.level ?? 'Read') && deletionByName(name) !== undefined),
);
const OBJECT_DELETES = /^s3:(DeleteObject|AbortMultipartUpload)$/;
/** Irreversible or spending action without a human gate */
export const DESTRUCTIVE_UNGATED: Rule = {
  name: 'destructive-ungated',
  group: 'ACT',
  severity: 'error',
  title: 'A standing agent role may do what cannot be undone, without a human gate.',
  why: 'Deleting, purging, buying and deploying are what an injected instruction does most harm with, and nobody is asked before.',
  fix: 'Move the action out of the role: an elevation that a person approves gives it, for minutes. Where a broker sets a session tag, ask for it in a condition (aws:PrincipalTag/ApprovalId). MFA is no gate: agents have none.',
  frameworks: [
    'OWASP ASI02',
    'OWASP ASI09',
    'OWASP ASI10',
    'NIST SP 800-53 AC-6(5)',
    'AWS AGENTSEC04-BP02',
    'NIST AI RMF MANAGE',
    'NIST CSF 2.0 PR.AA',
  ],
  *check(app, { scratch }): Iterable<Observation> {
    const roles = app.rolesOf('agent', 'agent-tool').filter(({ kinds }) => !kinds.has('elevated'));
    for (const grant of fittingGrants(app, roles, DESTRUCTIVE)) {
      const actions = grant.actions.filter(
        (name) =>
          !isHarmless(name, grant, app, scratch) &&
          !isLambdaNetwork(name, grant.roles) &&
          !isOnFirstCall(grant.statement, [name]),
      );
      // Nobody deletes what belongs to AWS.
      if (grant.resources.every(belongsToAws)) {
        continue;
      }
      if (actions.length > 0 && !isGated(grant, actions)) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(actions)} on ${shownResources(grant.resources)}, and nobody is asked.`,
          example: exampleOf({ ...grant, actions }),
        };
      }
    }
  },
};

/** Deleting an object is undone where the bucket keeps versions, and wanted in a place for rough work. */
function isHarmless(action: string, { resources }: StatementGrant, app: AppModel, scratch: readonly string[]): boolean {
  return (
    OBJECT_DELETES.test(action) &&
    resources.every((resource) => isScratch(resource, scratch) || isVersioned(resource, app))
  );
}

function isVersioned(resource: PolicyText, app: AppModel): boolean {
  const bucket = literalOf(resource) === '*' ? undefined : app.placeOf(resource)?.resource;
  const status = bucket?.type === 'AWS::S3::Bucket' ? bucket.get('VersioningConfiguration', 'Status') : undefined;
  return (
    status !== undefined &&
    status.presence === 'always' &&
    status.literals().every((value) => value === 'Enabled') &&
    status.literals().length > 0
  );
}
