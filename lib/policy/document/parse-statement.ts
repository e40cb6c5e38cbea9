import { parseCondition } from './parse-condition';
import { parsePrincipal } from './parse-principal';
import type { PatternElement, PolicyStatement, PrincipalElement } from './policy-document';
import type { PolicyReading } from './policy-finding';
import { element, isRawObject, kindOf, type RawObject, readTexts, reportUnknownElements, shown } from './raw-value';
import { literalOf } from './text';

/** The names of the elements of a statement. */
export const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;

/** Reads one statement. Whatever is wrong with it is reported; what is returned then is not fit for use. */
export function parseStatement(value: unknown, place: string, reading: PolicyReading): PolicyStatement {
  if (!isRawObject(value)) {
    reading.report(place, `must be an object, got ${kindOf(value)}.`);
    return { place, effect: 'Deny', action: { negated: false, patterns: [] }, conditions: [] };
  }
  reportUnknownElements(value, STATEMENT_ELEMENTS, place, reading);
  const sid = element(value, 'Sid');
  if (sid !== undefined && typeof sid !== 'string') {
    reading.report(`${place}.Sid`, `must be a string, got ${kindOf(sid)}.`);
  }
  const principal = readPrincipal(value, place, reading);
  const resource = readPatterns(value, 'Resource', place, reading);
  if (resource === undefined && principal === undefined) {
    reading.report(place, 'has neither Resource nor NotResource.');
  }
  const action = readPatterns(value, 'Action', place, reading);
  if (action === undefined) {
    reading.report(place, 'has neither Action nor NotAction.');
  } else {
    reportMalformedActions(action, value, place, reading);
  }
  const condition = element(value, 'Condition');
  return {
    place,
    ...(typeof sid === 'string' ? { sid } : {}),
    effect: readEffect(value, place, reading),
    ...(principal === undefined ? {} : { principal }),
    action: action ?? { negated: false, patterns: [] },
    ...(resource === undefined ? {} : { resource }),
    conditions: condition === undefined ? [] : parseCondition(condition, `${place}.Condition`, reading),
  };
}

function readEffect(statement: RawObject, place: string, reading: PolicyReading): 'Allow' | 'Deny' {
  const effect = element(statement, 'Effect');
  if (effect === 'Allow' || effect === 'Deny') {
    return effect;
  }
  reading.report(`${place}.Effect`, `must be exactly 'Allow' or 'Deny', got ${kindOf(effect)}.`);
  return 'Deny';
}

function readPrincipal(statement: RawObject, place: string, reading: PolicyReading): PrincipalElement | undefined {
  const found = oneOf(statement, 'Principal', place, reading);
  return found && parsePrincipal(found.value, found.negated, `${place}.${found.name}`, reading);
}

function readPatterns(
  statement: RawObject,
  name: 'Action' | 'Resource',
  place: string,
  reading: PolicyReading,
): PatternElement | undefined {
  const found = oneOf(statement, name, place, reading);
  return found && { negated: found.negated, patterns: readTexts(found.value, `${place}.${found.name}`, reading) };
}

/** Finds an element or its `Not` form; having both is reported. */
function oneOf(
  statement: RawObject,
  name: string,
  place: string,
  reading: PolicyReading,
): { name: string; value: unknown; negated: boolean } | undefined {
  const value = element(statement, name);
  const negation = element(statement, `Not${name}`);
  if (value !== undefined && negation !== undefined) {
    reading.report(place, `has both ${name} and Not${name}; a statement takes one of them.`);
  }
  if (value !== undefined) {
    return { name, value, negated: false };
  }
  return negation === undefined ? undefined : { name: `Not${name}`, value: negation, negated: true };
}

function reportMalformedActions(
  action: PatternElement,
  statement: RawObject,
  place: string,
  reading: PolicyReading,
): void {
  const name = action.negated ? 'NotAction' : 'Action';
  const many = Array.isArray(element(statement, name));
  action.patterns.forEach((pattern, index) => {
    const written = literalOf(pattern);
    if (written !== undefined && !/^([*?]+|[\w*?-]+:[\w*?.-]+)$/.test(written)) {
      const where = many ? `${place}.${name}[${index}]` : `${place}.${name}`;
      reading.report(where, `'${shown(written)}' is no action; an action looks like s3:GetObject, s3:Get* or *.`);
    }
  });
}
