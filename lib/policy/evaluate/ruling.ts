import type { Caller } from './caller';
import type { LayerAllow, LayerVerdict } from './layer-verdict';
import type { Naming } from './principal-match';

/** What the layers say about one request that nothing denies, and what matters about the request itself. */
export interface Question {
  readonly identity: LayerVerdict | undefined;
  readonly boundary: LayerVerdict | undefined;
  readonly session: LayerVerdict | undefined;
  readonly resource: LayerVerdict | undefined;
  readonly scp: readonly LayerVerdict[];
  readonly rcp: readonly LayerVerdict[];
  readonly caller: Caller;
  /** In lower case. */
  readonly action: string;
  readonly crossAccount: boolean;
}

/** Whether the layers together allow, and why. */
export interface Ruling {
  readonly allowed: boolean;
  readonly reasons: readonly string[];
}

/** Actions that a role's trust policy must allow, in lower case. */
const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:setsourceidentity',
  'sts:tagsession',
]);

/** Combines the layers. Explicit denials are decided before. */
export function rule(question: Question): Ruling {
  const levels = allOf([...question.rcp, ...question.scp].map(layer));
  if (!levels.allowed) {
    return levels;
  }
  const answer = ruleBelow(question);
  return answer.allowed ? { allowed: true, reasons: [...answer.reasons, ...levels.reasons] } : answer;
}

function ruleBelow(question: Question): Ruling {
  if (question.caller.kind === 'outside') {
    return resourceSide(question);
  }
  return question.crossAccount ? allOf([resourceSide(question), ownSide(question)]) : sameAccount(question);
}

function sameAccount(question: Question): Ruling {
  const direct = allowNaming(question.resource, 'everyone') ?? allowNaming(question.resource, 'itself');
  if (direct !== undefined) {
    return { allowed: true, reasons: [`${direct.label} allows the caller directly`] };
  }
  const toRole = allowNaming(question.resource, 'role');
  if (toRole !== undefined) {
    const limits = allOf(limitsOf(question));
    return limits.allowed ? { allowed: true, reasons: [`${toRole.label} allows`, ...limits.reasons] } : limits;
  }
  const gate = gateOf(question);
  if (gate !== undefined) {
    return gate.allowed ? allOf([gate, ownSide(question)]) : gate;
  }
  const own = ownSide(question);
  return own.allowed || question.resource === undefined
    ? own
    : { allowed: false, reasons: [...own.reasons, ...layer(question.resource).reasons] };
}

/** The resource policy where nothing goes without it: trust policies and key policies. */
function gateOf(question: Question): Ruling | undefined {
  if (TRUST_ACTIONS.has(question.action)) {
    return resourceSide(question);
  }
  if (!question.action.startsWith('kms:')) {
    return undefined;
  }
  return question.resource === undefined
    ? { allowed: true, reasons: ['resource: no key policy is given; taken as one that names the account'] }
    : resourceSide(question);
}

function resourceSide(question: Question): Ruling {
  if (question.resource !== undefined) {
    return layer(question.resource);
  }
  const missing = TRUST_ACTIONS.has(question.action) ? "the role's trust policy is not given" : 'there is no policy';
  return { allowed: false, reasons: [`resource: ${missing}`] };
}

/** The caller's own policies: identity policies within boundary and session policies. */
function ownSide(question: Question): Ruling {
  const { identity, caller } = question;
  const limits = limitsOf(question);
  if (caller.kind === 'root') {
    return allOf([{ allowed: true, reasons: ['the root user needs no identity policy'] }, ...limits]);
  }
  const granted = identity ? layer(identity) : { allowed: false, reasons: ['identity: there is no policy'] };
  const unlimited = caller.kind === 'federated-user' && question.session === undefined;
  const sessionless = { allowed: false, reasons: ['session: a federated user gets nothing without a session policy'] };
  return allOf([granted, ...limits, ...(unlimited ? [sessionless] : [])]);
}

function limitsOf(question: Question): Ruling[] {
  return [question.boundary, question.session].filter((verdict) => verdict !== undefined).map(layer);
}

function layer(verdict: LayerVerdict): Ruling {
  const [allow] = verdict.allows;
  if (allow !== undefined) {
    return { allowed: true, reasons: [`${allow.label} allows`] };
  }
  const nearest = verdict.nearest === undefined ? '' : `; ${verdict.nearest}`;
  return { allowed: false, reasons: [`${verdict.name}: no statement allows${nearest}`] };
}

/** All must allow. The reasons are those of the ones that do not, or of all when all do. */
function allOf(rulings: readonly Ruling[]): Ruling {
  const silent = rulings.filter((ruling) => !ruling.allowed);
  const reasons = (silent.length > 0 ? silent : rulings).flatMap((ruling) => ruling.reasons);
  return { allowed: silent.length === 0, reasons };
}

function allowNaming(verdict: LayerVerdict | undefined, naming: Naming): LayerAllow | undefined {
  return verdict?.allows.find((allow) => allow.naming === naming);
}
