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

  public get exhausted(): boolean {
    return this.left < 0;
  }
}
