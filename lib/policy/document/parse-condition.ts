import { parseOperator } from '../condition/operator';
import type { PolicyCondition } from './policy-document';
import type { PolicyReading } from './policy-finding';
import { element, isRawObject, kindOf, readTexts, shown } from './raw-value';

/** Reads Condition: operators, each with keys, each with one or many values. */
export function parseCondition(value: unknown, place: string, reading: PolicyReading): PolicyCondition[] {
  if (!isRawObject(value)) {
    reading.report(place, `must be a map from operators to keys, got ${kindOf(value)}.`);
    return [];
  }
  const conditions: PolicyCondition[] = [];
  if (!reading.admits(place, Object.keys(value).length)) {
    return conditions;
  }
  for (const name of Object.keys(value)) {
    const operatorPlace = `${place}.${shown(name)}`;
    const operator = parseOperator(name);
    const keys = element(value, name);
    if (typeof operator === 'string') {
      reading.report(operatorPlace, operator);
    } else if (!isRawObject(keys)) {
      reading.report(operatorPlace, `must be a map from condition keys to values, got ${kindOf(keys)}.`);
    } else if (reading.admits(operatorPlace, Object.keys(keys).length)) {
      for (const key of Object.keys(keys)) {
        const keyPlace = `${operatorPlace}.${shown(key)}`;
        if (!/^[^\s:]+:\S/.test(key)) {
          reading.report(keyPlace, "a condition key starts with 'aws:' or the prefix of its service.");
        }
        conditions.push({ operator, key, values: readTexts(element(keys, key), keyPlace, reading, true) });
      }
    }
  }
  return conditions;
}
