import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import { arnParts } from '../../../access/app/arn-parts';
import type { PolicyText } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';

/**
 * Those of some resources of one service that a pattern of Resource takes in. A pattern that names a resource, or that
 * is about another service, is not compared with all of them.
 */
export function coveredResources(
  app: AppModel,
  pattern: PolicyText,
  candidates: ReadonlySet<AppResource>,
  service: string,
): AppResource[] {
  const named = app.placeOf(pattern)?.resource;
  if (named !== undefined) {
    return candidates.has(named) && app.covers(pattern, named) ? [named] : [];
  }
  const about = arnParts(pattern)?.service;
  if (about !== undefined && !matchesGlob(compileGlob(globTokens(about)), service)) {
    return [];
  }
  const hasWildcard = pattern.some((part) => typeof part === 'string' && /[*?]/.test(part));
  return hasWildcard ? [...candidates].filter((candidate) => app.covers(pattern, candidate)) : [];
}
