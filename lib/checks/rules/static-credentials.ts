import { toolFunctions } from '../../access/app/app-agents';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppStatement } from '../../access/app/app-statement';
import { displayText, type PolicyText } from '../../policy/document/text';
import { ActionSet } from '../judging/grants/allowed-actions';
import { grantsOf } from '../judging/grants/role-grants';
import {
  credentialIn,
  credentialVariable,
  isSdkCredential,
  isSecretReference,
  isSecretVariable,
} from '../judging/identity/credentials';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const READS_SECRETS = new ActionSet('secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue');
const ASKS_MODELS = new ActionSet(
  'bedrock:InvokeModel*',
  'bedrock:InvokeAgent',
  'bedrock:InvokeFlow',
  'bedrock:InvokeInlineAgent',
  'bedrock-agentcore:InvokeAgentRuntime*',
);

/** What runs agents, when a tag says so. */
const HOSTS = ['AWS::Lambda::Function', 'AWS::Serverless::Function', 'AWS::ECS::TaskDefinition'];

/** Static credentials. */
export const STATIC_CREDENTIALS: Rule = {
  name: 'static-credentials',
  group: 'ID',
  severity: 'error',
  title: 'An agent has credentials that do not end: keys of an IAM user, or a secret in its environment or its texts.',
  why: 'What stands in an environment, a prompt or a template is read by whoever can describe the resource, and by the model. It works from anywhere until somebody rotates it.',
  fix: 'Let the agent use the credentials of its role (ScopedAgentRole). Keep other secrets in Secrets Manager or the AgentCore token vault, and give the agent the ARN with AgentAccessGrant.',
  frameworks: ['OWASP NHI2', 'OWASP NHI7', 'OWASP ASI03', 'NIST SP 800-207 tenet 3', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const resources = resourcesOf(app);
    const known = new Set(resources);
    for (const resource of resources) {
      const variables = variablesOf(resource);
      const found = variables.flatMap(({ name, value, injected }) => {
        const why = isKeyOfUser(value, app)
          ? `${name} holds the key of an IAM user`
          : injected
            ? isSdkCredential(name) && `${name} is a credential`
            : isSecretVariable(name) && isHiddenParameter(value, app)
              ? `${name} holds the value of a NoEcho parameter`
              : credentialVariable(name, displayText(value));
        return why ? [why] : [];
      });
      if (found.length > 0) {
        yield {
          resource,
          cause: ['environment', ...found],
          message: `The environment of ${resource.title} has static credentials: ${listed([...new Set(found)])}.`,
        };
      }
      const texts = textsOf(resource, app);
      if (texts.length > 0) {
        yield {
          resource,
          cause: ['texts', ...texts],
          message: `The texts of ${resource.title} have static credentials: ${listed(texts)}.`,
        };
      }
    }
    for (const resource of app.ofType(...HOSTS).filter((host) => !known.has(host))) {
      const names = variablesOf(resource).map(({ name }) => name);
      if (names.some((name) => /^AWS_BEARER_TOKEN_BEDROCK$/i.test(name))) {
        yield {
          resource,
          severity: 'warning',
          cause: ['looks like an agent'],
          message: `${resource.title} has AWS_BEARER_TOKEN_BEDROCK in its environment: it looks like an agent with a static credential.`,
        };
      }
    }
    if (resources.length > 0) {
      for (const parameter of app.parameters) {
        const name = parameter.logicalId.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
        if (credentialVariable(name, parameter.fallback) !== undefined) {
          yield {
            resource: parameter,
            cause: ['default'],
            message: `The default of the parameter ${parameter.logicalId} is a credential.`,
          };
        }
      }
    }
    yield* users(app);
  },
};

/** The agents, their tools, what else runs with their roles, and what they are told. */
function resourcesOf(app: AppModel): AppResource[] {
  const told = app.resources.filter(({ type }) =>
    /^AWS::(Bedrock::(Agent|Flow|FlowVersion|Prompt|PromptVersion)|BedrockAgentCore::\w+)$/.test(type),
  );
  return [
    ...new Set([
      ...app.agents.map(({ resource }) => resource),
      ...toolFunctions(app),
      ...app.rolesOf('agent', 'agent-tool').flatMap(({ uses }) => uses.map(({ resource }) => resource)),
      ...told,
    ]),
  ];
}

interface Variable {
  readonly name: string;
  readonly value: PolicyText;
  /** Whether ECS puts the value of the secret there, which is named by its ARN. */
  readonly injected: boolean;
}

function variablesOf(resource: AppResource): Variable[] {
  const maps = [resource.get('Environment', 'Variables'), resource.get('EnvironmentVariables')];
  const listedIn = (container: ReturnType<AppResource['get']>, list: string, value: string): Variable[] =>
    container
      .get(list)
      .items()
      .flatMap((item) =>
        item
          .get('Name')
          .literals()
          .flatMap((name) =>
            item
              .get(value)
              .texts()
              .map((text) => ({ name, value: text, injected: list === 'Secrets' })),
          ),
      );
  return [
    ...maps
      .flatMap((map) => map.entries())
      .flatMap(([name, value]) => value.texts().map((text) => ({ name, value: text, injected: false }))),
    ...resource
      .get('ContainerDefinitions')
      .items()
      .flatMap((container) => [
        ...listedIn(container, 'Environment', 'Value'),
        ...listedIn(container, 'Secrets', 'ValueFrom'),
      ]),
  ];
}

/** Properties whose text a model reads. */
const TOLD = /^(Instruction|SystemPrompt|BasePromptTemplate|Text|Payload|InlinePayload|Description)$/;

