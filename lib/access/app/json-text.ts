import { displayText, type PolicyText, text } from '../../policy/document/text';
import { type Reading, Value } from './value';

/** What JSON text says; undefined where it is no JSON object or list. Atoms may stand in its texts and names. */
export function parsedJson(json: PolicyText): Value | undefined {
  const marks: PolicyText[] = [];
  const whole = json
    .map((part) => (typeof part === 'string' ? part : `\uE000${marks.push([part]) - 1}\uE001`))
    .join('');
  try {
    const parsed: unknown = JSON.parse(whole);
    return typeof parsed === 'object' && parsed !== null ? Value.of(parsed, jsonScope(marks)) : undefined;
  } catch {
    return undefined;
  }
}

/** A text that two raw values share only when they are the same; undefined for one that is nested too deeply. */
export function jsonKey(raw: unknown): string | undefined {
  try {
    return JSON.stringify(raw);
  } catch {
    return undefined;
  }
}

/** Reads plain JSON: functions mean nothing there, and marks are the atoms that stood in the text. */
function jsonScope(marks: readonly PolicyText[]): { readings(raw: unknown): readonly Reading[] } {
  const unmarked = (marked: string): PolicyText => {
    const parts = marked.split(/\uE000(\d+)\uE001/);
    return text(...parts.map((part, index) => (index % 2 === 0 ? part : (marks[Number(part)] ?? part))));
  };
  const scope = {
    readings: (raw: unknown): readonly Reading[] => {
      if (Array.isArray(raw)) {
        return [{ kind: 'list', items: raw, scope }];
      }
      if (typeof raw === 'object' && raw !== null) {
        const named = Object.entries(raw).map(([name, item]) => [displayText(unmarked(name)), item] as const);
        return [{ kind: 'map', map: Object.fromEntries(named), scope }];
      }
      return raw === null || raw === undefined ? [{ kind: 'absent' }] : [{ kind: 'text', text: unmarked(String(raw)) }];
    },
  };
  return scope;
}
