/** What several views and questions say in the same words, in SQL that both engines read alike. */
import type { Dialect } from './dialect.ts';

/**
 * Views over single syncs read no more than these days, by their `dt`. The condition is a constant to Trino, so older
 * partitions are not listed. What is asked over longer spans is asked of `days`.
 */
export const lookBackDays = 45;

/** The `dt` of so many days ago. */
export const daysAgo = (days: number, dialect: Dialect): string => dialect.daysAgo(days);

/** A condition on the partition `month` of `days` that keeps the month of so many days ago, and later ones. */
export const monthsSince = (month: string, days: number, dialect: Dialect): string =>
  `${month} >= substr(${daysAgo(days, dialect)}, 1, 7)`;

/** Between two timestamps, with their milliseconds. */
export const seconds = (from: string, to: string): string =>
  `date_diff('millisecond', ${from}, ${to}) / 1000e0`;

/** From start to finish, in seconds; null while it runs, and where it ended before it began. */
export const durationOf = (sync: string): string =>
  `CASE WHEN ${sync}.sync_finish_time >= ${sync}.sync_start_time
    THEN ${seconds(`${sync}.sync_start_time`, `${sync}.sync_finish_time`)} END`;

export const minutes = (from: string, to: string): string =>
  `date_diff('millisecond', ${from}, ${to}) / 60000e0`;

/** An integration that was never listed, or has no name, goes by its id. */
export const nameOr = (id: string): string => `coalesce(nullif(integrations.integration_name, ''), ${id})`;

/**
 * Syncs of one integration from the oldest on. Two that start in one millisecond are told apart by what follows,
 * so that an answer does not change from one time to the next.
 */
export const oldestFirst = 'sync_start_time, sync_finish_time NULLS LAST, job_status NULLS LAST';

/** Exactly the reverse. */
export const newestFirst =
  'sync_start_time DESC, sync_finish_time DESC NULLS FIRST, job_status DESC NULLS FIRST';

/** A sum of counts; null, not an error, where it is past 64 bits. */
export const total = (count: string): string => `TRY_CAST(sum(CAST(${count} AS decimal(38, 0))) AS bigint)`;

/** Refused of all rows, from 0 to 1; null where there were none, or Braze did not count them. */
export const failedShare = (failed: string, synced: string): string =>
  `CASE WHEN ${failed} >= 0 AND ${synced} >= 0
    THEN CAST(${failed} AS double) / nullif(CAST(${failed} AS double) + CAST(${synced} AS double), 0) END`;

/**
 * Of a group's values the smallest that is not below the given share of them: always a value that was there, and
 * the same every time, which Trino's approx_percentile is not. Nulls don't count; null where there is nothing else.
 */
export const nearestRank = (share: number, value: string, dialect: Dialect): string =>
  dialect.element(
    `${dialect.ascending(`array_agg(${value}) FILTER (WHERE ${value} IS NOT NULL)`)}`,
    `CAST(ceil(${share}e0 * count(${value})) AS bigint)`,
  );
