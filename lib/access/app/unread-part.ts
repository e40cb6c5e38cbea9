import type { AppModel } from './app-model';
import type { AppResource } from './app-resource';
import type { AppTemplate } from './app-template';
import { objectOf, plainText } from './json';
import { keyInside } from './key-inside';
import { isLoop } from './loops';
import { policyTemplatesIn } from './sam-resources';

/** A part of an app that is only made at deployment, or stands in another place: nothing is known about it. */
export interface UnreadPart {
  /** The template that asks for it. */
  readonly template: AppTemplate;
  /** The resource that asks for it; absent where the whole template does. */
  readonly resource?: AppResource;
  readonly logicalId: string;
  /** Those of its properties that are not told; absent where it is more than that. */
  readonly properties?: readonly string[];
  /** Whether it reaches no further than what its parameters name, as SAM's policy templates do. */
  readonly bounded?: true;
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
    const raw = objectOf(objectOf(template.body.Resources)[logicalId]);
    if (type === 'AWS::Serverless::Connector' || raw.Connectors !== undefined) {
      parts.push({ ...place, bounded: true, why: 'SAM makes policies of its connectors at deployment' });
    }
    if (type === 'AWS::Serverless::Application') {
      parts.push({ ...place, why: 'the template of this application is not at hand' });
    }
    if (type === 'AWS::CloudFormation::Stack' && !children.has(`${template.name} ${logicalId}`)) {
      parts.push({ ...place, why: 'the template of this nested stack is not at hand' });
    }
    if (type.endsWith('::MODULE')) {
      parts.push({ ...place, why: `the module ${type} brings resources that are not at hand` });
    }
    const definition = template.callsMacros !== false && HAS_POLICIES.test(type) ? raw : {};
    const why = madeBy(definition);
    if (why !== undefined) {
      const properties = objectOf(definition.Properties);
      const made = Object.keys(properties).filter((name) => madeBy({ [name]: properties[name] }) !== undefined);
      const whole = made.some((name) => name.startsWith('Fn::')) || made.length === 0;
      parts.push({ ...place, ...(whole ? {} : { properties: made }), why });
    }
  }
  for (const { resource, kinds } of app.roles) {
    const { template, writtenAs } = resource;
    const maker = writtenAs === undefined ? undefined : objectOf(objectOf(template.body.Resources)[writtenAs]);
    const names = policyTemplatesIn(objectOf(maker?.Properties).Policies);
    if (writtenAs !== undefined && names.length > 0 && (kinds.has('agent') || kinds.has('agent-tool'))) {
      const place = { template, resource, logicalId: writtenAs, properties: ['Policies'] };
      parts.push({ ...place, bounded: true, why: `SAM spells out ${[...new Set(names)].join(', ')} at deployment` });
    }
  }
  return parts;
}

const HAS_POLICIES = /^AWS::(IAM|Bedrock|BedrockAgentCore|Lambda)::|^AWS::Serverless::(Function|StateMachine)$/;

function inTemplate(template: AppTemplate): UnreadPart[] {
  const { Transform: transform, Resources: resources } = template.body;
  const macros = [transform].flat().map((item) => plainText(item) || plainText(objectOf(item).Name));
  const unknown = macros.filter((name) => name !== '' && !HARMLESS.has(name) && name !== 'AWS::Serverless-2016-10-31');
  const loops = Object.keys(objectOf(resources)).filter((id) => isLoop(id));
  return [
    ...unknown.map((name) => ({
      template,
      logicalId: 'Transform',
      why: `the transform ${name} may change what stands in the template`,
    })),
    ...loops.map((logicalId) => ({ template, logicalId, why: 'a loop makes these resources at deployment' })),
    ...(Object.hasOwn(objectOf(resources), TRANSFORM)
      ? [{ template, logicalId: TRANSFORM, why: 'a transform brings resources at deployment' }]
      : []),
  ];
}

const TRANSFORM = 'Fn::Transform';

/** What makes a part of a value at deployment; undefined where nothing does. */
function madeBy(value: unknown): string | undefined {
  const key = keyInside(value, (name) => name === TRANSFORM || isLoop(name));
  return key === undefined
    ? undefined
    : key === TRANSFORM
      ? 'a transform (AWS::Include or a macro) makes a part of it at deployment'
      : 'a loop makes a part of it at deployment';
}
