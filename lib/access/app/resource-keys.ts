import type { PolicyText } from '../../policy/document/text';

/** The keys of the resources of which some attribute stands in texts. */
export function resourceKeysIn(texts: readonly PolicyText[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((found) =>
      found.flatMap((part) => (typeof part === 'string' ? [] : (/^(\{.+\})\./.exec(part.atom)?.[1] ?? []))),
    ),
  );
}
