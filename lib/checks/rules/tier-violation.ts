import { displayText, literalOf } from '../../policy/document/text';
import { overlayMarks } from '../../policy/reference/overlay/overlay-marks';
import { findAction } from '../../policy/reference/service-reference';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { taggedAs } from '../judging/identity/agent-tags';
import { awsManagedName, managedPolicyKind } from '../judging/identity/aws-managed-policies';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Writes by their access level, and part of reading: of encrypted data, by a query, or what every workload tells of itself. */
const PART_OF_READING = new ActionSet(
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
  'bedrock-agentcore:GetWorkloadAccessToken',
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  'bedrock:ApplyGuardrail',
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:RetrieveAndGenerate',
  'cloudtrail:CancelQuery',
  'cloudtrail:StartQuery',
  'cloudwatch:PutMetricData',
  'cloudwatch:QueryTraces',
  'cloudwatch:StartTelemetryQuery',
  'cloudwatch:StopTelemetryQuery',
  'ecr:GetAuthorizationToken',
  'iotsitewise:CancelQuery',
  'iotsitewise:StartQuery',
  'kms:Decrypt',
  'lakeformation:GetDataAccess',
  'lakeformation:StartQueryPlanning',
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'neptune-db:CancelQuery',
  'neptune-graph:CancelQuery',
  'opensearch:CancelDirectQuery',
  'opensearch:StartDirectQuery',
  'sts:AssumeRole',
  'sts:SetSourceIdentity',
  'sts:TagSession',
  'timestream:CancelQuery',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
);
const READING: ReadonlySet<string> = new Set(['Read', 'List']);

const BEYOND_READING = new ActionSet('*').only((name) => {
  const level = findAction(name)?.level ?? 'Write';
  const acts = overlayMarks(name, level).some(({ mark }) => mark === 'acts though read');
  return !PART_OF_READING.has(name) && (!READING.has(level) || acts);
});

/** AWS-managed policies for people that only look. */
const FOR_READERS = /(Read|View)Only|SecurityAudit|SupportUser/;

/** Declared tier exceeded */
export const TIER_VIOLATION: Rule = {
  name: 'tier-violation',
  group: 'ACT',
  severity: 'error',
  title: 'A role that is declared read-only may do more than read.',
  why: 'The tag AccessTier=read-only is what reviewers and other rules go by. Access levels alone do not keep it: InvokeAgent, GetResourceOauth2Token and web fetches count as Read, and act.',
  fix: 'Take the actions out, or the tag off; give what writes a role and an agent of its own.',
  frameworks: ['OWASP ASI02', 'OWASP NHI5', 'NIST SP 800-53 AC-6(2)', 'NIST SP 800-207 tenet 4', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const roles = app.agentRoles.filter((role) =>
      taggedAs(role).some((resource) => resource.tag('AccessTier').some((tier) => /^read[-_ ]?only$/i.test(tier))),
    );
    for (const { resource, outside } of roles) {
      for (const { arn } of outside) {
        const name = literalOf(awsManagedName(arn) ?? []) ?? '';
        if (managedPolicyKind(name) === 'people' && !FOR_READERS.test(name)) {
          yield {
            resource,
            cause: [displayText(arn)],
            message: `${resource.title} is tagged AccessTier=read-only, and has the AWS-managed policy ${name}, which writes.`,
          };
        }
      }
    }
    for (const grant of fittingGrants(app, roles, BEYOND_READING)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${rolesShown(grant)} is tagged AccessTier=read-only, and ${whereIs(grant.statement)} lets it use ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};
