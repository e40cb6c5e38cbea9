import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText, startsWith, text } from '../../policy/document/text';
import { IMAGE_WRITES, OBJECT_WRITES, SECRET_WRITES } from '../action-sets/artifact-writes';
import { isOutsideTags } from '../judging/conditions/tag-conditions';
import { type RoleGrant, takesIn } from '../judging/grants/role-grants';
import { rolesShown, statementGrants } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import { type Artifact, artifactsOf, repositoryOf } from '../judging/tools/artifacts-of';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const WRITES = { image: IMAGE_WRITES, object: OBJECT_WRITES, secret: SECRET_WRITES };

/** An agent that can replace what it is made from. */
export const ARTIFACT_WRITE: Rule = {
  name: 'artifact-write',
  group: 'TAM',
  severity: 'error',
  title: 'An agent can replace the image, code, schema or definition that it is made from.',
  why: 'The next deployment, or the next cold start, runs what stands there. An agent that can push its own image or rewrite the schema of its tools chooses what it will be, past every review.',
  fix: 'Let the pipeline write artefacts, and give the agent a bucket or a prefix of its own for its results: AgentStorageGrant with `prefix`. Pulling an image and reading code need no write.',
  frameworks: ['OWASP ASI04', 'CSA MAESTRO L3', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 DE.CM'],
  *check(app): Iterable<Observation> {
    const owned = new Map(app.agentRoles.map((role) => [role, artifactsOf(app, role)]));
    for (const kind of ['image', 'object', 'secret'] as const) {
      const hits = (grant: RoleGrant, role: AppRole): Artifact[] =>
        (owned.get(role) ?? []).filter((artifact) => artifact.kind === kind && reaches(app, grant, artifact));
      for (const grant of statementGrants(
        app.agentRoles,
        WRITES[kind],
        (given, role) => hits(given, role).length > 0,
      )) {
        const { statement, actions, resources } = grant;
        const found = grant.roles.flatMap((role) => hits({ statement, actions, resources }, role));
        const names = [
          ...new Set(
            found.map(
              ({ what, holder, place, key }) =>
                `the ${what} of ${holder.title} (${displayText(key === undefined ? place : text(place, '/', key))})`,
            ),
          ),
        ];
        const pinned = found.every((artifact) => artifact.pinned);
        yield {
          resource: statement.holder,
          statements: [statement],
          cause: [kind],
          ...(pinned ? { severity: 'warning' as const } : {}),
          message: `${whereIs(statement)} lets ${rolesShown(grant)} replace ${listed(names)}: ${listed(actions)} on ${shownResources(resources)}.${pinned ? ' A digest or version pins it, so only the next release takes another one.' : ''}`,
          example: `${actions[0] ?? ''} on ${displayText(found[0]?.key === undefined ? (found[0]?.place ?? []) : text(found[0].place, '/', found[0].key))}`,
        };
      }
    }
  },
};

function reaches(app: AppModel, { statement, resources }: RoleGrant, artifact: Artifact): boolean {
  const { kind, place, key, holder } = artifact;
  const { resource: element } = statement.statement;
  const covers = (
    resource: AppResource | undefined,
    service: string,
    tail: PolicyText,
    below: PolicyText = [],
  ): boolean => {
    const takes = (pattern: PolicyText): boolean =>
      resource === undefined ? takesInArn(pattern, service, text(tail, below)) : app.covers(pattern, resource, below);
    const isLeftOut = element?.negated === true && element.patterns.some(takes);
    return !isLeftOut && !(resource && isOutsideTags(statement, resource)) && resources.some(takes);
  };
  if (kind === 'image') {
    const { resource, name } = repositoryOf(app, place, holder);
    // A repository that the template does not tell is taken in by whatever takes in all.
    return covers(resource, 'ecr', text('repository/', name ?? place));
  }
  if (kind === 'secret') {
    return resources.some((pattern) => takesIn(pattern, place)) || covers(app.resourceOf(place, holder), '', place);
  }
  const bucket = app.resourceCalled('AWS::S3::Bucket', place, holder);
  return (
    covers(bucket, 's3', place, text('/', key ?? [])) ||
    resources.some((pattern) => isBelow(app, pattern, bucket ?? place, key ?? []))
  );
}

/** Whether a pattern names something below an artefact that is a whole folder: its key is empty or ends with a slash. */
function isBelow(app: AppModel, pattern: PolicyText, bucket: AppResource | PolicyText, key: PolicyText): boolean {
  const folder = literalOf(key);
  if (folder === undefined || !/(^|\/)$/.test(folder)) {
    return false;
  }
  const tail = arnParts(pattern)?.tail ?? [];
  const place = app.placeOf(pattern);
  return Array.isArray(bucket)
    ? startsWith(tail, `${literalOf(bucket) ?? '?'}/${folder}`)
    : place?.resource === bucket && startsWith(place.rest, `/${folder}`);
}

/** Whether a pattern takes in the ARN of something outside the app, whatever its region and account. */
function takesInArn(pattern: PolicyText, service: string, tail: PolicyText): boolean {
  if (/^\*+$/.test(literalOf(pattern) ?? '')) {
    return true;
  }
  const parts = arnParts(pattern);
  return parts !== undefined && takesIn(parts.service, text(service)) && takesIn(parts.tail ?? text('*'), tail);
}
