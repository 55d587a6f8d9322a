/** A lake with a year of fifty integrations, with hardly a day without a failure: as large as a report gets. */
import { day, type Fields, integrations as integrationsKey, put } from '../local/query/write-lake.ts';
import { Random } from '../simulation/lab/random.ts';
import { standingFields } from '../sql/lake-of.ts';
import { integration, sync } from '../sql/lines.ts';
import { dayMs, dtOf, minuteMs, type Sync, secondMs, timeText } from '../sql/model/lake.ts';
import { standingsOf } from '../sql/standings-of.ts';

/** How an integration stands hangs on no older sync. */
const standingDays = 40;

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
  const recent: Sync[] = [];
  for (let ago = 0; ago <= 365; ago += 1) {
    const midnight = Math.floor(now / dayMs) * dayMs - ago * dayMs;
    const syncs: Sync[] = [];
    for (const id of ids)
      for (let start = midnight; start < Math.min(midnight + dayMs, now); start += every)
        syncs.push(syncOf(id, start + random.between(0, 20 * secondMs), random.chance(failing), random));
    put(directory, day('busy', dtOf(midnight)), ...syncs.map(syncLine));
    if (ago <= standingDays) recent.push(...syncs);
  }
  put(directory, integrationsKey('busy'), ...ids.map(listing));
  put(directory, 'coverage/workspace=busy/coverage.ndjson.gz', ...ids.map((id) => covered(id, now)));
  const integrations = ids.map((id) => integration({ workspace: 'busy', id, name: nameOf(id) }));
  const standings = standingsOf({ syncs: recent, integrations, coverage: [] }, now);
  put(directory, 'standing/workspace=busy/standing.ndjson.gz', ...standings.map(standingFields));
}

function syncOf(id: string, start: number, isFailure: boolean, random: Random): Sync {
  const finish = start + random.between(3 * minuteMs, 10 * minuteMs);
  const rows = random.between(10_000, 400_000);
  const status = isFailure ? random.pick(['partial', 'partial', 'error']) : 'success';
  return sync({
    workspace: 'busy',
    id,
    start,
    finish,
    status,
    synced: status === 'error' ? 0n : BigInt(rows),
    failed: isFailure ? BigInt(random.between(1, 9000)) : 0n,
    raw: `{"job_status":"${status}","sync_start_time":"${timeText(start)}","rows_synced":${rows}}`,
  });
}

const syncLine = ({ id, start, finish, lastSynced, status, synced, failed, raw }: Sync): Fields => ({
  integration_id: id,
  sync_start_time: timeText(start),
  sync_finish_time: timeText(finish),
  last_timestamp_synced: timeText(lastSynced),
  job_status: status,
  rows_synced: synced,
  rows_failed_with_errors: failed,
  problems: null,
  raw,
});

const nameOf = (id: string): string => `Snowflake · a usual name of ${id}`;

const listing = (id: string): Fields => ({
  integration_id: id,
  integration_name: nameOf(id),
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
