import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { literalOf } from '../../policy/document/text';
import { OUTWARD_FLOW } from '../action-sets/outward-flow';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { hasNarrowingCondition } from '../judging/narrowing';
import { listed } from '../judging/shown';
import { exampleOf, type StatementGrant } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const SECRET_READS = new ActionSet(
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
);
const DECRYPTIONS = new ActionSet('kms:Decrypt');
/** Reads that are sensitive where the resource is classified so. */
const DATA_READS = new ActionSet(
  'bedrock:Retrieve',
  'bedrock:RetrieveAndGenerate',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  's3:GetObject',
  's3:GetObjectVersion',
);
const CLASSIFIED_TYPES = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Bedrock::KnowledgeBase',
];
const NOT_SENSITIVE = /^(public|none|unclassified|internal)$/i;

/** Sensitive read + way out */
export const TOXIC_SECRETS_EGRESS: Rule = {
  name: 'toxic-secrets-egress',
  group: 'EGR',
  severity: 'error',
  title: 'An agent reads what is sensitive, and has a way out for it.',
  why: 'One injected sentence is enough: read the secret, put it into the mail, the search or the request. Each half is harmless; together they are a leak.',
  fix: 'Give the two halves to two agents with a role each, or close the way out: a VPC for the network, fixed recipients (ses:Recipients) for mail.',
  frameworks: ['OWASP ASI02', 'OWASP ASI01', 'NIST SP 800-53 AC-6(4)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app): Iterable<Observation> {
    const classified = app
      .ofType(...CLASSIFIED_TYPES)
      .filter((resource) => resource.tag('DataClassification').some((value) => !NOT_SENSITIVE.test(value)));
    for (const role of app.agentRoles) {
      const reads = sensitiveReads(role, classified, app);
      const ways = fittingGrants(app, [role], OUTWARD_FLOW).filter((grant) => !hasFixedRecipients(grant));
      const networks = role.uses.filter(({ resource }) =>
        resource.get('NetworkConfiguration', 'NetworkMode').literals().includes('PUBLIC'),
      );
      const [first] = reads;
      if (first !== undefined && ways.length + networks.length > 0) {
        const out = [
          ...ways.flatMap(({ actions }) => actions),
          ...networks.map(({ resource }) => `the public network of ${resource.title}`),
        ];
        yield {
          resource: role.resource,
          statements: [...reads, ...ways].map(({ statement }) => statement),
          cause: networks.map(({ resource }) => resource.logicalId),
          message: `${role.resource.title} reads what is sensitive (${listed([...new Set(reads.flatMap(({ actions }) => actions))])}) and can send it away (${listed([...new Set(out)])}).`,
          example: exampleOf(first),
        };
      }
    }
  },
};

function sensitiveReads(role: AppRole, classified: readonly AppResource[], app: AppModel): StatementGrant[] {
  const data = fittingGrants(app, [role], DATA_READS).filter(({ resources }) =>
    resources.some((pattern) =>
      classified.some(
        (resource) =>
          app.covers(pattern, resource) ||
          app.placeOf(pattern)?.resource === resource ||
          app.covers(pattern, resource, '/a'),
      ),
    ),
  );
  // Bound to a service, decryption is part of reading what that service holds.
  const decryptions = fittingGrants(app, [role], DECRYPTIONS).filter(
    ({ statement }) => !hasNarrowingCondition(statement),
  );
  return [...fittingGrants(app, [role], SECRET_READS), ...data, ...decryptions];
}

function hasFixedRecipients({ statement }: StatementGrant): boolean {
  return statement.statement.conditions.some(
    ({ key, operator, values }) =>
      /^ses:recipients$/i.test(key) &&
      !operator.negated &&
      !operator.ifExists &&
      values.every((value) => !/[*?]/.test(literalOf(value) ?? '*')),
  );
}
