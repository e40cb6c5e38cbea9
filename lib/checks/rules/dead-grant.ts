import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyStatement } from '../../policy/document/policy-document';
import { displayText, type PolicyText, text } from '../../policy/document/text';
import { type DeadGrant, deadGrants } from '../../policy/measure/dead-grant';
import { supplies } from '../../policy/reference/service-reference';
import { statementsReaching } from '../judging/allow-statements';
import { expansionOf } from '../judging/allowed-actions';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Actions that AWS's own guides and the CDK give on resources, while the reference says that they take none. */
const DISPUTED: readonly { readonly action: RegExp; readonly resource: RegExp }[] = [
  { action: /^logs:DescribeLogGroups$/i, resource: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group/ },
  { action: /^ssm:DescribeParameters$/i, resource: /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter/ },
  {
    action: /^bedrock-agentcore:ConnectBrowser(Automation|LiveView)Stream$/i,
    resource: /^arn:[^:]*:bedrock-agentcore:[^:]*:[^:]*:browser(-custom)?\//,
  },
];

/** Action that does not exist */
export const DEAD_GRANT: Rule = {
  name: 'dead-grant',
  group: 'ACT',
  severity: 'warning',
  title: 'A statement of an agent role allows something that can never apply.',
  why: 'An object action on a bucket, or a condition key that the action never carries, gives nothing: the agent is denied in production, or the policy looks narrower than what people believe they reviewed.',
  fix: 'Write the resource that the action takes: an object ARN (bucket/prefix/*) for object actions, the bucket for ListBucket. AgentStorageGrant writes both.',
  frameworks: ['OWASP NHI5', 'NIST AI RMF MEASURE', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    // Agents of one app have many statements in common.
    const known = new Map<PolicyStatement, readonly DeadGrant[]>();
    for (const { statement } of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Allow')) {
      let dead = known.get(statement.statement);
      if (dead === undefined) {
        dead = deadPartsOf(statement, app);
        known.set(statement.statement, dead);
      }
      if (dead.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `In ${whereIs(statement)} a part can never apply: ${listed(dead.map(({ what, reason }) => `${what} (${reason})`))}.`,
        };
      }
    }
  },
};

function deadPartsOf(allow: AppStatement, app: AppModel): DeadGrant[] {
  const { resource } = allow.statement;
  const patterns = (resource?.patterns ?? []).map((pattern) => [pattern, withName(app.spelled(pattern))] as const);
  const spelled = resource && { ...resource, patterns: patterns.map(([, named]) => named) };
  const written = new Map(patterns.map(([pattern, named]) => [displayText(named), displayText(pattern)]));
  const document = {
    version: allow.version,
    statements: [{ ...allow.statement, ...(spelled === undefined ? {} : { resource: spelled }) }],
  };
  // An action that does not exist has a rule of its own.
  return deadGrants(document)
    .filter(
      ({ kind, what, reason }) =>
        !reason.startsWith('no such action') &&
        !(kind === 'action' ? DISPUTED.some(({ action }) => action.test(what)) : isDisputed(what, allow)) &&
        (kind !== 'condition key' || isCarriedByNone(what, allow)),
    )
    .map((grant) => (grant.kind === 'resource' ? { ...grant, what: written.get(grant.what) ?? grant.what } : grant));
}

/** What stands for the values of a deployment: none of them has a colon or a slash in it. */
const SAMPLES: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
};

/** The same with plain names where only the deployment knows them, so that they are not taken for more than one part. */
function withName(resource: PolicyText): PolicyText {
  const [first] = resource;
  return typeof first === 'string' && first.startsWith('arn:')
    ? text(...resource.map((part, at) => sample(part, resource[at - 1])))
    : resource;
}

function sample(part: PolicyText[number], before: PolicyText[number] | undefined): PolicyText[number] {
  if (typeof part === 'string' || !part.atom.endsWith('.Ref')) {
    return typeof part === 'string' ? part : (SAMPLES[part.atom] ?? part);
  }
  // Names of parameters may begin with the slash, and the CDK writes them behind `parameter` then.
  return typeof before === 'string' && before.endsWith(':parameter') ? '/name' : 'name';
}

/** Whether no action of a statement carries a condition key. Where some do, the others may well be meant to be left out. */
function isCarriedByNone(key: string, { statement: { action } }: AppStatement): boolean {
  return !action.patterns.flatMap(expansionOf).some((name) => supplies(name, key));
}

/** Whether a statement gives an action on a resource that it may well be about, whatever the reference says. */
function isDisputed(resource: string, { statement }: AppStatement): boolean {
  return DISPUTED.some(
    ({ action, resource: form }) =>
      form.test(resource) && statement.action.patterns.flatMap(expansionOf).some((name) => action.test(name)),
  );
}
