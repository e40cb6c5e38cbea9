import type { AppAgent } from '../../../access/app/app-agent';
import { functionOf, targetsOf } from '../../../access/app/app-agents';
import type { AppModel } from '../../../access/app/app-model';
import { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { resourceKeysIn } from '../../../access/app/resource-keys';
import { displayText, literalOf, type PolicyText, text } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { BROWSING, OBJECT_READ, RETRIEVAL, WEB_SEARCH } from '../../action-sets/untrusted-input';
import { ActionSet } from '../grants/allowed-actions';
import { actionGrants } from '../grants/judged-grants';
import { onceForApp } from '../once-for-app';
import { listed } from '../shown';
import { gatewaysOf } from '../tools/gateways-of';

/** A way in which text that anybody can have written comes to an agent. */
export interface UntrustedInput {
  /** Such as `searches the web (bedrock-websearch:InvokeSearch)`. */
  readonly shown: string;
  /** The statements that let it in; none where a resource does. */
  readonly statements: readonly AppStatement[];
}

const CRAWLED = 'retrieves what was crawled from the web or from another system';
const SYSTEM_TOOL = new ActionSet('bedrock:InvokeTool');

/** Where text that anybody can have written comes to an agent from: by its role, and by what it is connected to. */
export function untrustedInputs(app: AppModel, role: AppRole, agents: readonly AppAgent[]): UntrustedInput[] {
  const inputs: UntrustedInput[] = [];
  const by = (
    set: ActionSet,
    what: string,
    counts: (resources: readonly PolicyText[]) => boolean = () => true,
  ): void => {
    const grants = actionGrants(app, role, set).filter(({ resources }) => counts(resources));
    if (grants.length > 0) {
      const actions = [...new Set(grants.map(({ action }) => action.name))];
      inputs.push({ shown: `${what} (${listed(actions)})`, statements: grants.map(({ statement }) => statement) });
    }
  };
  by(WEB_SEARCH, 'reads the web');
  by(BROWSING, 'steers a browser');
  by(SYSTEM_TOOL, 'searches the web', (resources) =>
    resources.some((resource) => !/code_?interpreter/i.test(displayText(resource))),
  );
  const crawled = crawledBases(app);
  if (crawled.length > 0) {
    by(RETRIEVAL, CRAWLED, (resources) =>
      crawled.some((base) =>
        resources.some((resource) =>
          base instanceof AppResource
            ? app.covers(resource, base)
            : isNamedIn(resource, 'bedrock', text('knowledge-base/', base)),
        ),
      ),
    );
  }
  const mailed = mailboxes(app);
  if (mailed.length > 0) {
    by(OBJECT_READ, 'reads mail that comes in', (resources) =>
      mailed.some(({ bucket, below }) =>
        resources.some((resource) =>
          bucket instanceof AppResource
            ? app.covers(resource, bucket, below)
            : isNamedIn(resource, 's3', text(bucket, below)),
        ),
      ),
    );
  }
  for (const agent of agents) {
    const bases = namedBases(agent.resource, app);
    const isOwn = crawled.some((base) => bases.has(base instanceof AppResource ? base.key : (literalOf(base) ?? '')));
    if (isOwn && !inputs.some(({ shown }) => shown.startsWith(CRAWLED))) {
      inputs.push({ shown: `${CRAWLED} (its knowledge base)`, statements: [] });
    }
    if (isOpenToAll(agent.resource, app)) {
      inputs.push({ shown: 'is called by anybody (a public address)', statements: [] });
    }
    for (const gateway of gatewaysOf(app, agent, role)) {
      if (targetsOf(gateway, app).some((target) => hasRemoteServer(target))) {
        inputs.push({ shown: `uses tools of a remote MCP server (gateway ${gateway.title})`, statements: [] });
      }
    }
  }
  return inputs;
}

/** Sources outside AWS: what stands in them, others write. */
const OUTSIDE: ReadonlySet<string> = new Set(['WEB', 'CONFLUENCE', 'SALESFORCE', 'SHAREPOINT']);

/** The knowledge bases with a source that crawls the web or another system: of the app, or by their ids. */
const crawledBases = onceForApp((app): readonly (AppResource | PolicyText)[] =>
  app
    .ofType('AWS::Bedrock::DataSource')
    .filter((source) =>
      source
        .get('DataSourceConfiguration', 'Type')
        .literals()
        .some((type) => OUTSIDE.has(type)),
    )
    .flatMap((source) =>
      source
        .get('KnowledgeBaseId')
        .texts()
        .flatMap((base): (AppResource | PolicyText)[] => {
          const own = app.placeOf(base, source)?.resource;
          return own === undefined && literalOf(base) === undefined ? [] : [own ?? base];
        }),
    ),
);

/** Whether what stands in a Resource covers something outside the app, by the end of its ARN. */
function isNamedIn(resource: PolicyText, service: string, tail: PolicyText): boolean {
  const parts = arnParts(resource);
  return parts?.tail === undefined
    ? literalOf(resource) === '*'
    : literalOf(parts.service) === service && matchesGlob(compileGlob(globTokens(parts.tail)), tail);
}

/** The knowledge bases that an agent names: their keys, or their ids. */
function namedBases(agent: AppResource, app: AppModel): ReadonlySet<string> {
  return new Set(
    agent
      .get('KnowledgeBases')
      .items()
      .flatMap((item) => item.get('KnowledgeBaseId').texts())
      .flatMap((base) => app.placeOf(base, agent)?.resource.key ?? literalOf(base) ?? []),
  );
}

/** The buckets that take in mail, of the app or by their names, and where. */
const mailboxes = onceForApp((app): readonly { bucket: AppResource | PolicyText; below: PolicyText }[] =>
  app.ofType('AWS::SES::ReceiptRule').flatMap((rule) =>
    rule
      .get('Rule', 'Actions')
      .items()
      .flatMap((item) => {
        const prefix = item.get('S3Action', 'ObjectKeyPrefix').texts()[0] ?? [];
        return item
          .get('S3Action', 'BucketName')
          .texts()
          .flatMap((name) => {
            const bucket = app.resourceCalled('AWS::S3::Bucket', name, rule);
            const below = text('/', prefix, { atom: `${rule.key} mail` });
            return bucket === undefined && literalOf(name) === undefined ? [] : [{ bucket: bucket ?? name, below }];
          });
      }),
  ),
);

/** What anybody can call without signing in, by a URL or an API: the functions, and the keys of what APIs name. */
const openToAll = onceForApp(
  (app): { readonly called: ReadonlySet<AppResource>; readonly keys: ReadonlySet<string> } => {
    const urls = app
      .ofType('AWS::Lambda::Url')
      .filter((url) => url.get('AuthType').literals().includes('NONE'))
      .flatMap((url) =>
        url
          .get('TargetFunctionArn')
          .texts()
          .flatMap((named) => functionOf(named, app, url) ?? []),
      );
    const methods = app
      .ofType('AWS::ApiGateway::Method')
      .filter((method) => method.get('AuthorizationType').literals().includes('NONE'))
      .flatMap((method) => method.get('Integration', 'Uri').texts());
    const routes = app
      .ofType('AWS::ApiGatewayV2::Route')
      .filter((route) => {
        const asked = route.get('AuthorizationType');
        return asked.presence !== 'always' || asked.literals().includes('NONE');
      })
      .flatMap((route) => route.get('Target').texts());
    const routed = resourceKeysIn(routes);
    const integrations = app
      .ofType('AWS::ApiGatewayV2::Integration')
      .filter(({ key }) => routed.has(key))
      .flatMap((integration) => integration.get('IntegrationUri').texts());
    return { called: new Set(urls), keys: resourceKeysIn([...methods, ...integrations]) };
  },
);

function isOpenToAll(agent: AppResource, app: AppModel): boolean {
  const { called, keys } = openToAll(app);
  return called.has(agent) || keys.has(agent.key);
}

/** Whether a gateway's target is an MCP server on the internet, and not a runtime of AgentCore. */
export function hasRemoteServer(target: AppResource): boolean {
  return target
    .get('TargetConfiguration', 'Mcp', 'McpServer', 'Endpoint')
    .texts()
    .some((endpoint) => !/^https:\/\/bedrock-agentcore\./.test(literalOf(endpoint.slice(0, 1)) ?? ''));
}
