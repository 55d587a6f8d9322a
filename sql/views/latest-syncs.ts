import { minutes, seconds } from '../expressions.ts';
import { integration, integrationStatus, listed, workspace } from '../integration-columns.ts';
import { eachIntegration, ofIntegration, standingColumn } from '../standing-columns.ts';
import type { View } from '../view.ts';

export const latestSyncs: View = {
  name: 'latest_syncs',
  grain:
    'An integration a row: how it stands, with its newest sync and its newest success, as of the moment as_of. ' +
    'From the table standing; one without a line there has nulls.',
  columns: [
    workspace,
    ...integration,
    integrationStatus,
    listed,
    standingColumn('last_start'),
    standingColumn('last_status'),
    standingColumn('last_rows_synced'),
    standingColumn('last_rows_failed'),
    { name: 'minutes_since_start', type: 'double', comment: 'From the newest start until as_of' },
    standingColumn('last_success'),
    { name: 'minutes_since_success', type: 'double', comment: 'From that start until as_of' },
    standingColumn('syncs_without_success'),
    standingColumn('state'),
    standingColumn('since'),
    standingColumn('reason'),
    standingColumn('last_finish'),
    {
      name: 'last_duration_seconds',
      type: 'double',
      comment: 'From start to finish of its newest sync; null while it runs',
    },
    standingColumn('failing_since'),
    standingColumn('traps'),
    standingColumn('details_until'),
    standingColumn('continues'),
    standingColumn('incidents'),
    standingColumn('as_of'),
  ],
  sql: () => `
SELECT
  ${ofIntegration},
  standing.last_start,
  standing.last_status,
  standing.last_rows_synced,
  standing.last_rows_failed,
  ${minutes('standing.last_start', 'standing.as_of')} AS minutes_since_start,
  standing.last_success,
  ${minutes('standing.last_success', 'standing.as_of')} AS minutes_since_success,
  standing.syncs_without_success,
  standing.state,
  standing.since,
  standing.reason,
  standing.last_finish,
  CASE WHEN standing.last_finish >= standing.last_start
    THEN ${seconds('standing.last_start', 'standing.last_finish')} END AS last_duration_seconds,
  standing.failing_since,
  standing.traps,
  standing.details_until,
  standing.continues,
  standing.incidents,
  standing.as_of
FROM ${eachIntegration}`,
};
