/** Something in a policy that IAM would not accept, or that cannot be read. */
export interface PolicyFinding {
  /** Such as `Statement[2].Action[0]`; empty for the policy as a whole. */
  readonly place: string;
  /** One sentence that starts with the place. */
  readonly message: string;
}

const MOST_FINDINGS = 100;
const MOST_ITEMS = 200_000;

/** Collects findings while one policy is read, and bounds the work and the report. */
export class PolicyReading {
  public readonly findings: PolicyFinding[] = [];
  private items = 0;

  /** Records a finding. Those after the first hundred are dropped. */
  public report(place: string, problem: string): void {
    if (this.findings.length < MOST_FINDINGS) {
      this.findings.push({ place, message: place === '' ? problem : `${place}: ${problem}` });
    }
  }

  /** Counts values to be read; false, with one finding, once there are more than any real policy has. */
  public admits(place: string, count: number): boolean {
    const before = this.items;
    this.items += count;
    if (this.items <= MOST_ITEMS) {
      return true;
    }
    if (before <= MOST_ITEMS) {
      this.report(place, `the policy has more than ${MOST_ITEMS} values and is not read.`);
    }
    return false;
  }
}
