import type { Cadence, Source } from './believable-sources.ts';
import { hashOf, randomFrom } from './hash.ts';
import { type Microseconds, timestamp } from './timestamp.ts';
import type { SyncJson } from './world.ts';

/** A sync's whole life, known from its slot in the cadence alone. Times in milliseconds. */
export interface Sync {
  readonly start: number;
  /** From then on the row is final. */
  readonly finish: number;
  readonly running: SyncJson;
  readonly final: SyncJson;
}

/** @param seed names the world and the source. @param slot counts periods since the epoch. */
export function syncOf(seed: string, source: Source, cadence: Cadence, slot: number): Sync {
  const random = randomFrom(`${seed}/${slot}`);
  const between = (low: number, high: number) => Math.floor(low + random() * (high - low));
  const due = slot * cadence.every + cadence.offset;
  const start: Microseconds = between(due * 1000, (due + cadence.late) * 1000);
  const finish: Microseconds = start + between(cadence.shortest * 1000, cadence.longest * 1000);
  const rows = between(cadence.rows * 0.6, cadence.rows * 1.5);
  const failed = between(1, 1 + rows * 0.02);
  const status = statusOf(seed, source, start, random());
  const lastUpdate: Microseconds = start - between(200_000, 90_000_000);

  const running: SyncJson = {
    job_status: 'running',
    sync_start_time: timestamp(start),
    sync_finish_time: null,
    last_timestamp_synced: null,
    rows_synced: null,
    rows_failed_with_errors: null,
  };
  // A set-up that is wrong is found at once: there is nothing to run, to finish or to count.
  if (status === 'config_error') {
    const refused = { ...running, job_status: status };
    return { start: start / 1000, finish: start / 1000, running: refused, final: refused };
  }
  const syncedAny = status !== 'error';
  const final: SyncJson = {
    job_status: status,
    sync_start_time: timestamp(start),
    sync_finish_time: timestamp(finish),
    last_timestamp_synced: syncedAny && !source.isFileSource ? timestamp(lastUpdate) : null,
    rows_synced: syncedAny ? rows : 0,
    rows_failed_with_errors: { success: 0, partial: failed, error: rows }[status],
  };
  return { start: start / 1000, finish: finish / 1000, running, final };
}

type FinalStatus = 'success' | 'partial' | 'error' | 'config_error';

function statusOf(seed: string, source: Source, start: Microseconds, chance: number): FinalStatus {
  if (source.fate === 'misconfigured') return 'config_error';
  if (source.fate === 'fails_for_a_day' && isBadDay(seed, start)) return 'error';
  if (chance < 0.003) return 'error';
  return chance < 0.03 ? 'partial' : 'success';
}

/** One whole UTC day in ten, so that any three weeks of history hold one. */
function isBadDay(seed: string, start: Microseconds): boolean {
  const day = Math.floor(start / 86_400_000_000);
  const decade = Math.floor(day / 10);
  return day - decade * 10 === 2 + (hashOf(`${seed}/bad day/${decade}`) % 4);
}
