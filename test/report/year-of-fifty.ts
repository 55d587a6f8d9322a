/** A lake with a year of fifty integrations, with hardly a day without a failure: as large as a report gets. */
import { day, type Fields, integrations as integrationsKey, put } from '../local/query/write-lake.ts';
import { Random } from '../simulation/random.ts';
import { dayMs, dtOf, minuteMs, secondMs, timeText } from '../sql/model/lake.ts';

const ids = Array.from({ length: 50 }, (_, index) => `integration-${index}`);

export interface YearOptions {
  readonly now: number;
  /** From one sync to the next, in milliseconds. */
  readonly every: number;
  /** Of its syncs, those that are no success. */
  readonly failing: number;
}

/** @param directory gets `lake/…`. */
export function writeYearOfFifty(directory: string, { now, every, failing }: YearOptions): void {
  const random = new Random(1);
  for (let ago = 0; ago <= 365; ago += 1) {
    const midnight = Math.floor(now / dayMs) * dayMs - ago * dayMs;
    const syncs: Fields[] = [];
    for (const id of ids)
      for (let start = midnight; start < Math.min(midnight + dayMs, now); start += every)
        syncs.push(syncLine(id, start + random.between(0, 20 * secondMs), random.chance(failing), random));
    put(directory, day('busy', dtOf(midnight)), ...syncs);
  }
  put(directory, integrationsKey('busy'), ...ids.map(listing));
  put(directory, 'coverage/workspace=busy/coverage.ndjson.gz', ...ids.map((id) => covered(id, now)));
}

function syncLine(id: string, start: number, isFailure: boolean, random: Random): Fields {
  const finish = start + random.between(3 * minuteMs, 10 * minuteMs);
  const rows = random.between(10_000, 400_000);
  const status = isFailure ? random.pick(['partial', 'partial', 'error']) : 'success';
  return {
    integration_id: id,
    sync_start_time: timeText(start),
    sync_finish_time: timeText(finish),
    last_timestamp_synced: timeText(start - minuteMs),
    job_status: status,
    rows_synced: status === 'error' ? 0 : rows,
    rows_failed_with_errors: isFailure ? random.between(1, 9000) : 0,
    problems: null,
    raw: `{"job_status":"${status}","sync_start_time":"${timeText(start)}","rows_synced":${rows}}`,
  };
}

const listing = (id: string): Fields => ({
  integration_id: id,
  integration_name: `Snowflake · a usual name of ${id}`,
  integration_type: 'user_attributes',
  integration_status: 'active',
  warehouse_type: 'snowflake',
  app_group_id: null,
  last_updated_at: null,
  last_job_start_time: null,
  next_scheduled_run: null,
  last_job_status: null,
  listed: true,
  problems: null,
  raw: '{}',
});

const covered = (id: string, now: number): Fields => ({
  integration_id: id,
  complete_from: timeText(now - 365 * dayMs),
  complete_to: timeText(now),
  gaps: 0,
  open_syncs: 0,
  abandoned_syncs: 0,
  row_order: 'newest_first',
  state: 'complete',
  failure: null,
  checked_at: timeText(now),
});
