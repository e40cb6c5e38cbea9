import { literalOf, type PolicyText } from '../policy/document/text';
import type { TextCondition, TextStatement } from '../policy/compare/text-statement';

/** Turns one value of a rendered document into a text. */
export type TextReader = (value: unknown) => PolicyText;

/** A statement that was read, or why it can't be. */
export type ReadStatement =
  | { readonly statement: TextStatement; readonly principals: readonly PolicyText[] }
  | { readonly unreadable: string };

/** The statements of a rendered policy document; a document or statement made by `Fn::If` and the like is unreadable. */
export function readDocument(document: unknown, read: TextReader): ReadStatement[] {
  const statements = isRecord(document) ? document.Statement : undefined;
  if (Array.isArray(statements)) {
    return statements.map((statement) => readStatement(statement, read));
  }
  return statements === undefined
    ? [{ unreadable: 'the document has no readable Statement' }]
    : [readStatement(statements, read)];
}

/** One statement of a rendered policy document. */
export function readStatement(json: unknown, read: TextReader): ReadStatement {
  if (!isRecord(json)) {
    return { unreadable: 'the statement is not an object' };
  }
  const effect = json.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') {
    return { unreadable: `the statement's Effect is not known: ${JSON.stringify(effect)}` };
  }
  const texts = (value: unknown): PolicyText[] | undefined =>
    value === undefined ? undefined : (Array.isArray(value) ? value : [value]).map(read);
  const actions = texts(json.Action);
  const notActions = texts(json.NotAction);
  if (actions === undefined && notActions === undefined) {
    return { unreadable: 'the statement names no action' };
  }
  const conditions = readConditions(json.Condition, read);
  if (conditions === undefined) {
    return { unreadable: "the statement's Condition is not readable" };
  }
  return {
    statement: {
      ...(typeof json.Sid === 'string' ? { sid: json.Sid } : {}),
      effect,
      ...(actions ? { actions } : {}),
      ...(notActions ? { notActions } : {}),
      ...(json.Resource === undefined ? {} : { resources: texts(json.Resource) ?? [] }),
      ...(json.NotResource === undefined ? {} : { notResources: texts(json.NotResource) ?? [] }),
      conditions,
    },
    principals: readPrincipals(json.Principal, read),
  };
}

/** The principals of a statement as flat values; `*` for everybody. */
function readPrincipals(principal: unknown, read: TextReader): PolicyText[] {
  if (principal === undefined) {
    return [];
  }
  if (!isRecord(principal) || Object.keys(principal).some((key) => key === 'Ref' || key.startsWith('Fn::'))) {
    return (Array.isArray(principal) ? principal : [principal]).map(read);
  }
  return Object.values(principal).flatMap((value) => (Array.isArray(value) ? value : [value]).map(read));
}

function readConditions(condition: unknown, read: TextReader): TextCondition[] | undefined {
  if (condition === undefined) {
    return [];
  }
  if (!isRecord(condition)) {
    return undefined;
  }
  const conditions: TextCondition[] = [];
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isRecord(keys) || operator.startsWith('Fn::')) {
      return undefined;
    }
    for (const [key, values] of Object.entries(keys)) {
      conditions.push({ operator, key, values: (Array.isArray(values) ? values : [values]).map(read) });
    }
  }
  return conditions;
}

/** Whether a text has this literal as its whole value. */
export function isLiterally(value: PolicyText, literal: string): boolean {
  return literalOf(value) === literal;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
