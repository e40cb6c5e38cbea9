import { targetsOf } from '../../../access/app/app-agents';
import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import type { Value } from '../../../access/app/value';
import { type PolicyText, text } from '../../../policy/document/text';
import { agentIndex } from '../reach/agent-index';
import { gatewaysOf } from './gateways-of';
import { toolsOf } from './tools-of';

/** Something that an agent is made from: code, an image, a schema of its tools. */
export interface Artifact {
  readonly kind: 'image' | 'object' | 'secret';
  /** What it is to the agent, such as `API schema`. */
  readonly what: string;
  /** The resource that takes it. */
  readonly holder: AppResource;
  /** The URI of an image, the name of a bucket, or the ARN of a secret. */
  readonly place: PolicyText;
  /** The key of an object. */
  readonly key?: PolicyText;
  /** Whether a digest or a version pins it, so that another one in its place is not taken. */
  readonly pinned: boolean;
}

/** What the agents that run with a role, and their tools, are made from. */
export function artifactsOf(app: AppModel, role: AppRole): Artifact[] {
  const agents = agentIndex(app).byRole.get(role) ?? [];
  const gateways = agents.flatMap((agent) => gatewaysOf(app, agent, role));
  const functions = toolsOf(app, role).flatMap(({ resource }) => resource ?? []);
  const holders = new Set([
    ...agents.map(({ resource }) => resource),
    ...gateways.flatMap((gateway) => targetsOf(gateway, app)),
    ...functions,
  ]);
  for (const layer of [...holders].flatMap((holder) => layersOf(app, holder))) {
    holders.add(layer);
  }
  return [...holders].flatMap(artifactsIn);
}

/** The layers of the app that a function runs with: they are code of it as its own package is. */
function layersOf(app: AppModel, holder: AppResource): AppResource[] {
  if (!/^AWS::(Lambda|Serverless)::Function$/.test(holder.type)) {
    return [];
  }
  const named = holder
    .get('Layers')
    .items()
    .flatMap((layer) => layer.texts());
  return named.flatMap((layer) => app.resourceOf(layer, holder) ?? []);
}

function artifactsIn(holder: AppResource): Artifact[] {
  const of = (kind: Artifact['kind'], what: string) => (found: Partial<Artifact> & Pick<Artifact, 'place'>) => ({
    kind,
    what,
    holder,
    pinned: false,
    ...found,
  });
  switch (holder.type) {
    case 'AWS::Bedrock::Agent':
      return objects(
        holder
          .get('ActionGroups')
          .items()
          .map((group) => group.get('ApiSchema', 'S3')),
        'S3BucketName',
        'S3ObjectKey',
      ).map(of('object', 'API schema'));
    case 'AWS::Bedrock::Flow':
      return objects([holder.get('DefinitionS3Location')], 'Bucket', 'Key', 'Version').map(
        of('object', 'flow definition'),
      );
    case 'AWS::BedrockAgentCore::Runtime':
      return [
        ...images(holder.get('AgentRuntimeArtifact', 'ContainerConfiguration', 'ContainerUri')).map(
          of('image', 'image'),
        ),
        ...objects(
          [holder.get('AgentRuntimeArtifact', 'CodeConfiguration', 'Code', 'S3')],
          'Bucket',
          'Prefix',
          'VersionId',
        ).map(of('object', 'code')),
      ];
    case 'AWS::BedrockAgentCore::Harness':
      return [
        ...images(holder.get('EnvironmentArtifact', 'ContainerConfiguration', 'ContainerUri')).map(
          of('image', 'image'),
        ),
        ...uris(holder.get('Skills')).map(of('object', 'skill')),
        ...uris(holder.get('SystemPrompt')).map(of('object', 'prompt')),
      ];
    case 'AWS::BedrockAgentCore::GatewayTarget':
      return uris(holder.get('TargetConfiguration')).map(of('object', 'tool schema'));
    case 'AWS::BedrockAgentCore::BrowserCustom':
    case 'AWS::BedrockAgentCore::CodeInterpreterCustom':
      return [
        ...objects(
          holder
            .get('EnterprisePolicies')
            .items()
            .map((policy) => policy.get('Location')),
          'Bucket',
          'Prefix',
          'VersionId',
        ).map(of('object', 'browser policy')),
        ...objects(
          holder
            .get('Certificates')
            .items()
            .flatMap((item) => [item.get('CertificateLocation', 'S3'), item.get('S3')]),
          'Bucket',
          'Prefix',
          'VersionId',
        ).map(of('object', 'certificate')),
        ...uris(holder.get('Certificates')).map(of('object', 'certificate')),
        ...holder
          .get('Certificates')
          .items()
          .flatMap((item) => item.get('CertificateLocation', 'SecretArn').texts())
          .map((place) => of('secret', 'certificate')({ place })),
      ];
    case 'AWS::Lambda::Function':
      return [
        ...images(holder.get('Code', 'ImageUri')).map(of('image', 'image')),
        ...objects([holder.get('Code')], 'S3Bucket', 'S3Key', 'S3ObjectVersion').map(of('object', 'code')),
      ];
    case 'AWS::Lambda::LayerVersion':
      return objects([holder.get('Content')], 'S3Bucket', 'S3Key', 'S3ObjectVersion').map(of('object', 'code'));
    case 'AWS::Serverless::Function':
      return [
        ...images(holder.get('ImageUri')).map(of('image', 'image')),
        ...uris(holder.get('CodeUri')).map(of('object', 'code')),
      ];
    case 'AWS::ECS::TaskDefinition':
      return holder
        .get('ContainerDefinitions')
        .items()
        .flatMap((container) => images(container.get('Image')).map(of('image', 'image')));
    default:
      return [];
  }
}

