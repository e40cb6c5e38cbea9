import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnElement, CfnResource, type Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { AppTemplate } from '../access/app/app-template';
import { type Json, objectOf } from '../access/app/json';
import { renderedTemplate, type StackExports } from './rendered-template';
import { elementsOf, stacksIn } from './stack-elements';

/** The template of a stack of the app, with the stack that it is of. */
export interface StackTemplate extends AppTemplate {
  readonly stack: Stack;
  /** The file that holds it, where it was written. */
  readonly file?: string;
}

/** The backslash: a name in JSON may have its letters as numbers. */
const MACROS = /Fn::(Transform|ForEach)|\\u/;

/** The templates of a whole app as synthesis wrote them, Stages and nested stacks too. The app is only read. */
export function writtenTemplates(root: IConstruct): StackTemplate[] {
  const stacks = stacksIn(root);
  const exports: StackExports = new Map();
  return stacks.map((stack) => {
    const file = join(Stage.of(stack)?.outdir ?? '', stack.templateFile);
    // A synthesizer of somebody's own may write the template elsewhere, or not at all.
    if (!existsSync(file)) {
      return described(stack, renderedTemplate(stack, stack.node.path, exports));
    }
    const json = readFileSync(file, 'utf8');
    return { ...described(stack, JSON.parse(json)), file, callsMacros: MACROS.test(json) };
  });
}

/**
 * The templates of a whole app as its tree stands now, without synthesis. The app is only read.
 *
 * What synthesis still does is not in them: Aspects, and so tags, that have not run yet.
 */
export function treeTemplates(root: IConstruct): StackTemplate[] {
  const exports: StackExports = new Map();
  const rendered = stacksIn(root).map((stack) => ({
    stack,
    body: renderedTemplate(stack, stack.node.path, exports),
  }));
  return rendered.map(({ stack, body }) => {
    const outputs = exports.get(stack);
    return described(stack, outputs ? { ...body, Outputs: { ...objectOf(body.Outputs), ...outputs } } : body);
  });
}

function described(stack: Stack, body: Json): StackTemplate {
  const parent = stack.nestedStackParent;
  const resource = stack.nestedStackResource;
  return {
    name: stack.node.path,
    body,
    stack,
    constructPaths: constructPathsOf(stack, body),
    ...known('account', stack.account),
    ...known('region', stack.region),
    ...known('stackName', stack.stackName),
    ...(parent && CfnElement.isCfnElement(resource)
      ? { parent: { template: parent.node.path, logicalId: String(parent.resolve(resource.logicalId)) } }
      : {}),
  };
}

function known(name: 'account' | 'region' | 'stackName', value: string): Partial<AppTemplate> {
  return Token.isUnresolved(value) ? {} : { [name]: value };
}

/** Which construct stands for each resource. A template taken in as it is stands for all of its resources. */
function constructPathsOf(stack: Stack, body: Json): Map<string, string> {
  return writtenPathsOf(stack, body) ?? searchedPathsOf(stack, body);
}

/** The paths that CDK wrote into the metadata of resources, where all have one of an element of the stack. */
function writtenPathsOf(stack: Stack, body: Json): Map<string, string> | undefined {
  const paths = new Map<string, string>();
  for (const [logicalId, resource] of Object.entries(objectOf(body.Resources))) {
    const path = objectOf(objectOf(resource).Metadata)['aws:cdk:path'];
    const element = typeof path === 'string' ? constructAt(path, stack.node.root) : undefined;
    // A template that is taken in may bring the paths of another app.
    if (typeof path !== 'string' || !CfnResource.isCfnResource(element) || element.stack !== stack) {
      return undefined;
    }
    paths.set(logicalId, path);
  }
  return paths;
}

function constructAt(path: string, root: IConstruct): IConstruct | undefined {
  return path.split('/').reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), root);
}

/** Asking every element for its logical id takes longer: CDK makes it anew each time. */
function searchedPathsOf(stack: Stack, body: Json): Map<string, string> {
  const paths = new Map<string, string>();
  const others: CfnElement[] = [];
  for (const element of elementsOf(stack)) {
    if (CfnResource.isCfnResource(element)) {
      paths.set(String(stack.resolve(element.logicalId)), element.node.path);
    } else {
      others.push(element);
    }
  }
  if (Object.keys(objectOf(body.Resources)).some((logicalId) => !paths.has(logicalId))) {
    for (const element of others) {
      const { Resources: resources } = stack.resolve(element._toCloudFormation()) as Json;
      for (const logicalId of Object.keys(objectOf(resources))) {
        paths.set(logicalId, element.node.path);
      }
    }
  }
  return paths;
}
