import { daysAgo, lookBackDays, newestFirst, oldestFirst } from '../expressions.ts';
import { integration, listed, workspace } from '../integration-columns.ts';
import type { View } from '../view.ts';

/**
 * A streak is told by the number of successes before it. Its place in one needs all syncs before it, so a filter
 * on `dt` chooses rows and saves no reading here; a filter on `workspace` does.
 *
 * The next success is sought from the newest sync back: Trino extends a frame that only grows, and would begin
 * anew at each row of one that shrinks.
 */
export const failedSyncs: View = {
  name: 'failed_syncs',
  grain:
    'A sync a row that was no success: final with another status, or never final within 7 days. ' +
    `Looks back ${lookBackDays} days; a streak that began before begins there. ` +
    'For older ones ask sync_history.',
  columns: [
    workspace,
    { name: 'dt', type: 'string', comment: 'UTC day of the start, yyyy-mm-dd' },
    ...integration,
    listed,
    { name: 'sync_start_time', type: 'timestamp', comment: 'Start, UTC' },
    { name: 'sync_finish_time', type: 'timestamp', comment: 'Finish, UTC; null where there is none' },
    { name: 'job_status', type: 'string', comment: 'As Braze gave it, in lower case; an open set' },
    { name: 'outcome', type: 'string', comment: 'failure, or abandoned: not final 7 days after its start' },
    { name: 'duration_seconds', type: 'double', comment: 'From start to finish' },
    { name: 'rows_synced', type: 'bigint', comment: 'Rows that arrived all the same (partial)' },
    { name: 'rows_failed', type: 'bigint', comment: 'Rows that Braze refused' },
    {
      name: 'failed_row_share',
      type: 'double',
      comment: 'Refused of all its rows, 0 to 1; null without rows',
    },
    { name: 'streak', type: 'bigint', comment: 'The same number for all syncs of one streak, see incidents' },
    {
      name: 'streak_position',
      type: 'bigint',
      comment: 'Its place in the streak; 1: the first after a success',
    },
    { name: 'next_success', type: 'timestamp', comment: 'Start of the next success, UTC; null: none yet' },
  ],
  sql: (dialect) => `
WITH ended_syncs AS (
  SELECT
    workspace, dt, integration_id, integration_name, integration_type, listed,
    sync_start_time, sync_finish_time, job_status, outcome, duration_seconds,
    rows_synced, rows_failed, failed_row_share,
    count(CASE WHEN outcome = 'success' THEN 1 END) OVER (
      PARTITION BY workspace, integration_id ORDER BY ${oldestFirst} ROWS UNBOUNDED PRECEDING
    ) AS streak,
    min(CASE WHEN outcome = 'success' THEN sync_start_time END) OVER (
      PARTITION BY workspace, integration_id ORDER BY ${newestFirst} ROWS UNBOUNDED PRECEDING
    ) AS next_success
  FROM sync_history
  WHERE dt >= ${daysAgo(lookBackDays, dialect)} AND outcome <> 'open'
)
SELECT
  workspace, dt, integration_id, integration_name, integration_type, listed,
  sync_start_time, sync_finish_time, job_status, outcome, duration_seconds,
  rows_synced, rows_failed, failed_row_share,
  streak,
  row_number() OVER (
    PARTITION BY workspace, integration_id, streak ORDER BY ${oldestFirst}
  ) AS streak_position,
  next_success
FROM ended_syncs
WHERE outcome <> 'success'`,
};
