import type { PolicyVersion } from '../document/policy-document';
import { type PolicyText, text } from '../document/text';
import { type GlobToken, globTokens, lettersOf } from '../match/glob';
import type { RequestContext } from './request-context';

/** A reference to a context key in a policy's text. */
export interface PolicyVariable {
  readonly key: string;
  /** What stands for the key when the request does not carry it. */
  readonly fallback?: string;
}

/** A part of a policy's text: plain text, in which `*` and `?` may be wildcards; letters that are never wildcards; a variable. */
export type TemplatePart =
  | { readonly plain: PolicyText }
  | { readonly exact: string }
  | { readonly variable: PolicyVariable };

/** A policy's text with its variables found. */
export type TextTemplate = readonly TemplatePart[];

const VARIABLE = /\$\{([^{}]*)\}/g;
const SPECIAL: readonly string[] = ['*', '?', '$'];

/**
 * Finds the policy variables of a text: `${key}`, `${key, 'default'}`, and the escapes `${*}`, `${?}` and `${$}`.
 *
 * Version 2008-10-17 of the language has no variables, so there everything is plain text.
 */
export function textTemplate(value: PolicyText, version: PolicyVersion): TextTemplate {
  if (version === '2008-10-17') {
    return [{ plain: value }];
  }
  const parts: TemplatePart[] = [];
  for (const part of value) {
    if (typeof part !== 'string') {
      parts.push({ plain: [part] });
      continue;
    }
    let end = 0;
    for (const match of part.matchAll(VARIABLE)) {
      parts.push({ plain: text(part.slice(end, match.index)) }, variablePart(match[1] ?? ''));
      end = match.index + match[0].length;
    }
    parts.push({ plain: text(part.slice(end)) });
  }
  return parts;
}

/** Whether the text means the same for every request. */
export function isConstant(template: TextTemplate): boolean {
  return template.every((part) => !('variable' in part));
}

/**
 * The pattern that a text is for one request: wildcards only where the policy itself has them, never in what a
 * variable stands for.
 *
 * @returns undefined when a variable has no value. Such a text matches nothing.
 */
export function resolvePattern(template: TextTemplate, context: RequestContext): GlobToken[] | undefined {
  const tokens: GlobToken[] = [];
  for (const part of template) {
    if ('plain' in part) {
      tokens.push(...globTokens(part.plain));
      continue;
    }
    const value = 'exact' in part ? part.exact : variableValue(part.variable, context);
    if (value === undefined) {
      return undefined;
    }
    tokens.push(...lettersOf(value));
  }
  return tokens;
}

/** The text that a text is for one request, without any wildcards; undefined when a variable has no value. */
export function resolveText(template: TextTemplate, context: RequestContext): PolicyText | undefined {
  const parts: PolicyText[] = [];
  for (const part of template) {
    const value = 'plain' in part ? part.plain : 'exact' in part ? part.exact : variableValue(part.variable, context);
    if (value === undefined) {
      return undefined;
    }
    parts.push(text(value));
  }
  return text(...parts);
}

/** A key with several values has no single value to put in, so it counts as missing. */
function variableValue(variable: PolicyVariable, context: RequestContext): string | undefined {
  return context.single(variable.key) ?? variable.fallback;
}

function variablePart(inner: string): TemplatePart {
  if (SPECIAL.includes(inner)) {
    return { exact: inner };
  }
  const comma = inner.indexOf(',');
  const fallback = comma < 0 ? '' : inner.slice(comma + 1).trim();
  if (fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'")) {
    return { variable: { key: inner.slice(0, comma).trim(), fallback: fallback.slice(1, -1) } };
  }
  return { variable: { key: inner.trim() } };
}
