import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../policy/document/text';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { isRequired } from '../judging/narrowing';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const SHARING = new ActionSet(
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'ecr:PutReplicationConfiguration',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'kinesis:PutResourcePolicy',
  'logs:CreateExportTask',
  'logs:PutDestination',
  'logs:PutDestinationPolicy',
  'logs:PutSubscriptionFilter',
  'ram:AssociateResourceShare',
  'ram:CreateResourceShare',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
  'redshift:AuthorizeDataShare',
  'redshift:AuthorizeSnapshotAccess',
  's3:PutReplicationConfiguration',
  'sns:Subscribe',
  'ssm:ModifyDocumentPermission',
);
const OBJECT_WRITES = new ActionSet('s3:PutObject');
/** Buckets have one namespace for all accounts. */
const GLOBAL_NAMES = new ActionSet('s3:GetObject', 's3:ListBucket', 's3:PutObject');
const PERIMETER = /^(aws:resource(account|orgid|orgpaths)|s3:resourceaccount)$/i;

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
      ({ statement, resources }) => resources.some(isAnyBucket) && !isInside(statement),
    );
    for (const grant of [...fittingGrants(app, app.agentRoles, SHARING), ...anywhere]) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        cause: grant.actions,
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} hand data out: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
    for (const grant of dataPerimeter ? fittingGrants(app, app.agentRoles, GLOBAL_NAMES) : []) {
      if (!isInside(grant.statement)) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          severity: 'warning',
          cause: ['dataPerimeter'],
          message: `${whereIs(grant.statement)} names buckets without aws:ResourceAccount: ${shownResources(grant.resources)}.`,
          fix: 'Add StringEquals aws:ResourceAccount with the account of the bucket.',
        };
      }
    }
  },
};

function isAnyBucket(resource: PolicyText): boolean {
  const parts = arnParts(resource);
  const shown = displayText(parts?.tail ?? resource);
  return parts === undefined
    ? /^[*?]*\*[*?]*$/.test(shown)
    : /^[*?]*\*[*?]*(\/.*)?$/.test(parts.tail === undefined ? '*' : shown);
}

function isInside({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some((condition) => PERIMETER.test(condition.key) && isRequired(condition, conditions));
}
