import type { AppModel } from './app-model';
import type { AppResource } from './app-resource';
import type { AppTemplate } from './app-template';
import { type Json, objectOf, plainText } from './json';

/** A part of an app that is only made at deployment, or stands in another place: nothing is known about it. */
export interface UnreadPart {
  /** The template that asks for it. */
  readonly template: AppTemplate;
  /** The resource that asks for it; absent where the whole template does. */
  readonly resource?: AppResource;
  readonly logicalId: string;
  /** Such as `the macro Policies may change what stands in the template`. */
  readonly why: string;
}

/** Transforms that leave roles and policies as they are. */
const HARMLESS = new Set([
  'AWS::CodeStar',
  'AWS::LanguageExtensions',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
]);

/** What of an app cannot be read from its templates. */
export function unreadParts(app: AppModel, templates: readonly AppTemplate[]): UnreadPart[] {
  const children = new Set(
    templates.flatMap(({ parent }) => (parent ? [`${parent.template} ${parent.logicalId}`] : [])),
  );
  const parts = templates.flatMap((template) => inTemplate(template));
  for (const resource of app.resources) {
    const { template, logicalId, type } = resource;
    const place = { template, resource, logicalId };
    if (type === 'AWS::CloudFormation::Stack' && !children.has(`${template.name} ${logicalId}`)) {
      parts.push({ ...place, why: 'the template of this nested stack is not at hand' });
    }
    if (type.endsWith('::MODULE')) {
      parts.push({ ...place, why: `the module ${type} brings resources that are not at hand` });
    }
    if (HAS_POLICIES.test(type) && asksForTransform(objectOf(template.body.Resources)[logicalId])) {
      parts.push({ ...place, why: 'a transform (AWS::Include or a macro) makes a part of it at deployment' });
    }
  }
  return parts;
}

const HAS_POLICIES = /^AWS::(IAM|Bedrock|BedrockAgentCore|Lambda|Serverless)::/;

function inTemplate(template: AppTemplate): UnreadPart[] {
  const { Transform: transform, Resources: resources } = template.body;
  const macros = [transform].flat().map((item) => plainText(item) || plainText(objectOf(item).Name));
  const unknown = macros.filter((name) => name !== '' && !HARMLESS.has(name) && name !== 'AWS::Serverless-2016-10-31');
  const loops = Object.keys(objectOf(resources)).filter((id) => id.startsWith('Fn::ForEach'));
  return [
    ...unknown.map((name) => ({
      template,
      logicalId: 'Transform',
      why: `the transform ${name} may change what stands in the template`,
    })),
    ...loops.map((logicalId) => ({ template, logicalId, why: 'a loop makes these resources at deployment' })),
    ...(Object.hasOwn(objectOf(resources), 'Fn::Transform')
      ? [{ template, logicalId: 'Fn::Transform', why: 'a transform brings resources at deployment' }]
      : []),
  ];
}

/** Templates nest no deeper than this. */
const DEEPEST = 60;

function asksForTransform(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    return false;
  }
  // Every part of every resource is looked at: no lists of names are made.
  for (const name in value) {
    if (name === 'Fn::Transform' || asksForTransform((value as Json)[name], depth + 1)) {
      return true;
    }
  }
  return false;
}
