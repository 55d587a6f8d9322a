/** An integration of a lake that questions are measured on: how it syncs, how it stands, and its lines. */
import { instantOf, timestampCell } from '../../lambda/rows/instant.ts';
import { isPlaced, readSyncRow } from '../../lambda/rows/sync-row.ts';
import { encodeLine } from '../../lambda/schema/encode-line.ts';
import { columns } from '../../lambda/schema/tables.ts';
import { FactsRebuild } from '../../lambda/standing/facts-rebuild.ts';
import { judge } from '../../lambda/standing/judge.ts';
import { dayAt, minuteMs } from '../../lambda/standing/periods.ts';
import { defaultSettings } from '../../lambda/standing/settings.ts';
import type { Standing } from '../../lambda/standing/standing.ts';
import type { SyncFact } from '../../lambda/standing/sync-fact.ts';
import { parseSourced } from '../lambda/rows/parse-sourced.ts';
import { Random } from '../simulation/lab/random.ts';
import { idOf } from './scheduled-world.ts';

/** A standing is judged from no more days than that, where syncs come every few minutes. */
const keptDays = 60;

/** It syncs at its cadence; now and then some in a row fail, and one in seven has refused rows. */
export class SteadyIntegration {
  readonly id: string;
  readonly #random: Random;
  #failing = 0;
  readonly #lately: { readonly day: string; readonly syncs: readonly SyncFact[] }[] = [];

  constructor(index: number) {
    this.id = idOf(index);
    this.#random = new Random(index + 1);
  }

  /** @param from a midnight, from one to the next. */
  syncsOf(from: number, until: number, cadence: number): SyncFact[] {
    const syncs: SyncFact[] = [];
    for (let start = from; start < until; start += cadence) syncs.push(this.#syncAt(start));
    this.#lately.push({ day: dayAt(from), syncs });
    if (this.#lately.length > keptDays) this.#lately.shift();
    return syncs;
  }

  /** Of the table `syncs`, as the exporter writes it; it reads a row at a time, which would take hours here. */
  line(sync: SyncFact): string {
    const cell = (time: number | null) => (time === null ? null : timestampCell(instantOf(time)));
    return encodeLine(columns.syncs, {
      integration_id: this.id,
      sync_start_time: cell(sync.start),
      sync_finish_time: cell(sync.finish),
      last_timestamp_synced: cell(sync.timestampSynced),
      job_status: sync.status,
      rows_synced: sync.rowsSynced,
      rows_failed_with_errors: sync.rowsFailed,
      problems: null,
      raw: rowOf(sync),
    });
  }

  /** @throws {Error} where the exporter would write another line. */
  check(sync: SyncFact): void {
    const row = readSyncRow(this.id, parseSourced(rowOf(sync)), Date.now());
    if (!isPlaced(row) || row.line !== this.line(sync)) throw new Error('The exporter writes another line.');
  }

  #syncAt(nominal: number): SyncFact {
    if (this.#failing > 0) this.#failing -= 1;
    else if (this.#random.chance(0.005)) this.#failing = this.#random.between(1, 4);
    const start = nominal + this.#random.between(0, 30_000);
    const isPartial = this.#random.chance(1 / 7);
    const isFailed = this.#failing > 0;
    return {
      start,
      finish: start + this.#random.between(20_000, 90_000),
      status: isFailed ? 'error' : isPartial ? 'partial' : 'success',
      rowsSynced: isFailed ? 0n : BigInt(this.#random.between(500, 9000)),
      rowsFailed: !isFailed && isPartial ? 3n : 0n,
      timestampSynced: start - minuteMs,
    };
  }

  standing(now: number): Standing {
    const rebuild = new FactsRebuild(dayAt(now), defaultSettings.refusedShare);
    for (const { day, syncs } of this.#lately.toReversed()) if (!rebuild.isSettled) rebuild.take(day, syncs);
    return judge({
      integrationId: this.id,
      facts: rebuild.finish(),
      listed: { name: this.id, type: 'users', status: 'active', nextScheduledRun: null, listed: true },
      condition: 'present',
      failure: null,
      isAllDenied: false,
      headAt: now,
      isReadNow: true,
      coverage: { gaps: 0, wholeFrom: null, gapAtRiskSince: null },
      continues: null,
      now,
      settings: defaultSettings,
    });
  }
}

/** As Braze sends it. */
function rowOf({ status, start, finish, timestampSynced, rowsSynced, rowsFailed }: SyncFact): string {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace('Z', '000Z'));
  return JSON.stringify({
    job_status: status,
    sync_start_time: time(start),
    sync_finish_time: time(finish),
    last_timestamp_synced: time(timestampSynced),
    rows_synced: Number(rowsSynced),
    rows_failed_with_errors: Number(rowsFailed),
  });
}
