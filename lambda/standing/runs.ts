/** Signs that mean nothing once and something several times: how often in a row, and since when. */

/** Syncs in a row. */
export interface Run {
  /** Start of the first. */
  readonly since: number;
  readonly count: number;
}

export interface Runs {
  /** The newest watermark, and the start of its sync. */
  readonly watermark: { readonly at: number; readonly start: number } | null;
  /** Successes without rows. */
  readonly empty: Run | null;
  /** Syncs without rows that are new by the watermark: it stays or goes back. */
  readonly standing: Run | null;
  /** The watermark lies ahead of the finish; how far at most, and in how many of them it did not move on. */
  readonly ahead: (Run & { readonly byMs: number; readonly stood: number }) | null;
  /** The watermark is about the start, and the rows are as many as in the sync before. */
  readonly whole: (Run & { readonly rows: bigint }) | null;
  /** The watermark is that of the sync before, and rows came; the newest such start. */
  readonly boundary: (Run & { readonly last: number }) | null;
  /** Nearly as long as a source query may take, and how long the newest took; or nearly as many rows. */
  readonly nearLimit: (Run & { readonly newestMs: number | null; readonly firstMs: number | null }) | null;
}

export const newRuns = (): Runs => ({
  watermark: null,
  empty: null,
  standing: null,
  ahead: null,
  whole: null,
  boundary: null,
  nearLimit: null,
});
