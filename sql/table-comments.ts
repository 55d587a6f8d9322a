/** What a BI tool shows beside the lake's tables and columns. A column that is renamed or added has to be told here. */
import type { columns, partitionColumns, TableName } from '../lambda/schema/tables.ts';

export interface TableComments<T extends TableName> {
  readonly table: string;
  readonly columns: Readonly<Record<keyof (typeof columns)[T] | keyof (typeof partitionColumns)[T], string>>;
}

const workspace = 'Workspace, as it is called in the configuration';
const integrationId = 'Id of the integration at Braze';

export const tableComments: { readonly [T in TableName]: TableComments<T> } = {
  syncs: {
    table:
      'A sync a row, each exactly once, with its latest state. Filter on dt (the UTC day of sync_start_time, ' +
      'YYYY-MM-DD) and workspace: a query reads only the days that it names.',
    columns: {
      integration_id: integrationId,
      sync_start_time: 'Start of the sync, UTC; with integration_id it identifies the sync',
      sync_finish_time: 'End of the sync, UTC; null while it runs',
      last_timestamp_synced:
        'Newest UPDATED_AT that was synced, from the source’s own clock, UTC; null for file sources',
      job_status: 'success, partial, error, config_error, running, or another: lower case, an open set',
      rows_synced: 'Rows that Braze took',
      rows_failed_with_errors: 'Rows that Braze refused',
      problems: 'Names of fields that were sent but could not be typed and are null here; null: none',
      raw: "The row exactly as Braze sent it, as JSON: json_extract_scalar(raw, '$.field') reads what has no column",
      workspace,
      dt: 'UTC day of sync_start_time, YYYY-MM-DD: the partition',
    },
  },
  integrations: {
    table: 'An integration a row, as last listed by Braze; one that is gone keeps its row and its name.',
    columns: {
      integration_id: integrationId,
      integration_name: 'Name of the integration in Braze’s dashboard',
      integration_type: 'What it syncs, as Braze calls it',
      integration_status: 'Status of the integration itself, not of a sync',
      warehouse_type: 'Kind of warehouse or file source that it reads from',
      app_group_id: 'Id of the workspace at Braze',
      last_updated_at: 'Newest timestamp that was synced, as the list tells it, UTC',
      last_job_start_time: 'Start of its newest sync, as the list tells it, UTC',
      next_scheduled_run: 'When its next sync is planned, UTC; null without a schedule',
      last_job_status: 'Status of its newest sync, as the list tells it',
      listed: 'False: Braze no longer lists it; its history is kept',
      problems: 'Names of fields that were sent but could not be typed and are null here; null: none',
      raw: 'The row as Braze sent it, as JSON, without contact_emails',
      workspace,
    },
  },
  coverage: {
    table:
      'An integration a row: from when to when its history is whole, and what is missing. Read it before trusting a chart.',
    columns: {
      integration_id: integrationId,
      complete_from:
        'Between complete_from and complete_to no sync is missing, UTC; null before that is known',
      complete_to: 'When the newest end of the history was last read, UTC',
      gaps: 'Stretches of history not read yet',
      open_syncs: 'Syncs that are neither final nor followed by a newer one',
      abandoned_syncs: 'Syncs that were still open 7 days after their start, and are no longer asked for',
      row_order:
        'Order of Braze’s rows: newest_first, oldest_first, unordered; unproved: complete_from holds only if the rows go on as seen',
      state: 'complete, backfilling, failing, or gone (no longer listed or known at Braze)',
      failure: 'Why it is failing, or what keeps its history from becoming whole; null: nothing',
      checked_at: 'When Braze was last asked for it, UTC',
      late_rows: 'Rows that turned up where none was missing, ever',
      lost_gaps: 'Stretches of history that Braze no longer had when they were to be read, ever',
      rechecked_at: 'When the whole history was last read again, UTC; null: not yet',
      workspace,
    },
  },
  standing: {
    table:
      'An integration a row: how it stands, judged once, by the exporter, at the moment as_of. The views latest_syncs, ' +
      'freshness and what is open in incidents come from here. UTC. A lake that no run of this version has looked at has no rows.',
    columns: {
      integration_id: integrationId,
      state:
        'The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy',
      since: 'Since when it has been in that state, UTC',
      reason: 'Why, in a sentence',
      last_start: 'Start of its newest sync, UTC',
      last_finish: 'End of its newest sync, UTC; null while it runs',
      last_status: 'Status of its newest sync, also of one that runs',
      last_rows_synced: 'Rows of its newest sync that arrived',
      last_rows_failed: 'Rows of its newest sync that Braze refused',
      last_success:
        'Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)',
      syncs_without_success: 'Syncs in a row, up to the newest that is over, that were no success; 0: none',
      failing_since: 'Start of the first sync of that row, UTC; null: none',
      usual_minutes: 'Usual distance between two starts of syncs that brought data',
      expected_by:
        'When the next sync has to have started at the latest, with patience, UTC; null: nothing is expected',
      due_since: 'Oldest planned start that has passed without a sync since, UTC; null: none',
      judged_by: 'What says whether it is late: schedule, habit, or null: nothing is expected',
      late: 'Not there when expected; null: nothing is expected, or it is not known',
      minutes_late: 'By how much at as_of; 0: on time',
      traps: 'Signs that its successes do not bring what they should, names with commas; null: none',
      newest_timestamp_synced:
        'last_timestamp_synced of the newest sync that tells it: how far the data has come, by the source’s clock, UTC',
      details_until: 'Until when Braze shows the rows that it refused last, UTC; null: none were refused',
      continues: 'Id of the integration of the same name and type that ended where this one begins',
      incidents: 'Ids of its open incidents, with commas; null: none',
      as_of: 'When Braze was asked for its newest syncs: all of this holds at that moment, UTC',
      workspace,
    },
  },
  days: {
    table:
      'An integration and UTC day with syncs a row: what the rows of that day in syncs add up to, written with them. ' +
      'Filter on month (YYYY-MM) and workspace: a year is twelve objects.',
    columns: {
      integration_id: integrationId,
      dt: 'UTC day of the starts, YYYY-MM-DD',
      syncs: 'Syncs that started on the day',
      successes: 'Of them with the status success',
      partials: 'Of them with the status partial: some rows were refused',
      errors: 'Of them with the status error: no row was synced',
      config_errors: 'Of them with the status config_error',
      other_failures:
        'Of them over with any other status: they have a finish, or a later sync of the integration started on that day',
      not_final:
        '1 where the last sync of the day was not over when it was last seen; one that started on a later day says it is',
      successes_without_rows: 'Of the successes those with 0 rows synced',
      rows_synced: 'Rows that arrived in Braze; null: none of the syncs tells',
      rows_failed: 'Rows that Braze refused; null: none of the syncs tells',
      median_seconds: 'Median duration (nearest rank) of those with a finish that is not before their start',
      p95_seconds: '95th percentile of the same (nearest rank)',
      largest_gap_minutes:
        'Longest time of the day without a start, also from midnight to the first and from the last to midnight',
      first_start: 'First start of the day, UTC',
      last_start: 'Last start of the day, UTC',
      last_finish: 'Latest finish of the syncs of the day, which may be on a later day, UTC',
      workspace,
      month: 'Month of dt, YYYY-MM: the partition',
    },
  },
  changes: {
    table:
      'A change of an integration a row, as the list of integrations showed it: new, another name, status or type, ' +
      'gone, back. What the first export found has no row. UTC.',
    columns: {
      seen_at: 'When the exporter saw it, UTC: it happened since the run before',
      integration_id: integrationId,
      field:
        'What changed: listed (false to true: new or back; true to false: gone), integration_name, integration_status, integration_type',
      before: 'What it was; null: nothing, as for the listed of one that is new',
      after: 'What it is now; null: nothing any more',
      workspace,
    },
  },
  quarantine: {
    table: 'A row that could not be placed as a sync, kept as received with the reason; each once.',
    columns: {
      integration_id: 'Id of the integration that it came from; null where that is not known',
      reason: 'Why it could not be placed',
      raw: 'The row as it was received, as JSON',
      workspace,
    },
  },
};
