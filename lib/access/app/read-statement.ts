import { parseStatement, STATEMENT_ELEMENTS } from '../../policy/document/parse-statement';
import type { PolicyStatement } from '../../policy/document/policy-document';
import { PolicyReading } from '../../policy/document/policy-finding';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { jsonKey } from './json-text';
import type { Reading, ValueScope } from './value';
import { Value } from './value';

/** An element of a statement that the template does not tell. */
export interface UnknownElement {
  readonly element: 'Effect' | 'Action' | 'Principal' | 'Condition';
  /** What stands there, such as `<Fn::ImportValue Actions>`. */
  readonly shown: string;
}

/** One way in which a statement can be read. */
export interface StatementReading {
  /** The statement with every element in one form. Texts that the template does not tell are atoms. */
  readonly statement: PolicyStatement;
  /** Whether a part of it is not the same whatever happens at deployment. */
  readonly branched: boolean;
  /** Whether nothing but values of its conditions is not the same whatever happens at deployment. */
  readonly branchedInValuesOnly: boolean;
  readonly unknown: readonly UnknownElement[];
  /** What IAM would refuse in it. The elements that could be read are there all the same. */
  readonly faults: readonly string[];
}

/** Ways to read one statement beyond this number are not told apart. */
const MOST_WAYS = 16;
const ELEMENTS: ReadonlySet<string> = new Set(STATEMENT_ELEMENTS);

/** In any letter case, as the names of elements are. */
const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** What has been read of each template, by the JSON text of the statement: agents of one app have many in common. */
const known = new WeakMap<ValueScope, Map<string, readonly StatementReading[]>>();

/** Every way in which a statement can be read. Never throws. */
export function readStatement(statement: Value, place: string): readonly StatementReading[] {
  const [only, ...more] = statement.readings;
  const key = more.length === 0 && only?.kind === 'map' ? jsonKey(only.map) : undefined;
  if (only?.kind !== 'map' || key === undefined) {
    return waysToRead(statement).map((way) => read(way, place));
  }
  const ofTemplate = known.get(only.scope) ?? new Map<string, readonly StatementReading[]>();
  known.set(only.scope, ofTemplate);
  const found = ofTemplate.get(key) ?? waysToRead(statement).map((way) => read(way, place));
  ofTemplate.set(key, found);
  return found.map((reading) => placed(reading, place));
}

/** The same statement in another place. */
function placed(reading: StatementReading, place: string): StatementReading {
  return reading.statement.place === place ? reading : { ...reading, statement: { ...reading.statement, place } };
}

/** One way to read a statement: Effect and Condition decided, the lists united over all branches. */
interface Way {
  readonly element: (name: string) => Value;
  readonly effect: PolicyText | undefined;
  readonly condition: Reading | undefined;
  /** Whether parts of the condition that a branch leaves out are left out. */
  readonly bare: boolean;
  readonly alone: boolean;
}

function waysToRead(statement: Value): Way[] {
  const element = elementsOf(statement);
  const effects = element('Effect').texts();
  const conditions = element('Condition').readings;
  const isAlone = effects.length <= 1 && conditions.length === 1;
  const ways = (effects.length === 0 ? [undefined] : effects).flatMap((effect) =>
    conditions.flatMap((condition) => {
      const hasOptions = hasOptionalParts(condition);
      return (hasOptions ? [false, true] : [false]).map((bare) => ({
        element,
        effect,
        condition: condition.kind === 'absent' ? undefined : condition,
        bare,
        alone: isAlone && !hasOptions,
      }));
    }),
  );
  return ways.slice(0, MOST_WAYS);
}

function read(way: Way, place: string): StatementReading {
  const { element, effect, condition, bare, alone } = way;
  const unknown: UnknownElement[] = [];
  const raw: Record<string, unknown> = {};
  const said = effect && literalOf(effect);
  if (said === undefined) {
    unknown.push({ element: 'Effect', shown: effect === undefined ? 'nothing' : displayText(effect) });
  }
  // What is not known to be a Deny counts as an Allow. IAM refuses other letter cases; nobody should pass by them.
  raw.Effect = said?.toLowerCase() === 'deny' ? 'Deny' : 'Allow';
  let branched = !alone;
  for (const name of ['Action', 'NotAction', 'Resource', 'NotResource'] as const) {
    const value = element(name);
    if (value.presence !== 'never') {
      const items = value.items().flatMap((item) => item.texts());
      branched ||= value.branched;
      raw[name] = items.map(rawText);
      if (name.endsWith('Action')) {
        unknown.push(
          ...items.filter(hasAtom).map((item) => ({ element: 'Action' as const, shown: displayText(item) })),
        );
      }
    }
  }
  for (const name of ['Principal', 'NotPrincipal'] as const) {
    const value = element(name);
    if (value.presence !== 'never') {
      branched ||= value.branched || value.entries().some(([, ids]) => ids.branched);
      raw[name] = rawPrincipal(value, unknown);
    }
  }
  const block = condition === undefined ? undefined : rawCondition(condition, bare, unknown);
  if (block !== undefined) {
    raw.Condition = block.raw;
    branched ||= block.branched;
  }
  const branchedInValues = block?.branchedInValues ?? false;
  const sid = element('Sid').literals()[0];
  if (sid !== undefined) {
    raw.Sid = sid;
  }
  const reading = new PolicyReading();
  const parsed = parseStatement(raw, place, reading);
  return {
    statement: parsed,
    branched: branched || branchedInValues,
    branchedInValuesOnly: branchedInValues && !branched,
    unknown,
    faults: reading.findings.map(({ message }) => message),
  };
}

