import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { PolicyText } from '../../policy/document/text';

/** Those of some resources that a pattern of Resource takes in. A pattern that names one is not compared with all. */
export function coveredResources(
  app: AppModel,
  pattern: PolicyText,
  candidates: ReadonlySet<AppResource>,
): AppResource[] {
  const named = app.placeOf(pattern)?.resource;
  if (named !== undefined) {
    return candidates.has(named) && app.covers(pattern, named) ? [named] : [];
  }
  const hasWildcard = pattern.some((part) => typeof part === 'string' && /[*?]/.test(part));
  return hasWildcard ? [...candidates].filter((candidate) => app.covers(pattern, candidate)) : [];
}
