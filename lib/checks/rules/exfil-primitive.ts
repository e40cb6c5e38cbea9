import type { AppStatement } from '../../access/app/app-statement';
import { isRequired } from '../judging/conditions/narrowing';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { isAnyBucket, isInside, isOutside } from '../judging/reach/bucket-perimeter';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Actions that share a copy, or set up a copy or delivery to a place that the request names. */
const SHARING = new ActionSet(
  'appflow:CreateFlow',
  'backup:StartCopyJob',
  'cloudwatch:PutMetricStream',
  'config:PutDeliveryChannel',
  'datasync:CreateTask',
  'ds:ShareDirectory',
  'dynamodb:ExportTableToPointInTime',
  'ec2:CreateInstanceExportTask',
  'ec2:CreateStoreImageTask',
  'ec2:ExportImage',
  'ec2:ModifyFpgaImageAttribute',
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'ecr:PutReplicationConfiguration',
  'ecr:ReplicateImage',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'imagebuilder:PutComponentPolicy',
  'imagebuilder:PutImagePolicy',
  'kinesis:PutResourcePolicy',
  'logs:CreateDelivery',
  'logs:CreateExportTask',
  'logs:PutAccountPolicy',
  'logs:PutDeliveryDestination',
  'logs:PutDeliveryDestinationPolicy',
  'logs:PutDestination',
  'logs:PutDestinationPolicy',
  'logs:PutSubscriptionFilter',
  'ram:AssociateResourceShare',
  'ram:CreateResourceShare',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
  'rds:StartExportTask',
  'redshift:AuthorizeDataShare',
  'redshift:AuthorizeSnapshotAccess',
  's3:PutInventoryConfiguration',
  's3:PutReplicationConfiguration',
  'servicecatalog:CreatePortfolioShare',
  'sns:Subscribe',
  'ssm:ModifyDocumentPermission',
  'workspaces:UpdateWorkspaceImagePermission',
);
const BUCKET = 'AWS::S3::Bucket';
const SUBSCRIPTION = 'sns:Subscribe';
const OBJECT_WRITES = new ActionSet('s3:PutObject', 's3:ReplicateObject');
/** Buckets have one namespace for all accounts. */
const GLOBAL_NAMES = new ActionSet('s3:GetObject', 's3:ListBucket', 's3:PutObject');

/** Exfiltration primitives and no data perimeter */
export const EXFIL_PRIMITIVE: Rule = {
  name: 'exfil-primitive',
  group: 'EGR',
  severity: 'error',
  title: 'An agent role can hand data to another account.',
  why: 'Sharing a snapshot, adding a subscriber or writing to somebody’s bucket moves whole data sets out in one call, past every filter on what the agent says.',
  fix: 'Take the actions out; name the bucket that the agent writes to (AgentStorageGrant). With `dataPerimeter` the checks also ask for aws:ResourceAccount.',
  frameworks: ['OWASP ASI02', 'OWASP NHI6', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app, { dataPerimeter }): Iterable<Observation> {
    const anywhere = fittingGrants(app, app.agentRoles, OBJECT_WRITES).filter(
      ({ statement, resources, roles }) =>
        isOutside(statement, roles) || (resources.some(isAnyBucket) && !isInside(statement, roles)),
    );
    const sharing = fittingGrants(app, app.agentRoles, SHARING).flatMap((grant) => {
      const actions = grant.actions.filter((action) => action !== SUBSCRIPTION || !hasFixedEndpoint(grant.statement));
      return actions.length === 0 ? [] : [{ ...grant, actions }];
    });
    for (const grant of [...sharing, ...anywhere]) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        cause: grant.actions,
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} hand data out: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
    for (const grant of dataPerimeter ? fittingGrants(app, app.agentRoles, GLOBAL_NAMES) : []) {
      const foreign = grant.resources.filter((resource) => app.placeOf(resource)?.resource.type !== BUCKET);
      if (foreign.length > 0 && !isInside(grant.statement, grant.roles)) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          severity: 'warning',
          cause: ['dataPerimeter'],
          message: `${whereIs(grant.statement)} names buckets without aws:ResourceAccount: ${shownResources(foreign)}.`,
          fix: 'Add StringEquals aws:ResourceAccount with the account of the bucket.',
        };
      }
    }
  },
};

/** Whether what is subscribed has to be an address that the statement names, at least its domain. */
function hasFixedEndpoint({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some((condition) => /^sns:endpoint$/i.test(condition.key) && isRequired(condition, conditions));
}
