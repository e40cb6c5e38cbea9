/** What the rules go by. Every field has a default: `checkSettings({})`. */
export interface CheckSettings {
  /** Today, for rules with a time in them, as `YYYY-MM-DD`. */
  readonly date: string;
  /** Whether statements on globally named resources need `aws:ResourceAccount` (rule `exfil-primitive`). */
  readonly dataPerimeter: boolean;
  /** The longest session of an agent role, in seconds. */
  readonly longestSession: number;
  /** The longest time until an elevation ends, in days. */
  readonly longestElevation: number;
  /** Bucket prefixes (`arn:aws:s3:::bucket/scratch/*`) whose objects an agent may delete without a gate. */
  readonly scratch: readonly string[];
  /** Roles outside the app that somebody vouches for. */
  readonly attestedRoles: readonly RoleAttestation[];
  /** What is there outside the app, said by somebody: model invocation logging and the like (rule `audit-absent`). */
  readonly attestedAudit?: Attestation;
}

/** Who vouches for something that no template shows, and until when. */
export interface Attestation {
  readonly owner: string;
  /** The last day it holds, as `YYYY-MM-DD`. */
  readonly until: string;
}

/** A role outside the app that somebody vouches for. */
export interface RoleAttestation extends Attestation {
  /** The ARN of the role, without wildcards. */
  readonly roleArn: string;
}

const DEFAULTS: Omit<CheckSettings, 'date'> = {
  dataPerimeter: false,
  longestSession: 3600,
  longestElevation: 7,
  scratch: [],
  attestedRoles: [],
};

/** The settings, with defaults for all that is not said. */
export function checkSettings(given: Partial<CheckSettings> & Pick<CheckSettings, 'date'>): CheckSettings {
  return { ...DEFAULTS, ...given };
}