type Found = Pick<Artifact, 'place' | 'pinned'> & { readonly key?: PolicyText };

function images(uri: Value): Found[] {
  return uri
    .texts()
    .map((place) => ({ place, pinned: place.some((part) => typeof part === 'string' && part.includes('@sha256:')) }));
}

function objects(locations: readonly Value[], bucket: string, key: string, version?: string): Found[] {
  return locations.flatMap((location) => {
    const keys = location.get(key).presence === 'never' ? [text()] : location.get(key).texts();
    return location
      .get(bucket)
      .texts()
      .flatMap((place) =>
        keys.map((name) => ({
          place,
          key: name,
          pinned: version !== undefined && location.get(version).presence === 'always',
        })),
      );
  });
}

/** The objects that stand somewhere in a property as `s3://bucket/key`. */
function uris(property: Value): Found[] {
  return property.everyText().flatMap(({ text: uri }) => {
    const [first, ...rest] = uri;
    if (typeof first !== 'string' || !first.startsWith('s3://')) {
      return [];
    }
    const path = text(first.slice('s3://'.length), ...rest);
    const at = path.findIndex((part) => typeof part === 'string' && part.includes('/'));
    const part = path[at];
    if (typeof part !== 'string') {
      return [];
    }
    const slash = part.indexOf('/');
    return [
      {
        place: text(...path.slice(0, at), part.slice(0, slash)),
        key: text(part.slice(slash + 1), ...path.slice(at + 1)),
        pinned: false,
      },
    ];
  });
}

/** The repository of an image's URI: its resource in the app, else its name. */
export function repositoryOf(
  app: AppModel,
  uri: PolicyText,
  from: AppResource,
): { readonly resource?: AppResource; readonly name?: PolicyText } {
  const repository = uri.flatMap((part) => {
    const key =
      typeof part === 'object' ? /^(\{.+\})\.(Ref|RepositoryUri|RepositoryName|Arn)$/.exec(part.atom)?.[1] : undefined;
    const resource =
      key === undefined ? undefined : app.ofType('AWS::ECR::Repository').find((other) => other.key === key);
    return resource ?? [];
  })[0];
  if (repository !== undefined) {
    return { resource: repository };
  }
  const slash = uri.findIndex((part) => typeof part === 'string' && part.includes('/'));
  const part = uri[slash];
  if (typeof part !== 'string') {
    return {};
  }
  const path = text(part.slice(part.indexOf('/') + 1), ...uri.slice(slash + 1));
  const name = withoutTag(path);
  const resource = app.resourceCalled('AWS::ECR::Repository', name, from);
  return { ...(resource === undefined ? {} : { resource }), name };
}

function withoutTag(path: PolicyText): PolicyText {
  const at = path.findIndex((part) => typeof part === 'string' && /[:@]/.test(part));
  const part = path[at];
  return typeof part === 'string' ? text(...path.slice(0, at), part.slice(0, part.search(/[:@]/))) : path;
}
