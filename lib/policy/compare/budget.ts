/**
 * How much work one comparison may do, in steps of about a microsecond. What is not finished then is `may`, never `no`.
 */
export class Budget {
  private left: number;

  public constructor(steps: number) {
    this.left = steps;
  }

  /** Takes some steps; false once there are none left. */
  public spend(steps: number): boolean {
    this.left -= steps;
    return this.left >= 0;
  }

  /** Sets a part of what is left aside, for work that must not use up all. */
  public share(part: number): Budget {
    const steps = Math.max(0, this.left) * part;
    this.left -= steps;
    return new Budget(steps);
  }

  public get exhausted(): boolean {
    return this.left < 0;
  }
}
