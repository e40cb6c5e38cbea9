import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { literalOf, type PolicyText, text } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import { ActionSet, actionsOf, speaksOf } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, type StatementGrant } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const RETRIEVALS = new ActionSet('bedrock:AgenticRetrieve*', 'bedrock:Retrieve', 'bedrock:RetrieveAndGenerate*');
const INGESTIONS = new ActionSet(
  'bedrock:CreateDataSource',
  'bedrock:DeleteKnowledgeBaseDocuments',
  'bedrock:IngestKnowledgeBaseDocuments',
  'bedrock:StartIngestionJob',
  'bedrock:UpdateDataSource',
  'bedrock:UpdateKnowledgeBase',
);
const OBJECT_WRITES = new ActionSet(
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObject',
  's3:ReplicateObject',
  's3:RestoreObject',
);

/** Agent can poison what it retrieves */
export const KB_POISON: Rule = {
  name: 'kb-poison',
  group: 'DATA',
  severity: 'error',
  title: 'An agent may write what it later retrieves as knowledge.',
  why: 'An injected instruction that the agent writes into its own knowledge base comes back in every later session, as a trusted source: the poisoning feeds itself.',
  fix: 'Separate the two: the agent retrieves (AgentKnowledgeBaseGrant), another role ingests. Where the agent must write files, give it a prefix that no data source includes (AgentStorageGrant with write).',
  frameworks: [
    'OWASP ASI06',
    'OWASP ASI01',
    'CSA MAESTRO L2',
    'AWS AGENTSEC01-BP02',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    for (const role of app.agentRoles) {
      const reads = fittingGrants(app, [role], RETRIEVALS);
      if (reads.length === 0) {
        continue;
      }
      const bases = app
        .ofType('AWS::Bedrock::KnowledgeBase')
        .filter((base) => reads.some((grant) => reaches(grant, base, app)));
      for (const grant of fittingGrants(app, [role], INGESTIONS)) {
        // A knowledge base outside the app is retrieved and changed by the same ARN.
        const same = reads.some((read) =>
          read.resources.some((one) => grant.resources.some((other) => covers(one, other) || covers(other, one))),
        );
        if (same || bases.some((base) => reaches(grant, base, app))) {
          yield {
            resource: grant.statement.holder,
            statements: [grant.statement],
            message: `${role.resource.title} retrieves a knowledge base, and ${whereIs(grant.statement)} lets it change what is in there: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
            example: exampleOf(grant),
          };
        }
      }
      const sources = app.ofType('AWS::Bedrock::DataSource').filter((source) => isRetrieved(source, reads, app));
      for (const grant of sources.length === 0 ? [] : writesOf(app, role)) {
        const fed = sources.filter((source) =>
          objectsOf(source, app).some((objects) => feeds(grant, objects, role, app)),
        );
        if (fed.length > 0) {
          yield {
            resource: grant.statement.holder,
            statements: [grant.statement],
            message: `${role.resource.title} retrieves what ${listed(fed.map(({ title }) => title))} reads from a bucket, and ${whereIs(grant.statement)} lets it write there: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
            example: exampleOf(grant),
          };
        }
      }
    }
  },
};

function reaches({ resources }: StatementGrant, base: AppResource, app: AppModel): boolean {
  return resources.some((pattern) => app.covers(pattern, base));
}

/** Whether what a data source brings in is in a knowledge base that is retrieved, of the app or outside. */
function isRetrieved(source: AppResource, reads: readonly StatementGrant[], app: AppModel): boolean {
  return source
    .get('KnowledgeBaseId')
    .texts()
    .some((name) => {
      const base = app.resourceOf(name, source);
      const tail = text('knowledge-base/', name);
      return reads.some((grant) =>
        base === undefined
          ? grant.resources.some((pattern) => covers(arnParts(pattern)?.tail ?? pattern, tail))
          : reaches(grant, base, app),
      );
    });
}

