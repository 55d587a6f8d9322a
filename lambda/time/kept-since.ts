/**
 * Since when something has been so, in milliseconds: since it was first found so, or since now. A kept time that is
 * still to come was written under a clock that was ahead; whoever believed it would wait until then.
 */
export const keptSince = (kept: number | null | undefined, now: number): number => Math.min(kept ?? now, now);
