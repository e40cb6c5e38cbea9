import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyStatement } from '../../policy/document/policy-document';
import { type Atom, displayText, literalOf, type PolicyText, text } from '../../policy/document/text';
import { type DeadGrant, deadGrants } from '../../policy/measure/dead-grant';
import { supplies } from '../../policy/reference/service-reference';
import { statementsReaching } from '../judging/grants/allow-statements';
import { expansionOf } from '../judging/grants/allowed-actions';
import { sameText } from '../judging/grants/known-resource';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An action that is also written on resources which the service reference does not give it. */
interface Apart {
  readonly action: RegExp;
  readonly resource: RegExp;
}

/** Lists that AWS's own guides and the CDK give on resources: no harm where AWS takes them on `*` alone. */
const LISTS: readonly Apart[] = [
  { action: /^logs:DescribeLogGroups$/i, resource: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group/ },
  { action: /^ssm:DescribeParameters$/i, resource: /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter/ },
];

/** Guides and the CDK write them on a browser, and reports needed `*`. Who is right only a test in an account shows. */
const DISPUTED: readonly Apart[] = [
  {
    action: /^bedrock-agentcore:ConnectBrowser(Automation|LiveView)Stream$/i,
    resource: /^arn:[^:]*:bedrock-agentcore:[^:]*:[^:]*:browser(-custom)?\//,
  },
];

/** The reference has these types in the account `aws` alone, and guides write their own browsers and interpreters so. */
const DISPUTED_RESOURCE = /^arn:[^:]*:bedrock-agentcore:[^:]*:[^:]*:(browser|code-interpreter)\//;
const ON_DISPUTED_RESOURCE = /^bedrock-agentcore:\w*(Browser|CodeInterpreter)/i;

/** Keys that the reference lists for one action, and that the guides write on its siblings. */
const CARRIED_BY_SIBLINGS: readonly { readonly key: RegExp; readonly actions: RegExp }[] = [
  { key: /^bedrock-agentcore:userid$/i, actions: /^bedrock-agentcore:\w+ForUser(Id)?$/ },
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
    const known = new Map<PolicyStatement, readonly DeadPart[]>();
    for (const { statement } of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Allow')) {
      let dead = known.get(statement.statement);
      if (dead === undefined) {
        dead = deadPartsOf(statement, app);
        known.set(statement.statement, dead);
      }
      const sure = dead.filter((part) => !part.disputed);
      if (sure.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `In ${whereIs(statement)} a part can never apply: ${listed(sure.map(({ shown }) => shown))}.`,
          ...(sure.every(({ kind }) => kind === 'condition key') ? { fix: KEY_FIX } : {}),
        };
      } else if (dead.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          severity: 'info',
          message: `In ${whereIs(statement)} a part may never apply: ${listed(dead.map(({ shown }) => shown))}.`,
          undecided:
            'guides of AWS write it like this, and the service reference says that the action takes no such resource',
          fix: 'Try it in an account. Where it is denied, give the action a statement of its own, on the resource that the reference says.',
        };
      }
    }
  },
};

const KEY_FIX = 'Leave the condition out, or write a key that requests for the action carry.';

interface DeadPart {
  readonly kind: DeadGrant['kind'];
  /** In the words of the template, with the reason. */
  readonly shown: string;
  readonly disputed: boolean;
}

function deadPartsOf(allow: AppStatement, app: AppModel): DeadPart[] {
  const { action, resource } = allow.statement;
  const resources = (resource?.patterns ?? []).map((pattern) => {
    const literal = literalOf(pattern);
    if (literal !== undefined) {
      return { written: literal, spelled: pattern, key: literal };
    }
    const spelled = isPlainName(pattern, app)
      ? text(displayText(pattern))
      : sameText(withName(app.spelled(pattern), app));
    return { written: displayText(pattern), spelled, key: displayText(spelled) };
  });
  const spelled = resource && { ...resource, patterns: resources.map((one) => one.spelled) };
  const statement = { ...allow.statement, ...(spelled === undefined ? {} : { resource: spelled }) };
  const dead = deadGrants({ version: allow.version, statements: [statement] }).filter(
    ({ kind, what, reason }) =>
      // An action that does not exist has a rule of its own.
      !reason.startsWith('no such action') && (kind !== 'condition key' || isCarriedByNone(what, allow)),
  );
  if (dead.length === 0) {
    return [];
  }
  const idle = new Set(dead.flatMap(({ kind, what }) => (kind === 'resource' ? [what] : [])));
  const used = resources.filter(({ key }) => !idle.has(key));
  // Where none of the resources is of use, the actions say it all.
  const givesNothing = used.length === 0 && dead.some(({ kind }) => kind === 'action');
  const where = givesNothing ? ` on ${listed(resources.map(({ written }) => written))}` : '';
  const isDisputedThere = (name: string): boolean =>
    ON_DISPUTED_RESOURCE.test(name) && resources.some(({ key }) => DISPUTED_RESOURCE.test(key));
  return dead.flatMap(({ kind, what, reason }): DeadPart[] => {
    switch (kind) {
      case 'condition key':
        return [{ kind, shown: `${what} (${reason})`, disputed: false }];
      case 'action':
        return isAction(LISTS, what)
          ? []
          : [
              {
                kind,
                shown: `${what}${where} (${reason})`,
                disputed: isAction(DISPUTED, what) || isDisputedThere(what),
              },
            ];
      default: {
        if (givesNothing || used.some(({ key }) => isPartOf(what, key)) || isFor(LISTS, what, action.patterns)) {
          return [];
        }
        const written = resources.find(({ key }) => key === what)?.written ?? what;
        return [
          {
            kind,
            shown: `${written} (${reason})`,
            disputed: DISPUTED_RESOURCE.test(what) || isFor(DISPUTED, what, action.patterns),
          },
        ];
      }
    }
  });
}

