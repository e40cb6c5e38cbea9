import type { AppModel } from '../../../access/app/app-model';
import { arnParts } from '../../../access/app/arn-parts';
import { displayText, type PolicyText, text } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { fitsShape } from '../../../policy/reference/arn-shape';
import { findAction } from '../../../policy/reference/service-reference';
import { ActionSet } from '../grants/allowed-actions';
import { sameText } from '../grants/known-resource';

/** What a model answers. Converse and asynchronous calls ask for the same actions. */
export const MODEL_CALLS = new ActionSet('bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream');

/** What a call touches besides the model. */
const BESIDE_THE_MODEL: ReadonlySet<string> = new Set(['async-invoke', 'project', 'system-tool']);
/** Models that take no guardrail: they answer with numbers. */
const NOT_GENERATIVE = /embed|rerank/i;

/** Those of the resources of a statement that can be a model, or a profile or router in front of some. */
export function calledModels(app: AppModel, resources: readonly PolicyText[]): PolicyText[] {
  return resources.filter((resource) => {
    const owner = app.placeOf(resource)?.resource;
    return (
      (owner === undefined || owner.type.startsWith('AWS::Bedrock::')) && canBeModel(sameText(app.spelled(resource)))
    );
  });
}

const judged = new WeakMap<PolicyText, boolean>();

function canBeModel(resource: PolicyText): boolean {
  let known = judged.get(resource);
  if (known === undefined) {
    known = fitsModel(resource);
    judged.set(resource, known);
  }
  return known;
}

function fitsModel(resource: PolicyText): boolean {
  const parts = arnParts(resource);
  if (parts === undefined) {
    return modelShapes().some((shape) => fitsShape(resource, shape) !== 'no');
  }
  if (!matchesGlob(compileGlob(globTokens(parts.service)), 'bedrock')) {
    return false;
  }
  // Foundation models have no account, profiles have one: who mixes them up means the model all the same.
  const spellings = ['', '111122223333'].map((account) =>
    text(`arn:aws:bedrock:us-east-1:${account}:`, parts.tail ?? '*'),
  );
  return modelShapes().some((shape) => spellings.some((spelling) => fitsShape(spelling, shape) !== 'no'));
}

let shapes: readonly string[] | undefined;

function modelShapes(): readonly string[] {
  shapes ??= ['bedrock:InvokeModel', 'bedrock:GetCustomModel']
    .flatMap((action) => findAction(action)?.resourceTypes ?? [])
    .filter(({ name }) => !BESIDE_THE_MODEL.has(name))
    .flatMap(({ arns }) => arns);
  return shapes;
}

/**
 * Whether a wildcard stands where the model, or the profile, should be named. Regions have a rule of their own, and
 * what stands behind `-v1` or a colon is a revision of one model.
 */
export function isManyModels(resource: PolicyText): boolean {
  const parts = arnParts(resource);
  const named = parts === undefined ? resource : (parts.tail ?? ['*']);
  const letters = named.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  return /[*?]/.test(letters) && !/^[^*?]+\/[^*?:]+(-v\d|:)/.test(letters);
}

/** Whether a resource is an inference profile: a call through it needs the foundation models behind it as well. */
export function isProfile(app: AppModel, resource: PolicyText): boolean {
  const tail = displayText(arnParts(resource)?.tail ?? []);
  return (
    /^(application-)?inference-profile\//.test(tail) ||
    app.resourceOf(resource)?.type === 'AWS::Bedrock::ApplicationInferenceProfile'
  );
}

/** Whether a model, or the model of a profile, writes text or images, as far as its name tells. */
export function isGenerative(app: AppModel, resource: PolicyText): boolean {
  const profile = app.resourceOf(resource);
  if (profile?.type === 'AWS::Bedrock::ApplicationInferenceProfile') {
    const models = profile.get('ModelSource', 'CopyFrom').texts();
    return models.length === 0 || !models.every((model) => NOT_GENERATIVE.test(nameIn(model)));
  }
  return !NOT_GENERATIVE.test(nameIn(resource));
}

/** What names the model; of a value that the deployment knows its own name, and not that of its stack. */
function nameIn(resource: PolicyText): string {
  return (arnParts(resource)?.tail ?? resource)
    .map((part) => (typeof part === 'string' ? part : part.atom.replace(/^\{.*#/, '')))
    .join('');
}
