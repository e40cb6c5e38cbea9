import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isRecord, type Template } from '../access/template';
import { InputError } from './input-error';

/** One stack or nested stack of a cloud assembly, with its template. */
export interface AssemblyStack {
  /** Path of its construct, such as `Prod/Claims`. */
  readonly path: string;
  /** Its name in CloudFormation; none for a nested stack, which CloudFormation names. */
  readonly name?: string;
  /** Its id in the manifest; none for a nested stack. */
  readonly artifactId?: string;
  /** Path of the nearest stack that is not nested: itself, or the one that holds it. */
  readonly topPath: string;
  /** For a nested stack: the path of the stack, and in it the resource, that deploys it. */
  readonly parent?: { readonly path: string; readonly logicalId: string };
  readonly templateFile: string;
  readonly template: Template;
  /** Account and region, where the app says them. */
  readonly environment: { readonly account?: string; readonly region?: string };
  /** What constructs of this stack and its nested stacks noted about themselves, by construct path. */
  readonly metadata: ReadonlyMap<string, readonly MetadataEntry[]>;
}

/** One note of a construct. */
export interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly metadata?: Readonly<Record<string, readonly MetadataEntry[]>>;
  readonly additionalMetadataFile?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** All stacks of the cloud assembly in a directory: of its Stages too, and the nested stacks within. */
export function readCloudAssembly(directory: string): AssemblyStack[] {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) {
    throw new InputError(
      `no cloud assembly in ${directory} (no manifest.json there); run cdk synth, or name it by --app`,
    );
  }
  const { artifacts = {} } = readJson(file) as { artifacts?: Readonly<Record<string, Artifact>> };
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly') {
      return readCloudAssembly(join(directory, String(artifact.properties?.directoryName)));
    }
    return artifact.type === 'aws:cloudformation:stack' ? readStack(directory, id, artifact) : [];
  });
}

function readStack(directory: string, artifactId: string, artifact: Artifact): AssemblyStack[] {
  const templateFile = join(directory, String(artifact.properties?.templateFile));
  const template = readJson(templateFile) as Template;
  const name = String(artifact.properties?.stackName ?? artifactId);
  const path = artifact.displayName?.replace(/ \([^()]*\)$/, '') ?? artifactId;
  const extra = artifact.additionalMetadataFile ? readJson(join(directory, artifact.additionalMetadataFile)) : {};
  const metadata = new Map<string, MetadataEntry[]>();
  for (const [construct, entries] of [...Object.entries(artifact.metadata ?? {}), ...Object.entries(extra)]) {
    const constructPath = construct.replace(/^\//, '');
    metadata.set(constructPath, [...(metadata.get(constructPath) ?? []), ...(entries as readonly MetadataEntry[])]);
  }
  const stack: AssemblyStack = {
    path,
    name,
    artifactId,
    topPath: path,
    templateFile,
    template,
    environment: environmentOf(artifact.environment),
    metadata,
  };
  return [stack, ...nestedStacks(directory, stack, assetSources(directory, `${artifactId}.assets.json`))];
}

/** The nested stacks of a stack, and theirs. Their templates are assets of the stack that is not nested. */
function nestedStacks(
  directory: string,
  stack: AssemblyStack,
  assets: Readonly<Record<string, string>>,
): AssemblyStack[] {
  return Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    if (resource.Type !== 'AWS::CloudFormation::Stack') {
      return [];
    }
    const url = JSON.stringify(resource.Properties?.TemplateURL ?? '');
    const asset = Object.keys(assets).find((hash) => url.includes(hash));
    const file = resource.Metadata?.['aws:asset:path'] ?? (asset === undefined ? undefined : assets[asset]);
    if (typeof file !== 'string' || !existsSync(join(directory, file))) {
      return [];
    }
    const nested: AssemblyStack = {
      path: nestedPath(stack, logicalId),
      topPath: stack.topPath,
      parent: { path: stack.path, logicalId },
      templateFile: join(directory, file),
      template: readJson(join(directory, file)) as Template,
      environment: stack.environment,
      metadata: stack.metadata,
    };
    return [nested, ...nestedStacks(directory, nested, assets)];
  });
}

/** CDK makes the resource of the nested stack `X` as `X.NestedStack/X.NestedStackResource`. */
function nestedPath(stack: AssemblyStack, logicalId: string): string {
  const ending = '.NestedStackResource';
  for (const [path, entries] of stack.metadata) {
    const isIt = entries.some(({ type, data }) => type === 'aws:cdk:logicalId' && data === logicalId);
    if (isIt && path.startsWith(`${stack.path}/`) && path.endsWith(ending)) {
      const id = basename(path).slice(0, -ending.length);
      return path.slice(0, path.length - `${id}.NestedStack/${id}${ending}`.length) + id;
    }
  }
  return `${stack.path}/${logicalId}`;
}

/** File of each template asset of a stack, by its hash. */
function assetSources(directory: string, file: string): Readonly<Record<string, string>> {
  const manifest = existsSync(join(directory, file)) ? readJson(join(directory, file)) : {};
  const files = isRecord(manifest.files) ? manifest.files : {};
  const sources = Object.entries(files).flatMap(([hash, entry]) => {
    const path = isRecord(entry) && isRecord(entry.source) ? entry.source.path : undefined;
    return typeof path === 'string' && path.endsWith('.json') ? [[hash, path] as const] : [];
  });
  return Object.fromEntries(sources);
}

function environmentOf(environment = ''): AssemblyStack['environment'] {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  return {
    ...(account === undefined || account === 'unknown-account' ? {} : { account }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
  };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`can't read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
