/**
 * Signs that mean little once and something several times: how often in a row, and since when. Only syncs with data
 * count; a failed one between them neither goes on with a run nor ends it.
 */
import { hasRows } from './outcome.ts';
import { dayMs, hourMs, minuteMs } from './periods.ts';
import type { SyncFact } from './sync-fact.ts';

/** Clocks of a source, of Braze and of the exporter differ, but not by more. */
export const clocksDifferMs = 5 * minuteMs;
/**
 * A watermark made of the current time is made when the query runs: at the start of the sync or soon after. That of a
 * stream lies a little before, by as much as its rows take on their way.
 */
const aboutMs = minuteMs;
const beforeStartMs = 2000;
/** Fewer rows cost little, however often they are sent. */
const largeRows = 1000n;
/** A whole table grows or shrinks by less than a hundredth between two syncs; a stream does not keep so still. */
const constantShare = 100n;
/** A source query must end within an hour: three quarters of it, and two thirds, where it is said to be over. */
const queryLimitMs = hourMs;
const nearMs = 0.75 * queryLimitMs;
const farMs = (2 / 3) * queryLimitMs;
/** What came so long before is not compared: watermarks of a monthly sync say nothing about each other. */
export const comparedMs = 35 * dayMs;
/** Rows at the boundary that were not sent again for so long will not be again. */
const boundaryKeptMs = 28 * dayMs;

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
  /** The watermark stays or goes back, and no row is new by it; where it stood before. */
  readonly standing: (Run & { readonly at: number }) | null;
  /** The watermark lies ahead of the finish: how far at most; how often it stood still, and how often it moved. */
  readonly ahead: (Run & { readonly byMs: number; readonly stood: number; readonly moved: number }) | null;
  /** The watermark is about the start, and the rows are as many as in the sync before. */
  readonly whole: (Run & { readonly rows: bigint }) | null;
  /** The watermark is that of the sync before, and rows came all the same; start of the newest. */
  readonly boundary: (Run & { readonly last: number }) | null;
  /** Nearly as long as a source query may take: how long the first and the newest took. */
  readonly nearLimit: (Run & { readonly firstMs: number; readonly newestMs: number }) | null;
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

/** Adds a sync with data. */
export function runsWith(before: Runs, sync: SyncFact): Runs {
  const isLongAgo = before.watermark !== null && sync.start - before.watermark.start > comparedMs;
  const runs = isLongAgo ? { ...newRuns(), empty: before.empty } : before;
  const { start, timestampSynced } = sync;
  return {
    watermark: timestampSynced === null ? runs.watermark : { at: timestampSynced, start },
    empty: emptyAfter(runs, sync),
    standing: standingAfter(runs, sync),
    ahead: aheadAfter(runs, sync),
    whole: wholeAfter(runs, sync),
    boundary: boundaryAfter(runs, sync),
    nearLimit: nearLimitAfter(runs, sync),
  };
}

const longer = (run: Run | null, { start }: SyncFact): Run => ({
  since: run?.since ?? start,
  count: (run?.count ?? 0) + 1,
});

function emptyAfter({ empty }: Runs, sync: SyncFact): Run | null {
  if (sync.rowsSynced === null) return empty;
  if (hasRows(sync)) return null;
  return sync.status === 'success' ? longer(empty, sync) : empty;
}

/** Rows under the same watermark as before are another matter: {@link boundaryAfter}. */
function standingAfter({ standing, watermark }: Runs, sync: SyncFact): Runs['standing'] {
  const at = sync.timestampSynced;
  if (at === null || watermark === null) return standing;
  const stood = standing?.at ?? watermark.at;
  if (at > watermark.at && (at > stood || hasRows(sync))) return null;
  return at === watermark.at && hasRows(sync) ? standing : { ...longer(standing, sync), at: stood };
}

/** What a watermark is held against: a finish, but for one that lies before its start, which says nothing. */
export const endOf = ({ start, finish }: SyncFact): number | null =>
  finish === null ? null : Math.max(start, finish);

/**
 * A finish that is still to come was seen by nobody, and must not put off for ever what is awaited.
 * @param at when it was read, in milliseconds.
 */
export const seenEndOf = ({ finish }: SyncFact, at: number): number | null =>
  finish !== null && finish <= at + clocksDifferMs ? finish : null;

function aheadAfter({ ahead, watermark }: Runs, sync: SyncFact): Runs['ahead'] {
  const { start, timestampSynced } = sync;
  const end = endOf(sync);
  if (end === null) return ahead;
  const at = timestampSynced ?? (ahead && watermark?.at) ?? null;
  if (at === null || at - end <= clocksDifferMs) return null;
  const hasMoved = watermark !== null && at > watermark.at;
  return {
    since: ahead?.since ?? start,
    count: (ahead?.count ?? 0) + 1,
    byMs: Math.max(ahead?.byMs ?? 0, at - end),
    stood: (ahead?.stood ?? 0) + (ahead && !hasMoved ? 1 : 0),
    moved: (ahead?.moved ?? 0) + (ahead && hasMoved ? 1 : 0),
  };
}

function wholeAfter({ whole }: Runs, sync: SyncFact): Runs['whole'] {
  const { start, finish, rowsSynced: rows, timestampSynced: at } = sync;
  if (rows === null || at === null || rows < largeRows) return null;
  if (at < start - beforeStartMs || at > Math.max(start + aboutMs, finish ?? start)) return null;
  const difference = whole === null ? 0n : rows > whole.rows ? rows - whole.rows : whole.rows - rows;
  const goesOn = whole !== null && difference * constantShare <= whole.rows;
  return { ...longer(goesOn ? whole : null, sync), rows };
}

/**
 * A sync without rows under the same watermark proves that nothing is sent again. One whose watermark moves on proves
 * nothing: what was certain stays so for a while, and what was not is forgotten.
 */
function boundaryAfter({ boundary, watermark }: Runs, sync: SyncFact): Runs['boundary'] {
  const { start, timestampSynced: at, rowsSynced: rows } = sync;
  const stands = at === null || (watermark !== null && at === watermark.at);
  if (stands && at !== null && hasRows(sync)) return { ...longer(boundary, sync), last: start };
  if (boundary === null || (stands && rows === 0n)) return null;
  return boundary.count > 1 && start - boundary.last <= boundaryKeptMs ? boundary : null;
}

/** Only where there is a source query: a source of files has no watermark. What took longer was not the query. */
function nearLimitAfter({ nearLimit, watermark }: Runs, sync: SyncFact): Runs['nearLimit'] {
  const { start, finish, timestampSynced } = sync;
  if (!hasRows(sync) || finish === null) return nearLimit;
  const tookMs = finish - start;
  const hasQuery = timestampSynced !== null || watermark !== null;
  if (!hasQuery || tookMs < farMs || tookMs > queryLimitMs) return null;
  if (tookMs < nearMs) return nearLimit;
  return { ...longer(nearLimit, sync), firstMs: nearLimit?.firstMs ?? tookMs, newestMs: tookMs };
}
