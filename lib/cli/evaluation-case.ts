import { didYouMean } from '../policy/document/closest-name';
import { element, isRawObject, kindOf, shown } from '../policy/document/raw-value';
import { decisionEffort, MOST_EFFORT } from '../policy/evaluate/decision-effort';
import { evaluate } from '../policy/evaluate/evaluate';
import { parseRequest } from '../policy/evaluate/parse-request';
import type { PolicyDecision } from '../policy/evaluate/policy-decision';
import { PolicyError } from '../policy/evaluate/policy-error';
import type { LayerName, PolicySet } from '../policy/evaluate/policy-set';

/** What became of one case: a decision, or why there is none. */
export type CaseAnswer = PolicyDecision | { readonly error: string };

const LAYERS: readonly LayerName[] = ['identity', 'boundary', 'session', 'resource', 'scp', 'rcp'];

/**
 * Decides one case: `{ policies: { identity, ... }, request: { action, ... } }`. Other elements, such as a name, are
 * the file's own business. Layers that are `null` count as absent.
 *
 * Never throws on input: what cannot be decided is an answer with an error that says where and why.
 */
export function answerCase(input: unknown): CaseAnswer {
  try {
    const problem = problemOf(input);
    if (problem !== undefined || !isRawObject(input)) {
      return { error: problem ?? 'a case must be an object.' };
    }
    const policies = policySet(element(input, 'policies'));
    const { request, findings } = parseRequest(element(input, 'request'));
    const [first, ...more] = findings;
    if (request === undefined) {
      return {
        error: `${requestPlace(first?.place)}${first?.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
      };
    }
    if (decisionEffort(policies, request) > MOST_EFFORT) {
      return {
        error: 'policies: are so long, for so long a request, that IAM would accept neither; nothing is decided.',
      };
    }
    return evaluate(policies, { ...request, isContextWhole: true });
  } catch (error) {
    if (error instanceof PolicyError) {
      return { error: `policies.${error.message}` };
    }
    throw error;
  }
}

function problemOf(input: unknown): string | undefined {
  if (!isRawObject(input)) {
    return `a case must be an object with policies and a request, got ${kindOf(input)}.`;
  }
  const missing = ['policies', 'request'].find((name) => element(input, name) === undefined);
  if (missing !== undefined) {
    const others = Object.keys(input).filter((name) => didYouMean(name, [missing]) !== '');
    const written = others[0] === undefined ? '' : `; '${shown(others[0])}' is not it`;
    return `a case must have '${missing}'${written}.`;
  }
  const policies = element(input, 'policies');
  if (!isRawObject(policies)) {
    return `policies: must be a map such as {"identity": []}, got ${kindOf(policies)}.`;
  }
  const unknown = Object.keys(policies).find((name) => !LAYERS.includes(name as LayerName));
  return unknown === undefined
    ? undefined
    : `policies: unknown element '${shown(unknown)}'${didYouMean(unknown, LAYERS)}; there is ${LAYERS.join(', ')}.`;
}

function policySet(input: unknown): PolicySet {
  const given = LAYERS.map((layer) => [layer, isRawObject(input) ? element(input, layer) : undefined] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null));
}

function requestPlace(place: string | undefined): string {
  return place === undefined || place === '' ? 'request: ' : 'request.';
}