/** The elements of a policy or statement by name in any letter case: IAM refuses other cases, nobody should pass by them. */
export function elementsOf(object: Value): (name: string) => Value {
  const names = object.names();
  const odd = names.filter((name) => !ELEMENTS.has(name));
  return (name) => {
    const exact = names.includes(name) ? object.get(name) : Value.ABSENT;
    const other = exact.presence === 'never' ? odd.find((key) => key.toLowerCase() === name.toLowerCase()) : undefined;
    return other === undefined ? exact : object.get(other);
  };
}

function rawText(value: PolicyText): unknown {
  return value.length === 1 ? value[0] : value.length === 0 ? '' : [...value];
}

function hasAtom(value: PolicyText): boolean {
  return literalOf(value) === undefined;
}

function rawPrincipal(value: Value, unknown: UnknownElement[]): unknown {
  const everyone = value.literals().includes('*');
  const opaque = value.texts().filter(hasAtom);
  unknown.push(...opaque.map((item) => ({ element: 'Principal' as const, shown: displayText(item) })));
  if (everyone) {
    return '*';
  }
  const map = emptyObject<unknown[]>();
  for (const [written, ids] of value.entries()) {
    const type = PRINCIPAL_TYPES.find((known) => known.toLowerCase() === written.toLowerCase()) ?? written;
    const texts = ids.items().flatMap((item) => item.texts());
    map[type] = [...(map[type] ?? []), ...texts.map(rawText)];
  }
  const written = value.literals();
  if (written.length > 0) {
    map.AWS = [...(map.AWS ?? []), ...written];
  }
  return Object.keys(map).length === 0 && opaque.length > 0 ? { AWS: opaque.map(rawText) } : map;
}

/** Whether a branch leaves out an operator or a key of a condition, as `Fn::If` with `AWS::NoValue` does. */
function hasOptionalParts(condition: Reading): boolean {
  return (
    condition.kind === 'map' &&
    new Value([condition])
      .entries()
      .some(
        ([, keys]) =>
          keys.presence === 'sometimes' || keys.entries().some(([, values]) => values.presence === 'sometimes'),
      )
  );
}

/** The condition block in the form that the parser takes; all values of all branches are united. */
function rawCondition(
  condition: Reading,
  bare: boolean,
  unknown: UnknownElement[],
): { raw: unknown; branched: boolean; branchedInValues: boolean } | undefined {
  if (condition.kind !== 'map') {
    const shown = condition.kind === 'text' ? displayText(condition.text) : 'a list';
    unknown.push({ element: 'Condition', shown });
    return undefined;
  }
  let branched = false;
  let branchedInValues = false;
  const raw = emptyObject<Record<string, unknown[]>>();
  for (const [operator, keys] of new Value([condition]).entries()) {
    if (bare && keys.presence === 'sometimes') {
      continue;
    }
    branched ||= keys.branched;
    for (const opaque of keys.texts()) {
      unknown.push({ element: 'Condition', shown: `${operator} ${displayText(opaque)}` });
    }
    const block = raw[operator] ?? emptyObject<unknown[]>();
    raw[operator] = block;
    for (const [key, values] of keys.entries()) {
      if (bare && values.presence === 'sometimes') {
        continue;
      }
      branched ||= values.presence !== 'always';
      branchedInValues ||= values.branched;
      const texts = values.items().flatMap((item) => item.texts());
      block[key] = [...(block[key] ?? []), ...texts.map(rawText)];
    }
  }
  return { raw, branched, branchedInValues };
}

/** An object that has no name of its own yet, `constructor` and `__proto__` neither. */
function emptyObject<Item>(): Record<string, Item> {
  return Object.create(null);
}
