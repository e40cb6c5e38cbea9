import type { Need } from '../policy/reference/granted-actions';

/** Condition operators, each with the keys it tests and their values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One statement that a grant or a host's baseline declares. Values may hold CDK tokens. */
export interface DeclaredStatement {
  /** Completes the Sid: what the statement is for, in letters and digits. Empty for the only one of a grant. */
  readonly name: string;
  /** The needs whose actions the statement gives; their rows say why. */
  readonly needs: readonly Need[];
  /** Exact ARNs, or `*` where the actions take no resource. */
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why a wildcard in `resources` is forced by the service, where there is one. */
  readonly wildcard?: string;
}

/** One statement that the user spelled out, action by action. */
export interface ExplicitStatement extends Omit<DeclaredStatement, 'needs'> {
  readonly actions: readonly string[];
}
