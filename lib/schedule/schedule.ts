/** A schedule expression of EventBridge Scheduler, and how far apart its runs are. */
export interface Schedule {
  /** As EventBridge Scheduler takes it. */
  readonly expression: string;
  /** Seconds between two runs where they are closest; infinite where it fires only once. */
  readonly shortest: number;
  /** Seconds between two runs where they are furthest apart; infinite where it fires only once. */
  readonly longest: number;
}
