import { literalOf, text } from '../document/text';
import type { TextTemplate } from './policy-variable';

/**
 * The text of a policy value for operators that have no policy variables: what looks like a variable is text there,
 * and fits no number, date, address or Base64.
 *
 * @returns undefined when an atom or a variable is part of it.
 */
export function constantValue(value: TextTemplate): string | undefined {
  const plain = value.map((part) => ('plain' in part ? literalOf(part.plain) : undefined));
  return plain.includes(undefined) ? undefined : literalOf(text(...plain.map((part) => part ?? '')));
}
