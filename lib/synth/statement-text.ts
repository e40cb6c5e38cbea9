import type { TextCondition, TextStatement } from '../policy/compare/text-statement';
import { literalOf, type PolicyText, text } from '../policy/document/text';
import { intrinsic } from './cfn-text';

/** Turns one value of a rendered document into a text. */
export type TextReader = (value: unknown) => PolicyText;

/** A statement that was read, with its principals as flat values. */
export interface ReadableStatement {
  readonly statement: TextStatement;
  readonly principals: readonly PolicyText[];
}

/** A statement that was read, or why it can't be. */
export type ReadStatement = ReadableStatement | { readonly unreadable: string };

/** The statements of a rendered policy document, those on both sides of an `Fn::If` too. */
export function readDocument(document: unknown, read: TextReader): ReadStatement[] {
  const documents = alternatives(document);
  if (documents.length === 0) {
    return [{ unreadable: NO_STATEMENT }];
  }
  return documents.flatMap((one) => {
    const { Statement: statements, Version: version } = isRecord(one) ? one : {};
    return statements === undefined
      ? [{ unreadable: NO_STATEMENT }]
      : alternatives(statements).map((statement) => inVersion(version, readStatement(statement, read)));
  });
}

/** In a document that does not say the newer version, policy variables are plain text. */
function inVersion(version: unknown, entry: ReadStatement): ReadStatement {
  if (version === '2012-10-17' || 'unreadable' in entry) {
    return entry;
  }
  return isRecord(version)
    ? { unreadable: "the document's Version is only known at deployment" }
    : { ...entry, statement: { ...entry.statement, version: '2008-10-17' } };
}

const NO_STATEMENT = 'the document has no readable Statement';

/** The values that a value, or each item of a list, may be when conditions decide it at deployment. */
function alternatives(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap(alternatives);
  }
  const call = intrinsic(value);
  if (call?.name === 'Fn::If' && Array.isArray(call.argument)) {
    return call.argument.slice(1).flatMap(alternatives);
  }
  return call?.name === 'Ref' && call.argument === 'AWS::NoValue' ? [] : [value];
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
    // Everybody but a list may be anybody.
    principals: json.NotPrincipal === undefined ? readPrincipals(json.Principal, read) : [text('*')],
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
