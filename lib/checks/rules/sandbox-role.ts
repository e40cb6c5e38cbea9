import { displayText, type PolicyText } from '../../policy/document/text';
import { findAction } from '../../policy/reference/service-reference';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, type StatementGrant } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const READING: ReadonlySet<string> = new Set(['Read', 'List']);
const CREDENTIALS = new ActionSet(
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter*',
  'sts:AssumeRole',
);
const TOO_MUCH = new ActionSet('*').only(
  (name) => CREDENTIALS.has(name) || !READING.has(findAction(name)?.level ?? 'Write'),
);
/** What recording a session takes. */
const RECORDING =
  /^(s3:(PutObject|AbortMultipartUpload|ListMultipartUploadParts)|logs:(CreateLogGroup|CreateLogStream|PutLogEvents)|kms:(Decrypt|GenerateDataKey)|xray:Put.*|cloudwatch:PutMetricData)$/;

/** Writes that take no resource: traces and metrics. */
const TELEMETRY = /^(xray:Put(TraceSegments|TelemetryRecords)|cloudwatch:PutMetricData)$/;

/** Credentials inside the sandbox */
export const SANDBOX_ROLE: Rule = {
  name: 'sandbox-role',
  group: 'EGR',
  severity: 'error',
  title: 'Code in a sandbox of an agent gets credentials that matter.',
  why: 'The metadata service of a code interpreter or browser hands its role to any code in the session, whatever its network is: what the model wrote, or what a web page made it write, then holds those rights.',
  fix: 'Give sandboxes no execution role. A browser that records takes a role of its own that writes one prefix of one bucket.',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app): Iterable<Observation> {
    for (const role of app.rolesOf('sandbox')) {
      const sandboxes = role.uses.flatMap(({ type, resource }) =>
        type.sandbox ? `${type.label} ${resource.title}` : [],
      );
      const others = role.uses.filter(({ type }) => !type.sandbox);
      if (others.length > 0) {
        yield {
          resource: role.resource,
          cause: others.map(({ resource }) => resource.key),
          message: `${role.resource.title} is the role of a sandbox and of ${listed(others.map(({ resource }) => resource.title))}: any code in the sandbox has that role too.`,
        };
      }
      for (const grant of fittingGrants(app, [role], TOO_MUCH).filter((found) => !isRecording(found))) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} gives any code in ${listed(sandboxes)} ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
          example: exampleOf(grant),
        };
      }
    }
  },
};

function isRecording({ actions, resources }: StatementGrant): boolean {
  const isTelemetry = actions.every((name) => TELEMETRY.test(name));
  return (
    isTelemetry ||
    (actions.every((name) => RECORDING.test(name)) && resources.every((resource) => !isWholeBucket(resource)))
  );
}

/** `*`, a bucket's every object, or every bucket: recordings have a prefix. A bucket alone has no objects to write. */
function isWholeBucket(resource: PolicyText): boolean {
  const shown = displayText(resource);
  return /^\*+$|:s3:::[^/]*\/?\*$|^<[^>]*Arn>\/?\*$/.test(shown) && !/:logs:/.test(shown);
}
