import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import { displayText, type PolicyText, text } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, type StatementGrant } from '../judging/statement-grants';
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
const OBJECT_WRITES = new ActionSet('s3:DeleteObject', 's3:PutObject', 's3:ReplicateObject', 's3:RestoreObject');

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
      const bases = app
        .ofType('AWS::Bedrock::KnowledgeBase')
        .filter((base) => reads.some((grant) => reaches(grant, base, app)));
      for (const grant of fittingGrants(app, [role], INGESTIONS)) {
        // A knowledge base outside the app is retrieved and changed by the same ARN.
        const same = reads.some((read) =>
          read.resources.some((one) => grant.resources.some((other) => mayMeet(one, other, app))),
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
      for (const grant of bases.length === 0 ? [] : fittingGrants(app, [role], OBJECT_WRITES)) {
        const sources = bases.flatMap((base) => sourcesOf(base, app)).filter((source) => feeds(grant, source, app));
        if (sources.length > 0) {
          yield {
            resource: grant.statement.holder,
            statements: [grant.statement],
            message: `${role.resource.title} retrieves what ${listed(sources.map(({ title }) => title))} reads from a bucket, and ${whereIs(grant.statement)} lets it write there: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
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

function mayMeet(one: PolicyText, other: PolicyText, app: AppModel): boolean {
  const same = app.resourceOf(one);
  return same === undefined
    ? covers(one, other) || covers(other, one)
    : same === app.resourceOf(other) || displayText(other) === '*';
}

function sourcesOf(base: AppResource, app: AppModel): AppResource[] {
  return app.ofType('AWS::Bedrock::DataSource').filter((source) =>
    source
      .get('KnowledgeBaseId')
      .texts()
      .some((name) => app.resourceOf(name, source) === base),
  );
}

/** Whether a write can reach an object that the data source reads. */
function feeds(grant: StatementGrant, source: AppResource, app: AppModel): boolean {
  const config = source.get('DataSourceConfiguration', 'S3Configuration');
  const prefixes = config
    .get('InclusionPrefixes')
    .items()
    .flatMap((item) => item.literals());
  return config
    .get('BucketArn')
    .texts()
    .some((arn) => {
      const bucket = app.resourceOf(arn, source);
      return grant.resources.some((pattern) =>
        (prefixes.length === 0 ? [''] : prefixes).some((prefix) => {
          const object = text(arn, `/${prefix}*`);
          const place = app.placeOf(pattern, grant.statement.holder);
          const named = place !== undefined && place.resource === bucket ? text(arn, place.rest) : pattern;
          return (
            covers(named, object) ||
            covers(object, named) ||
            (bucket !== undefined && app.covers(pattern, bucket, `/${prefix}*`))
          );
        }),
      );
    });
}

function covers(outer: PolicyText, inner: PolicyText): boolean {
  return matchesGlob(compileGlob(globTokens(outer)), inner);
}
