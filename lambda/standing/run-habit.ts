/** How long it has gone before without rows or with the same watermark: what a run under way is held against. */
export interface RunHabit {
  /** Successes of 28 days whose rows were counted, and those of them without any. */
  readonly counted: number;
  readonly empty: number;
  /** The most of them without rows, one after the other. */
  readonly longestEmpty: number;
  /** Syncs with a watermark, and those of them whose watermark did not move on. */
  readonly watermarks: number;
  readonly standing: number;
  readonly longestStanding: number;
  /** How many watermarks lay ahead of their sync's finish, and the farthest, in milliseconds. */
  readonly ahead: number;
  readonly farthestAheadMs: number;
}
