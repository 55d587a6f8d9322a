/**
 * The tables of the lake: names, columns in the order in which they are written, and their Athena types.
 * The writer, the local SQL and the deployed catalogue all read this one definition.
 */

/**
 * The Athena types that occur. A cell is written so that the Hive JSON SerDe reads it without an error: a double as
 * a JSON number, with or without a fraction or an exponent, or null, since JSON knows no infinity.
 */
export type ColumnType = 'string' | 'timestamp' | 'bigint' | 'double' | 'boolean';

export type Columns = Readonly<Record<string, ColumnType>>;

/** Columns that come from the key of an object, not from its lines. */
export const partitionColumns = {
  syncs: { workspace: 'string', dt: 'string' },
  integrations: { workspace: 'string' },
  coverage: { workspace: 'string' },
  standing: { workspace: 'string' },
  days: { workspace: 'string', month: 'string' },
  changes: { workspace: 'string' },
  quarantine: { workspace: 'string' },
} as const satisfies Record<string, Columns>;

export const columns = {
  syncs: {
    integration_id: 'string',
    sync_start_time: 'timestamp',
    sync_finish_time: 'timestamp',
    last_timestamp_synced: 'timestamp',
    job_status: 'string',
    rows_synced: 'bigint',
    rows_failed_with_errors: 'bigint',
    problems: 'string',
    raw: 'string',
  },
  integrations: {
    integration_id: 'string',
    integration_name: 'string',
    integration_type: 'string',
    integration_status: 'string',
    warehouse_type: 'string',
    app_group_id: 'string',
    last_updated_at: 'timestamp',
    last_job_start_time: 'timestamp',
    next_scheduled_run: 'timestamp',
    last_job_status: 'string',
    listed: 'boolean',
    problems: 'string',
    raw: 'string',
  },
  coverage: {
    integration_id: 'string',
    complete_from: 'timestamp',
    complete_to: 'timestamp',
    gaps: 'bigint',
    open_syncs: 'bigint',
    abandoned_syncs: 'bigint',
    row_order: 'string',
    state: 'string',
    failure: 'string',
    checked_at: 'timestamp',
    late_rows: 'bigint',
    lost_gaps: 'bigint',
    rechecked_at: 'timestamp',
  },
  standing: {
    integration_id: 'string',
    state: 'string',
    since: 'timestamp',
    reason: 'string',
    last_start: 'timestamp',
    last_finish: 'timestamp',
    last_status: 'string',
    last_rows_synced: 'bigint',
    last_rows_failed: 'bigint',
    last_success: 'timestamp',
    syncs_without_success: 'bigint',
    failing_since: 'timestamp',
    usual_minutes: 'double',
    expected_by: 'timestamp',
    due_since: 'timestamp',
    judged_by: 'string',
    late: 'boolean',
    minutes_late: 'double',
    traps: 'string',
    newest_timestamp_synced: 'timestamp',
    details_until: 'timestamp',
    continues: 'string',
    incidents: 'string',
    as_of: 'timestamp',
  },
  days: {
    integration_id: 'string',
    dt: 'string',
    syncs: 'bigint',
    successes: 'bigint',
    partials: 'bigint',
    errors: 'bigint',
    config_errors: 'bigint',
    other_failures: 'bigint',
    not_final: 'bigint',
    successes_without_rows: 'bigint',
    rows_synced: 'bigint',
    rows_failed: 'bigint',
    median_seconds: 'double',
    p95_seconds: 'double',
    largest_gap_minutes: 'double',
    first_start: 'timestamp',
    last_start: 'timestamp',
    last_finish: 'timestamp',
  },
  changes: {
    seen_at: 'timestamp',
    integration_id: 'string',
    field: 'string',
    before: 'string',
    after: 'string',
  },
  quarantine: {
    integration_id: 'string',
    reason: 'string',
    raw: 'string',
  },
} as const satisfies Record<string, Columns>;

export type TableName = keyof typeof columns;

/** A line of a table: every column, in the order above, null where there is nothing. */
export type Line<T extends TableName> = Record<
  keyof (typeof columns)[T],
  string | number | bigint | boolean | null
>;