function isAction(apart: readonly Apart[], name: string): boolean {
  return apart.some(({ action }) => action.test(name));
}

/** Whether a resource that nothing else uses stands there for an action that is told apart. */
function isFor(apart: readonly Apart[], resource: string, actions: readonly PolicyText[]): boolean {
  return apart.some(
    (row) => row.resource.test(resource) && actions.flatMap(expansionOf).some((name) => row.action.test(name)),
  );
}

/** Buckets and their objects are two things. */
const BUCKET = /:s3:/;
/** What guides of AWS write below a runtime, a harness or a vault, and is neither an endpoint nor a provider. */
const MISSPELT =
  /:bedrock-agentcore:[^:]*:[^:]*:(runtime|harness|token-vault)\/[^/]+\/(?!(runtime|harness)-endpoint|\w+credentialprovider|[*?])/;

/** Whether a resource is a part of another, such as an index of a table. */
function isPartOf(what: string, whole: string): boolean {
  return !BUCKET.test(whole) && !MISSPELT.test(what) && (what.startsWith(`${whole}/`) || what.startsWith(`${whole}:`));
}

/** What stands for the values of a deployment: none of them has a colon or a slash in it. */
const SAMPLES: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
};

/** What the names that CloudFormation makes consist of. */
const GENERATED = /\.AWS::StackName$| end of its name$/;

/** Types of which `Ref` answers a name, an id or a URL, which is no resource to IAM. */
const NAMED_BY_REF: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECR::Repository',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
]);

/** Whether a resource begins with `Ref` to something where its ARN has to stand. */
function isPlainName([first]: PolicyText, app: AppModel): boolean {
  return (
    typeof first === 'object' && first.atom.endsWith('.Ref') && NAMED_BY_REF.has(app.resourceOf([first])?.type ?? '')
  );
}

/** The same with plain names where only the deployment knows them, so that they are not taken for more than one part. */
function withName(resource: PolicyText, app: AppModel): PolicyText {
  const [first] = resource;
  return typeof first === 'string' && first.startsWith('arn:')
    ? text(...resource.map((part, index) => sample(part, resource[index - 1], app)))
    : resource;
}

function sample(part: PolicyText[number], before: PolicyText[number] | undefined, app: AppModel): PolicyText[number] {
  if (typeof part === 'string') {
    return part;
  }
  const isOneName = GENERATED.test(part.atom) || (part.atom.endsWith('.Ref') && isName(part, before, app));
  return isOneName ? 'name' : (SAMPLES[part.atom] ?? part);
}

/** Whether a reference is one name and nothing more: a parameter may hold `/path/name`, or all of an ARN's last part. */
function isName(part: Atom, before: PolicyText[number] | undefined, app: AppModel): boolean {
  const literal = typeof before === 'string' ? before : '';
  if (/#[^#]*(path|prefix|object|folder)[^#.]*\.Ref$/i.test(part.atom) && app.resourceOf([part]) === undefined) {
    return false;
  }
  return (
    literal.endsWith('/') ||
    (literal.endsWith(':') && (literal.endsWith(':s3:::') || app.resourceOf([part]) !== undefined))
  );
}

/** Whether no action of a statement carries a condition key. Where some do, the others may well be meant to be left out. */
function isCarriedByNone(key: string, { statement: { action } }: AppStatement): boolean {
  const siblings = CARRIED_BY_SIBLINGS.filter((row) => row.key.test(key));
  return !action.patterns
    .flatMap(expansionOf)
    .some((name) => supplies(name, key) || siblings.some(({ actions }) => actions.test(name)));
}
