import type { ContextValue } from '../condition/request-context';
import { type PolicyFinding, PolicyReading } from '../document/policy-finding';
import { element, isRawObject, kindOf, type RawObject, reportUnknownElements, shown } from '../document/raw-value';
import type { AccessRequest } from './access-request';
import { parseCaller } from './caller';
import { PolicyError } from './policy-error';

const ELEMENTS = ['principal', 'action', 'resource', 'resourceAccount', 'context'] as const;

/** AWS documents 2,048 characters for an ARN. */
const LONGEST_NAME = 2048;

/** What reading a request gave: a request when nothing is wrong with it, else what is wrong. */
export interface ParsedRequest {
  readonly request?: AccessRequest;
  readonly findings: readonly PolicyFinding[];
}

/**
 * Reads a request that came from outside as JSON. Elements that are `null` count as absent.
 *
 * Never throws. Places are relative to the request: `action`, `context.aws:SourceIp`.
 */
export function parseRequest(input: unknown): ParsedRequest {
  const reading = new PolicyReading();
  if (!isRawObject(input)) {
    reading.report('', `A request must be an object, got ${kindOf(input)}.`);
    return { findings: reading.findings };
  }
  reportUnknownElements(input, ELEMENTS, '', reading);
  const action = readName(input, 'action', reading);
  if (action === undefined && (element(input, 'action') ?? undefined) === undefined) {
    reading.report('action', 'is missing; a request is about one action, such as s3:GetObject.');
  } else if (action !== undefined && !/^[\w-]+:[\w.-]+$/.test(action)) {
    reading.report('action', `'${shown(action)}' is no action; a request is about one action, such as s3:GetObject.`);
  }
  const resource = readName(input, 'resource', reading);
  const resourceAccount = readName(input, 'resourceAccount', reading);
  if (resourceAccount !== undefined && !/^\d{12}$/.test(resourceAccount)) {
    reading.report('resourceAccount', `'${shown(resourceAccount)}' is no account; an account has 12 digits.`);
  }
  const principal = readName(input, 'principal', reading);
  reportCaller(principal, reading);
  const context = readContext(element(input, 'context') ?? undefined, reading);
  if (reading.findings.length > 0) {
    return { findings: reading.findings };
  }
  const request: AccessRequest = {
    action: action ?? '',
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context,
  };
  return { request, findings: [] };
}

function readName(input: RawObject, name: string, reading: PolicyReading): string | undefined {
  const value = element(input, name) ?? undefined;
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string' || value === '') {
    reading.report(name, `must be a string with something in it, got ${value === '' ? 'none' : kindOf(value)}.`);
    return undefined;
  }
  if (value.length > LONGEST_NAME) {
    reading.report(name, `has ${value.length} characters, and no name in AWS has more than ${LONGEST_NAME}.`);
    return undefined;
  }
  return value;
}

function reportCaller(principal: string | undefined, reading: PolicyReading): void {
  try {
    parseCaller(principal);
  } catch (error) {
    if (!(error instanceof PolicyError)) {
      throw error;
    }
    reading.report('principal', error.message.replace(/^principal: /, ''));
  }
}

function readContext(value: unknown, reading: PolicyReading): Record<string, ContextValue> {
  if (value === undefined) {
    return {};
  }
  if (!isRawObject(value)) {
    reading.report('context', `must be a map from condition keys to values, got ${kindOf(value)}.`);
    return {};
  }
  const names = Object.keys(value);
  if (!reading.admits('context', names.length)) {
    return {};
  }
  const entries: [string, ContextValue][] = [];
  const seen = new Set<string>();
  for (const key of names) {
    const place = `context.${shown(key)}`;
    if (seen.has(key.toLowerCase())) {
      reading.report(place, 'stands there twice; letter case makes no difference between keys.');
    }
    seen.add(key.toLowerCase());
    const read = readContextValue(element(value, key), place, reading);
    if (read !== undefined) {
      entries.push([key, read]);
    }
  }
  return Object.fromEntries(entries);
}

function readContextValue(value: unknown, place: string, reading: PolicyReading): ContextValue | undefined {
  if (isScalar(value)) {
    return value;
  }
  if (!Array.isArray(value)) {
    reading.report(place, `must be a string, a number, a Boolean or a list of them, got ${kindOf(value)}.`);
    return undefined;
  }
  if (!reading.admits(place, value.length)) {
    return undefined;
  }
  const wrong = value.findIndex((item) => !isScalar(item));
  if (wrong >= 0) {
    reading.report(`${place}[${wrong}]`, `must be a string, a number or a Boolean, got ${kindOf(value[wrong])}.`);
    return undefined;
  }
  return value;
}

function isScalar(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
