import type { PolicyDocument, PolicyStatement } from '../document/policy-document';
import { isLiteral, literalOf, type PolicyText, text, textKey } from '../document/text';
import { isExactAction, matchesAction } from '../match/action-glob';
import { actionsLike, findAction } from '../reference/service-reference';

/**
 * Actions that the same statements are about: whatever is true of one of them on a resource, under a context, is true
 * of all of them.
 */
export interface ActionClass {
  /** Spelt as the service reference spells them, in its order; what it does not have is in lower case. */
  readonly actions: readonly string[];
}

/**
 * Divides all actions into classes: those of the service reference, and those that the policies name and it does not
 * have. Actions that no statement names by a pattern are one class.
 */
export function actionClasses(documents: readonly PolicyDocument[]): ActionClass[] {
  const patterns = new Map<string, PolicyText>();
  for (const { statements } of documents) {
    for (const { action } of statements) {
      for (const pattern of action.patterns) {
        patterns.set(textKey(lowerCase(pattern)), pattern);
      }
    }
  }
  const hits = new Map<string, number[]>(actionsLike(text('*')).map((name) => [name, []]));
  const literal = [...patterns.values()].filter(isLiteral);
  const unlisted = literal.filter(
    (pattern) => isExactAction(pattern) && findAction(literalOf(pattern) ?? '') === undefined,
  );
  const unlistedNames = unlisted.map((pattern) => (literalOf(pattern) ?? '').toLowerCase());
  for (const name of unlistedNames) {
    hits.set(name, []);
  }
  for (const [index, pattern] of literal.entries()) {
    for (const name of [...actionsLike(pattern), ...unlistedNames.filter((known) => matchesAction(pattern, known))]) {
      hits.get(name)?.push(index);
    }
  }
  const classes = new Map<string, string[]>();
  for (const [name, found] of hits) {
    const key = found.join();
    const actions = classes.get(key);
    if (actions === undefined) {
      classes.set(key, [name]);
    } else {
      actions.push(name);
    }
  }
  return [...classes.values()].map((actions) => ({ actions }));
}

/**
 * The part of a policy that is about one action. A statement whose Action holds an unknown value stays as it is: it may
 * be about the action.
 */
export function restrictedTo(document: PolicyDocument, action: string): PolicyDocument {
  const statements = document.statements.flatMap((statement): PolicyStatement[] => {
    const { negated, patterns } = statement.action;
    if (!patterns.every(isLiteral)) {
      return [statement];
    }
    const named = patterns.some((pattern) => matchesAction(pattern, action)) !== negated;
    return named ? [{ ...statement, action: { negated: false, patterns: [text(action)] } }] : [];
  });
  return { ...document, statements };
}

function lowerCase(pattern: PolicyText): PolicyText {
  return pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}
