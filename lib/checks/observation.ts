import type { AppStatement } from '../access/app/app-statement';
import type { Severity } from './rule';

/** Where something has to be changed: a resource of the app, or a part of a template that could not be read. */
export interface FindingPlace {
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  /** The logical id that stands in the template, where it is another one. */
  readonly writtenAs?: string | undefined;
}

/** What a rule saw, before it becomes a finding. One for each cause: list all actions of a statement in one. */
export interface Observation {
  /** The resource that has to be changed. */
  readonly resource: FindingPlace;
  /** The statements it is about. Their actions, resources and conditions are part of the finding's id. */
  readonly statements?: readonly AppStatement[];
  /** What else the finding's id depends on, besides the rule and the statements: what tells two causes apart. */
  readonly cause?: readonly string[];
  /** What is wrong here, in one or two sentences, with the names and values that stand in the template. */
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** Why the rule cannot decide, such as `Ref Environment has no default`. The finding is `cannot-decide` then. */
  readonly undecided?: string;
  /** What to do here, where it is more exact than the rule's. */
  readonly fix?: string;
  /** A request that is allowed and should not be, such as `iam:CreateUser on *`. */
  readonly example?: string;
}
