import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText, startsWith, text } from '../../policy/document/text';
import { IMAGE_WRITES, OBJECT_WRITES, SECRET_WRITES } from '../action-sets/artifact-writes';
import { isOutsideTags } from '../judging/conditions/tag-conditions';
import { isDeniedOn, type RoleGrant, takesIn } from '../judging/grants/role-grants';
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
        (owned.get(role) ?? []).filter((artifact) => artifact.kind === kind && reaches(app, grant, role, artifact));
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

function reaches(app: AppModel, grant: RoleGrant, role: AppRole, artifact: Artifact): boolean {
  const { statement, actions, resources } = grant;
  const { resource: element } = statement.statement;
  const { resource, takes, below } = placeOf(app, artifact);
  const isLeftOut = element?.negated === true && element.patterns.some((pattern) => takes(pattern));
  const isReached =
    !isLeftOut &&
    !(resource && isOutsideTags(statement, resource)) &&
    resources.some((pattern) => takes(pattern) || below(pattern));
  // Of a folder, a Deny has to speak of all that is in it.
  const all = isFolder(artifact) ? text('*') : text();
  return isReached && !actions.every((action) => isDeniedOn(role, action, (pattern) => takes(pattern, all)));
}

interface ArtifactPlace {
  /** The repository, bucket or secret, where it is part of the app. */
  readonly resource: AppResource | undefined;
  /** Whether a pattern of Resource takes the artefact in, with something behind its name. */
  takes(pattern: PolicyText, more?: PolicyText): boolean;
  /** Whether it names something that is a part of the artefact. */
  below(pattern: PolicyText): boolean;
}

function placeOf(app: AppModel, artifact: Artifact): ArtifactPlace {
  const { kind, place, key = [], holder } = artifact;
  const isIn = (pattern: PolicyText, service: string, resource: AppResource | undefined, ...tail: PolicyText[]) => {
    const [first = [], ...rest] = tail;
    return resource === undefined
      ? takesInArn(pattern, service, text(first, ...rest))
      : app.covers(pattern, resource, text(...rest));
  };
  if (kind === 'image') {
    const { resource, name } = repositoryOf(app, place, holder);
    // A repository that the template does not tell is taken in by whatever takes in all.
    const takes = (pattern: PolicyText): boolean => isIn(pattern, 'ecr', resource, text('repository/', name ?? place));
    return { resource, takes, below: () => false };
  }
  if (kind === 'secret') {
    const resource = app.resourceOf(place, holder);
    const takes = (pattern: PolicyText): boolean => takesIn(pattern, place) || isIn(pattern, '', resource, place);
    return { resource, takes, below: () => false };
  }
  const resource = app.resourceCalled('AWS::S3::Bucket', place, holder);
  const isWhole = isFolder(artifact);
  return {
    resource,
    takes: (pattern, more = []) => isIn(pattern, 's3', resource, place, text('/', key, more)),
    below: (pattern) => isWhole && isBelow(app, pattern, resource ?? place, literalOf(key) ?? ''),
  };
}

/** Whether an artefact is a whole folder: its key is empty or ends with a slash. */
function isFolder({ kind, key }: Artifact): boolean {
  const name = literalOf(key ?? text());
  return kind === 'object' && name !== undefined && /(^|\/)$/.test(name);
}

/** Whether a pattern names something in a folder of a bucket. */
function isBelow(app: AppModel, pattern: PolicyText, bucket: AppResource | PolicyText, folder: string): boolean {
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