const IN_ENVIRONMENT: ReadonlySet<string> = new Set(['Environment', 'EnvironmentVariables', 'Secrets']);
/** No form of a credential is shorter. */
const SHORTEST = 6;

/** What the instructions, prompts, schemas and other texts of a resource give away. */
function textsOf(resource: AppResource, app: AppModel): string[] {
  const found: string[] = [];
  for (const { path, text } of resource.properties.everyText()) {
    const shown = displayText(text);
    if (shown.length < SHORTEST || path.some((name) => IN_ENVIRONMENT.has(name))) {
      continue;
    }
    const names = path.filter((name) => name !== '[]');
    const form = isKeyOfUser(text, app)
      ? 'the key of an IAM user'
      : names.some((name) => TOLD.test(name)) && isSecretReference(shown)
        ? 'the value of a secret'
        : credentialIn(`${names.at(-1) ?? ''}: ${shown}`);
    if (form !== undefined) {
      found.push(`${form} in ${names.join('.')}`);
    }
  }
  return [...new Set(found)];
}

/** Whether a text is the value of a parameter that its author keeps out of sight: in an environment it is in sight. */
function isHiddenParameter([only, ...more]: PolicyText, app: AppModel): boolean {
  return (
    more.length === 0 &&
    typeof only === 'object' &&
    app.parameters.some(({ hidden, stack, logicalId }) => hidden && only.atom === `{${stack}#${logicalId}}.Ref`)
  );
}

function isKeyOfUser(text: PolicyText, app: AppModel): boolean {
  return keysIn(text, app).length > 0;
}

/** The access keys whose secret is part of a text. */
function keysIn(text: PolicyText, app: AppModel): AppResource[] {
  const secrets = text.flatMap((part) =>
    typeof part === 'object' && part.atom.endsWith(SECRET) ? part.atom.slice(0, -SECRET.length) : [],
  );
  return secrets.length === 0 ? [] : app.ofType('AWS::IAM::AccessKey').filter(({ key }) => secrets.includes(key));
}

const SECRET = '.SecretAccessKey';

/** IAM users that are agents, and access keys that agents can read. */
function* users(app: AppModel): Iterable<Observation> {
  const keys = app.ofType('AWS::IAM::AccessKey');
  const attached = keys.length === 0 ? new Map<AppResource, AppResource[]>() : policiesOfUsers(app);
  const byUser = new Map<AppResource | undefined, AppResource[]>();
  for (const key of keys) {
    const [named] = key.get('UserName').texts();
    const user = named && app.resourceCalled('AWS::IAM::User', named, key);
    byUser.set(user, [...(byUser.get(user) ?? []), key]);
  }
  for (const user of app.ofType('AWS::IAM::User')) {
    const own = byUser.get(user) ?? [];
    if (user.tag('PrincipalType').some((type) => /^agent(tool)?$/i.test(type))) {
      yield {
        resource: user,
        cause: ['user'],
        message: `${user.title} is an IAM user and tagged as an agent: its credentials are static.`,
      };
      for (const key of own) {
        yield {
          resource: key,
          cause: ['key'],
          message: `${key.title} is an access key of ${user.title}, which is tagged as an agent.`,
        };
      }
    } else if (own.length > 0 && user.get('LoginProfile').presence === 'never' && asksModels(user, attached, app)) {
      yield {
        resource: own[0] ?? user,
        severity: 'warning',
        cause: ['looks like an agent'],
        message: `${user.title} has an access key and may ask models or agents, and no password: it looks like an agent with static credentials.`,
      };
    }
  }
  const readable = keys.length === 0 ? [] : app.ofType('AWS::SecretsManager::Secret');
  for (const secret of readable) {
    const kept = secret
      .get('SecretString')
      .everyText()
      .flatMap(({ text }) => keysIn(text, app));
    const reader = app
      .rolesOf('agent', 'agent-tool')
      .find((role) =>
        grantsOf(role, READS_SECRETS).some(({ resources }) => resources.some((pattern) => app.covers(pattern, secret))),
      );
    if (kept[0] !== undefined && reader !== undefined) {
      yield {
        resource: kept[0],
        cause: ['secret', secret.key],
        message: `${kept[0].title} is an access key that ${reader.resource.title} reads from ${secret.title}: the agent acts as an IAM user.`,
      };
    }
  }
}

/** Whether a user may ask models or agents. */
function asksModels(user: AppResource, attached: ReadonlyMap<AppResource, AppResource[]>, app: AppModel): boolean {
  const inline = user
    .get('Policies')
    .items()
    .flatMap((policy) => app.statements(policy.get('PolicyDocument'), user, 'Policies'));
  const named = [
    ...(attached.get(user) ?? []),
    ...user
      .get('ManagedPolicyArns')
      .items()
      .flatMap((item) => item.texts())
      .flatMap((arn) => app.resourceCalled('AWS::IAM::ManagedPolicy', arn, user) ?? []),
  ].flatMap((policy): AppStatement[] => app.statements(policy.get('PolicyDocument'), policy, 'PolicyDocument'));
  return grantsOf({ statements: [...inline, ...named] }, ASKS_MODELS).length > 0;
}

/** The policies that name users, by user. */
function policiesOfUsers(app: AppModel): Map<AppResource, AppResource[]> {
  const found = new Map<AppResource, AppResource[]>();
  for (const policy of app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::UserPolicy')) {
    for (const item of [...policy.get('Users').items(), ...policy.get('UserName').items()]) {
      for (const named of item.texts()) {
        const user = app.resourceCalled('AWS::IAM::User', named, policy);
        if (user !== undefined) {
          const policies = found.get(user) ?? [];
          policies.push(policy);
          found.set(user, policies);
        }
      }
    }
  }
  return found;
}
