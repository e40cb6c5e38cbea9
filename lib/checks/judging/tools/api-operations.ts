import { type Json, objectOf, plainText } from '../../../access/app/json';
import type { Value } from '../../../access/app/value';
import { displayText } from '../../../policy/document/text';

/** One operation of an API's description. */
export interface ApiOperation {
  /** In lower case. */
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly description: string;
  /** What `x-requireConfirmation` says; empty without it. */
  readonly confirmation: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head'];

/** The operations of an OpenAPI description, as JSON, as YAML or as an object; undefined when it cannot be read. */
export function apiOperations(payload: Value): ApiOperation[] | undefined {
  const documents = payload.readings.flatMap((reading): (Json | undefined)[] =>
    reading.kind === 'text' ? [parsed(displayText(reading.text))] : reading.kind === 'map' ? [plain(payload)] : [],
  );
  return documents.includes(undefined) ? undefined : documents.flatMap((document) => operationsIn(document ?? {}));
}

function operationsIn({ paths }: Json): ApiOperation[] {
  return Object.entries(objectOf(paths)).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods))
      .filter(([method]) => METHODS.includes(method.toLowerCase()))
      .map(([method, operation]) => {
        const { operationId, summary, description, 'x-requireConfirmation': confirmation } = objectOf(operation);
        return {
          method: method.toLowerCase(),
          path,
          id: plainText(operationId),
          description: [summary, description]
            .map(plainText)
            .filter((said) => said !== '')
            .join('. '),
          confirmation: plainText(confirmation),
        };
      }),
  );
}

function parsed(written: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(written);
    return objectOf(json);
  } catch {
    const yaml = written.length > LONGEST ? {} : fromYaml(written);
    return Object.hasOwn(yaml, 'paths') ? yaml : undefined;
  }
}

/** Bedrock takes no longer description; nothing else is searched for long. */
const LONGEST = 500_000;
const LONGEST_LINE = 2_000;

/** The object of a value, with its functions followed. */
function plain(value: Value, depth = 0): Json {
  return Object.fromEntries(
    value.entries().map(([name, inner]) => {
      const isMap = inner.readings.some(({ kind }) => kind === 'map');
      return [name, isMap && depth < DEEPEST ? plain(inner, depth + 1) : inner.literals()[0]];
    }),
  );
}

const DEEPEST = 20;

/** The maps of a YAML text by their indentation; what stands in lists is left out, since no operation does. */
function fromYaml(written: string): Json {
  const root: Record<string, unknown> = Object.create(null);
  const open: { indent: number; map: Record<string, unknown> }[] = [{ indent: -1, map: root }];
  let list = Number.POSITIVE_INFINITY;
  let folded: { indent: number; map: Record<string, unknown>; name: string } | undefined;
  for (const whole of written.split(/\r?\n/)) {
    const line = whole.slice(0, LONGEST_LINE);
    const indent = line.search(/\S/);
    if (indent < 0 || line.trimStart().startsWith('#')) {
      continue;
    }
    if (folded !== undefined && indent > folded.indent) {
      folded.map[folded.name] = `${plainText(folded.map[folded.name])} ${line.trim()}`.trim();
      continue;
    }
    folded = undefined;
    if (indent > list) {
      continue;
    }
    list = Number.POSITIVE_INFINITY;
    if (/^\s*-(\s|$)/.test(line)) {
      list = indent;
      continue;
    }
    const [, name = '', said = ''] = /^\s*(?:"([^"]*)"|'([^']*)'|[^:]+?)\s*:(?:\s+(.*))?$/.test(line)
      ? entryOf(line)
      : [];
    if (name === '') {
      continue;
    }
    while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= indent) {
      open.pop();
    }
    const { map } = open.at(-1) ?? { map: root };
    if (/^[|>][+-]?\d?$/.test(said)) {
      map[name] = '';
      folded = { indent, map, name };
    } else if (said === '') {
      const inner: Record<string, unknown> = Object.create(null);
      map[name] = inner;
      open.push({ indent, map: inner });
    } else {
      map[name] = said;
    }
  }
  return root;
}

function entryOf(line: string): [line: string, name: string, said: string] {
  const [, quoted, single, bare, said = ''] = /^\s*(?:"([^"]*)"|'([^']*)'|([^:]+?))\s*:(?:\s+(.*))?$/.exec(line) ?? [];
  return [line, quoted ?? single ?? bare ?? '', unquoted(said)];
}

function unquoted(said: string): string {
  const plainSaid = said.trim();
  const quoted = /^"([^"]*)"|^'([^']*)'/.exec(plainSaid);
  return quoted ? (quoted[1] ?? quoted[2] ?? '') : plainSaid.replace(/\s+#.*$/, '');
}
