import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText, textKey } from '../../policy/document/text';
import { findAction } from '../../policy/reference/service-reference';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { isEverything } from '../judging/grants/known-resource';
import { exampleOf, type StatementGrant } from '../judging/grants/statement-grants';
import { isPublicParameter } from '../judging/reach/sensitive-reads';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const READING: ReadonlySet<string> = new Set(['Read', 'List']);
const CREDENTIALS = new ActionSet(
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'bedrock-agentcore:GetResourcePaymentToken',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter*',
);
const TOO_MUCH = new ActionSet('*').only(
  (name) => CREDENTIALS.has(name) || !READING.has(findAction(name)?.level ?? 'Write'),
);
/** What recording a session takes. */
const RECORDING = /^s3:(PutObject|AbortMultipartUpload|ListMultipartUploadParts)$/;
const KEY_USE = /^kms:(Decrypt|GenerateDataKey)$/;
const REPORTING =
  /^(logs:(CreateLogGroup|CreateLogStream|PutLogEvents)|xray:Put(TraceSegments|TelemetryRecords)|cloudwatch:PutMetricData)$/;
/** Policies of AWS that write, or read secrets; those that only record what was done are none. */
const WRITING_POLICY =
  /:aws:policy\/(?:.*\/)?(AdministratorAccess(?:-[\w-]+)?|PowerUserAccess|SecretsManagerReadWrite|(?!CloudWatch|AWSXray)[\w-]+FullAccess(?:_?[vV]\d)?)$/;

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
      const sandboxes = listed(
        role.uses.flatMap(({ type, resource }) => (type.sandbox ? `${type.label} ${resource.title}` : [])),
      );
      const others = role.uses.filter(({ type }) => !type.sandbox);
      if (others.length > 0) {
        yield {
          resource: role.resource,
          cause: others.map(({ resource }) => resource.key),
          message: `${role.resource.title} is the role of a sandbox and of ${listed(others.map(({ resource }) => resource.title))}: any code in the sandbox has that role too.`,
        };
      }
      for (const grant of fittingGrants(app, [role], TOO_MUCH)) {
        const actions = grant.actions.filter((action) => !isHarmless(action, grant, app));
        if (actions.length > 0) {
          yield {
            resource: grant.statement.holder,
            statements: [grant.statement],
            message: `${whereIs(grant.statement)} gives any code in ${sandboxes} ${listed(actions)} on ${shownResources(grant.resources)}.`,
            example: exampleOf({ ...grant, actions }),
          };
        }
      }
      for (const { arn, holder } of role.outside) {
        const [, name] = WRITING_POLICY.exec(displayText(arn)) ?? [];
        if (name !== undefined) {
          yield {
            resource: holder,
            cause: [displayText(arn)],
            message: `${holder.title} gives any code in ${sandboxes} all of ${name}.`,
          };
        }
      }
    }
    yield* sharedOutside(app);
  },
};

/** Sandboxes with a role outside the app that an agent of the app has too. */
function* sharedOutside(app: AppModel): Iterable<Observation> {
  const owners = new Map<string, AppResource>();
  for (const { resource, type, outsideRoles } of app.agents) {
    for (const role of type.sandbox ? [] : outsideRoles) {
      owners.set(textKey(role), resource);
    }
  }
  for (const { resource, type, outsideRoles } of app.agents) {
    for (const role of type.sandbox ? outsideRoles : []) {
      const owner = owners.get(textKey(role));
      if (owner !== undefined) {
        yield {
          resource,
          cause: [displayText(role), owner.key],
          message: `${resource.title} runs with ${displayText(role)}, the role of ${owner.title}: any code in the sandbox has that role too.`,
        };
      }
    }
  }
}

/** Whether an action is a read of what AWS publishes, or part of recording a session to one prefix. */
function isHarmless(action: string, { resources }: StatementGrant, app: AppModel): boolean {
  return (
    (action.startsWith('ssm:') && resources.every(isPublicParameter)) ||
    REPORTING.test(action) ||
    (KEY_USE.test(action) && !resources.some(isEverything)) ||
    (RECORDING.test(action) && !resources.some((resource) => isWholeBucket(resource, app)))
  );
}

/** A bucket's every object, or every bucket: recordings have a known prefix. A bucket alone has no objects to write. */
function isWholeBucket(resource: PolicyText, app: AppModel): boolean {
  const below = arnParts(app.spelled(resource))?.tail ?? resource;
  const shown = displayText(below);
  const slash = shown.indexOf('/');
  return slash < 0
    ? /[*?]/.test(shown)
    : /[*?]/.test(shown.slice(0, slash)) || /^[*?]*(\/|$)/.test(shown.slice(slash + 1));
}