/** What the role may write into buckets, by its own policies and by those of buckets that name it. */
function writesOf(app: AppModel, role: AppRole): StatementGrant[] {
  const given = app.ofType('AWS::S3::BucketPolicy').flatMap((holder) =>
    app.statements(holder.get('PolicyDocument'), holder, 'PolicyDocument').flatMap((statement) => {
      const { effect, principal, resource } = statement.statement;
      const isNamed =
        effect === 'Allow' &&
        principal?.negated === false &&
        principal.entries.some(({ type, id }) => type === 'AWS' && app.roleOf(id, holder) === role);
      const actions = isNamed ? actionsOf(statement, OBJECT_WRITES) : [];
      return actions.length === 0 ? [] : [{ statement, roles: [role], actions, resources: resource?.patterns ?? [] }];
    }),
  );
  return [...fittingGrants(app, [role], OBJECT_WRITES), ...given];
}

/** The objects that a data source reads: what their names begin with. */
interface Objects {
  readonly bucket?: AppResource;
  readonly arn: PolicyText;
  readonly prefix: PolicyText;
}

function objectsOf(source: AppResource, app: AppModel): Objects[] {
  const config = source.get('DataSourceConfiguration', 'S3Configuration');
  const prefixes = config
    .get('InclusionPrefixes')
    .items()
    .flatMap((item) => item.texts());
  return config
    .get('BucketArn')
    .texts()
    .flatMap((arn) => {
      const bucket = app.resourceOf(arn, source);
      return (prefixes.length === 0 ? [text()] : prefixes).map((prefix) => ({
        ...(bucket === undefined ? {} : { bucket }),
        arn,
        prefix: text('/', prefix),
      }));
    });
}

/** Whether a write can reach one of the objects, and no Deny is in its way. */
function feeds({ statement, actions, resources }: StatementGrant, objects: Objects, role: AppRole, app: AppModel) {
  const all = text(objects.arn, objects.prefix, '*');
  const isReached = resources.some((pattern) =>
    beginsWith(inBucket(pattern, statement.holder, objects, app), ownName(text(objects.arn, objects.prefix))),
  );
  return isReached && !actions.every((action) => role.statements.some((deny) => isDeniedBy(deny, action)));

  function isDeniedBy(deny: AppStatement, action: string): boolean {
    const { effect, conditions, resource } = deny.statement;
    return (
      effect === 'Deny' &&
      deny.sure &&
      deny.unknown.length === 0 &&
      conditions.length === 0 &&
      speaksOf(deny, action) &&
      resource?.negated === false &&
      resource.patterns.some((pattern) => covers(inBucket(pattern, deny.holder, objects, app), ownName(all)))
    );
  }
}

/** A pattern about objects of the bucket, with the bucket written as the data source writes it. */
function inBucket(pattern: PolicyText, from: AppResource, { bucket, arn, prefix }: Objects, app: AppModel): PolicyText {
  const place = app.placeOf(pattern, from);
  if (bucket === undefined) {
    return ownName(pattern);
  }
  if (place?.resource === bucket) {
    return ownName(text(arn, place.rest));
  }
  return app.covers(pattern, bucket, text(prefix, '*')) ? text('*') : ownName(pattern);
}

/** Buckets have one name in all of a partition, and an app is in one. */
function ownName(arn: PolicyText): PolicyText {
  const parts = arnParts(arn);
  return parts?.tail !== undefined && literalOf(parts.service) === 's3' ? text('arn:aws:s3:::', parts.tail) : arn;
}

/** Whether a pattern matches some text that begins like this. */
function beginsWith(pattern: PolicyText, beginning: PolicyText): boolean {
  const tokens = globTokens(pattern);
  return tokens.some((_, index) => matchesGlob(compileGlob(tokens.slice(0, index + 1)), beginning));
}

function covers(outer: PolicyText, inner: PolicyText): boolean {
  return matchesGlob(compileGlob(globTokens(outer)), inner);
}
