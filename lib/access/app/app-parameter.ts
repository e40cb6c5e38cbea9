import type { AppTemplate } from './app-template';
import { objectOf, plainText } from './json';

/** A parameter of a template of the app. */
export interface AppParameter {
  /** The name of its template. */
  readonly stack: string;
  readonly logicalId: string;
  /** Its default; an empty text where it has none. */
  readonly fallback: string;
  /** Whether its value is kept out of what CloudFormation shows: a secret, by what its author says. */
  readonly hidden: boolean;
}

/** The parameters of all templates. */
export function parametersOf(templates: readonly AppTemplate[]): AppParameter[] {
  return templates.flatMap(({ name, body }) =>
    Object.entries(objectOf(body.Parameters)).map(([logicalId, definition]) => ({
      stack: name,
      logicalId,
      fallback: plainText(objectOf(definition).Default),
      hidden: plainText(objectOf(definition).NoEcho).toLowerCase() === 'true',
    })),
  );
}
