import type { AppModel } from '../access/app/app-model';
import type { CheckSettings } from './check-settings';
import type { Observation } from './observation';

/** How grave a finding is. Only an `error` fails synth; an `info` is never counted against anyone. */
export type Severity = 'error' | 'warning' | 'info';

/** The groups of the catalogue. */
export type RuleGroup = 'ID' | 'ACT' | 'RES' | 'DATA' | 'MDL' | 'DEL' | 'ESC' | 'HUM' | 'JIT' | 'AUD' | 'TAM' | 'EGR';

/** One rule: what it is called, what it says to people, and a function of the app model. */
export interface Rule {
  /** Such as `trust-public`. Its id in findings is `LeastAgency-TrustPublic`. */
  readonly name: string;
  readonly group: RuleGroup;
  /** The severity of its findings, where a finding does not say another. */
  readonly severity: Severity;
  /** What is wrong where the rule finds something, in one sentence. */
  readonly title: string;
  /** What an attacker, or an accident, makes of it. */
  readonly why: string;
  /** The grant or the property to use instead. */
  readonly fix: string;
  /** Items of published frameworks: `OWASP ASI03`, `NIST SP 800-53 AC-6(5)`, `NIST CSF 2.0 PR.AA`. */
  readonly frameworks: readonly string[];
  /** Pure: the same app and settings give the same observations, in the same order. */
  check(app: AppModel, settings: CheckSettings): Iterable<Observation>;
}
