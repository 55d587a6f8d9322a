/** The tables of the contract, as this audit knows them: written down a second time, so that it shares no mistake. */

export type CellType = 'string' | 'timestamp' | 'bigint' | 'double' | 'boolean';
export type Cell = string | number | bigint | boolean | null;
export type Columns = Readonly<Record<string, CellType>>;

/** @param list names, each followed by `:type`; a string where there is none. */
const columnsOf = (list: string): Columns =>
  Object.fromEntries(
    list
      .trim()
      .split(/\s+/)
      .map((each) => {
        const [name = '', type = 'string'] = each.split(':');
        return [name, type as CellType];
      }),
  );

export const tables = {
  syncs: columnsOf(`
    integration_id sync_start_time:timestamp sync_finish_time:timestamp last_timestamp_synced:timestamp job_status
    rows_synced:bigint rows_failed_with_errors:bigint problems raw`),
  integrations: columnsOf(`
    integration_id integration_name integration_type integration_status warehouse_type app_group_id
    last_updated_at:timestamp last_job_start_time:timestamp next_scheduled_run:timestamp last_job_status
    listed:boolean problems raw`),
  coverage: columnsOf(`
    integration_id complete_from:timestamp complete_to:timestamp gaps:bigint open_syncs:bigint
    abandoned_syncs:bigint row_order state failure checked_at:timestamp late_rows:bigint lost_gaps:bigint
    rechecked_at:timestamp`),
  standing: columnsOf(`
    integration_id state since:timestamp reason last_start:timestamp last_finish:timestamp last_status
    last_rows_synced:bigint last_rows_failed:bigint last_success:timestamp syncs_without_success:bigint
    failing_since:timestamp usual_minutes:double expected_by:timestamp due_since:timestamp judged_by late:boolean
    minutes_late:double traps newest_timestamp_synced:timestamp details_until:timestamp continues incidents
    as_of:timestamp`),
  days: columnsOf(`
    integration_id dt syncs:bigint successes:bigint partials:bigint errors:bigint config_errors:bigint
    other_failures:bigint not_final:bigint successes_without_rows:bigint rows_synced:bigint rows_failed:bigint
    median_seconds:double p95_seconds:double largest_gap_minutes:double first_start:timestamp last_start:timestamp
    last_finish:timestamp`),
  changes: columnsOf('seen_at:timestamp integration_id field before after'),
  quarantine: columnsOf('integration_id reason raw'),
} as const;

export type TableName = keyof typeof tables;

/** What the first version wrote of coverage: a lake of it is right until the next run has written it anew. */
export const firstCoverage = columnsOf(`
  integration_id complete_from:timestamp complete_to:timestamp gaps:bigint open_syncs:bigint
  abandoned_syncs:bigint row_order state failure checked_at:timestamp`);

/** The bytes of a line, without its end: all columns in their order, and integers with all their digits. */
export function encoded(columns: Columns, cells: Readonly<Record<string, Cell>>): string {
  const members = Object.keys(columns).map((name) => {
    const cell = cells[name] ?? null;
    return `${JSON.stringify(name)}:${typeof cell === 'bigint' ? cell.toString() : JSON.stringify(cell)}`;
  });
  return `{${members.join(',')}}`;
}
