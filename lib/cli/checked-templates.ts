import { existsSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Acknowledgement } from '../access/app/acknowledgement';
import type { AppTemplate } from '../access/app/app-template';
import { isRecord } from '../access/template';
import { assemblyAcknowledgements } from './acknowledged-findings';
import { type AssemblyStack, readCloudAssembly } from './cloud-assembly';
import { InputError } from './input-error';
import { jsonIn } from './json-file';
import type { Terminal } from './terminal';
import { readTextFile, shownName } from './text-file';
import { yamlIn } from './yaml-template';

/** The templates of one app, and the file that each was read from. */
export interface CheckedTemplates {
  readonly templates: readonly AppTemplate[];
  /** By the name of the template. */
  readonly files: ReadonlyMap<string, string>;
  /** What the constructs of cloud assemblies acknowledged; absent where only templates were read. */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** Reads templates, or the cloud assemblies in directories, as one app: what one exports, another may import. */
export function checkedTemplates(places: readonly string[], terminal: Terminal): CheckedTemplates {
  const files = new Map<string, string>();
  const acknowledgements: Acknowledgement[] = [];
  const templates = places.flatMap((place) => {
    const stacks = isDirectory(place) ? assemblyStacks(place) : [];
    acknowledgements.push(...assemblyAcknowledgements(stacks));
    const found =
      stacks.length > 0
        ? stacks.map((stack) => ({ template: stackTemplate(stack), file: stack.templateFile }))
        : [fileTemplate(place, terminal)];
    return found.map(({ template, file }) => {
      const name = unusedName(template.name, files);
      files.set(name, file);
      return name === template.name ? template : { ...template, name };
    });
  });
  return { templates, files, ...(acknowledgements.length === 0 ? {} : { acknowledgements }) };
}

interface ReadTemplate {
  readonly template: AppTemplate;
  readonly file: string;
}

function isDirectory(place: string): boolean {
  return place !== '-' && existsSync(place) && statSync(place).isDirectory();
}

function assemblyStacks(directory: string): AssemblyStack[] {
  const stacks = readCloudAssembly(directory);
  if (stacks.length === 0) {
    throw new InputError(`the cloud assembly in ${directory} has no stack`);
  }
  return stacks;
}

function stackTemplate(stack: AssemblyStack): AppTemplate {
  requireTemplate(stack.template, stack.templateFile);
  const { parent, name } = stack;
  return {
    name: stack.path,
    body: { ...stack.template },
    ...stack.environment,
    ...(name === undefined ? {} : { stackName: name }),
    ...(parent === undefined ? {} : { parent: { template: parent.path, logicalId: parent.logicalId } }),
    constructPaths: constructPaths(stack),
  };
}

/** The paths of the constructs of a stack by logical id, without the one of its template's resource `Resource`. */
function constructPaths({ metadata }: AssemblyStack): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [path, entries] of metadata) {
    for (const { type, data } of entries) {
      if (type === 'aws:cdk:logicalId' && typeof data === 'string') {
        paths.set(data, path);
      }
    }
  }
  return paths;
}

function fileTemplate(place: string, terminal: Terminal): ReadTemplate {
  const text = readTextFile(place, terminal);
  const shown = shownName(place);
  const body = isYaml(place, text) ? yamlIn(text, shown) : jsonIn(text, shown);
  requireTemplate(body, shown);
  return {
    template: { name: place === '-' ? 'stdin' : basename(place), body: body as AppTemplate['body'] },
    file: place,
  };
}

/** By its name, or where that does not tell, by its first letter. */
function isYaml(place: string, text: string): boolean {
  return /\.ya?ml$/i.test(place) || !(/\.json$/i.test(place) || /^\s*[[{]/.test(text));
}

/** A file that is no template must not look like a template without findings. */
function requireTemplate(body: unknown, name: string): void {
  if (!isRecord(body) || !isRecord(body.Resources)) {
    const got = isRecord(body)
      ? body.Resources === undefined
        ? 'no Resources'
        : 'Resources that are no object'
      : 'no object';
    const hint =
      isRecord(body) && isRecord(body.artifacts) ? '; name the directory of the cloud assembly, not its manifest' : '';
    throw new InputError(`${name} is no CloudFormation template: it has ${got}${hint}`);
  }
}

function unusedName(wanted: string, taken: ReadonlyMap<string, string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) {
    name = `${wanted}#${count}`;
  }
  return name;
}

/** A path as it should stand in a report: from the current directory where the file is inside it. */
export function shownPath(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near.split(/[\\/]/).join('/') || join(file);
}
