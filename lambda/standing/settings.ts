/** What a person may set. */
export interface StandingSettings {
  /** From this share of refused rows on a `partial` sync is no success. */
  readonly refusedShare: number;
  /** The least grace that is given to a promise, in milliseconds. */
  readonly lateGraceMs: number;
}

export const defaultSettings: StandingSettings = { refusedShare: 0.01, lateGraceMs: 10 * 60_000 };
