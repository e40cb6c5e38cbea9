import type { PreparedLayer } from './prepared-policies';
import type { Naming } from './principal-match';
import { matchStatement, type PreparedRequest } from './statement-match';

/** What one layer says about one request. */
export interface LayerVerdict {
  readonly name: string;
  /** Labels of the Deny statements that apply. */
  readonly denies: readonly string[];
  /** The Allow statements that apply. */
  readonly allows: readonly LayerAllow[];
  /** When no statement allows: the one that came nearest, and what did not match. */
  readonly nearest?: string;
}

/** An Allow that applies. */
export interface LayerAllow {
  readonly label: string;
  /** Policies with principals only. */
  readonly naming?: Naming;
}

/** Asks every statement of a layer. */
export function askLayer(layer: PreparedLayer, request: PreparedRequest): LayerVerdict {
  const denies: string[] = [];
  const allows: LayerAllow[] = [];
  let nearest: { progress: number; text: string } | undefined;
  for (const statement of layer.statements) {
    const match = matchStatement(statement, request);
    if (match.applies && statement.effect === 'Deny') {
      denies.push(statement.label);
    } else if (match.applies) {
      allows.push({ label: statement.label, ...(match.naming === undefined ? {} : { naming: match.naming }) });
    } else if (statement.effect === 'Allow' && match.progress > (nearest?.progress ?? -1)) {
      nearest = { progress: match.progress, text: `${statement.label} came nearest: ${match.reason}` };
    }
  }
  return { name: layer.name, denies, allows, ...(nearest === undefined ? {} : { nearest: nearest.text }) };
}
