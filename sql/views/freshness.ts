import { integration, integrationStatus, listed, workspace } from '../integration-columns.ts';
import { eachIntegration, ofIntegration, standingColumn } from '../standing-columns.ts';
import type { View } from '../view.ts';

/**
 * Late is judged by the exporter, at the moment when it last looked: that it has not looked since says nothing of the
 * source. When nobody has looked for a day, it is not known whether what was on time then has come since. That is all
 * that this view adds, for a reader's clock is none that an exporter that stands still could know.
 */
export const freshness: View = {
  name: 'freshness',
  grain:
    'An integration a row: is its data late, by its schedule or by its habit? From the table standing; ' +
    'one without a line there has nulls.',
  columns: [
    workspace,
    ...integration,
    integrationStatus,
    listed,
    standingColumn('last_success'),
    standingColumn('usual_minutes'),
    standingColumn('expected_by'),
    standingColumn('as_of'),
    {
      name: 'late',
      type: 'boolean',
      comment: 'Not there when expected; null: nothing is expected, or nobody has looked for a day',
    },
    {
      name: 'minutes_late',
      type: 'double',
      comment: 'By how much at as_of; 0: on time; null as late is',
    },
    standingColumn('newest_timestamp_synced'),
    standingColumn('state'),
    standingColumn('since'),
    standingColumn('reason'),
    standingColumn('judged_by'),
    standingColumn('due_since'),
    standingColumn('traps'),
  ],
  sql: (dialect) => `
SELECT
  ${ofIntegration},
  standing.last_success,
  standing.usual_minutes,
  standing.expected_by,
  standing.as_of,
  CASE
    WHEN standing.late OR standing.as_of > ${dialect.now} - INTERVAL '1' DAY THEN standing.late
  END AS late,
  CASE
    WHEN standing.late OR standing.as_of > ${dialect.now} - INTERVAL '1' DAY THEN standing.minutes_late
  END AS minutes_late,
  standing.newest_timestamp_synced,
  standing.state,
  standing.since,
  standing.reason,
  standing.judged_by,
  standing.due_since,
  standing.traps
FROM ${eachIntegration}`,
};
