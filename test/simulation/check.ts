/** Compares what the exporter left behind with the model of what was there: P1, P3, P5, P10, P11, P15. */
import { joinDay } from '../../lambda/lake/sync-day.ts';
import { parseSourced } from '../../lambda/rows/json-source.ts';
import { isPlaced, readSyncRow, type SyncRow } from '../../lambda/rows/sync-row.ts';
import type { ModelSync } from './model-sync.ts';
import type { MovingWorld } from './moving-world.ts';
import type { Lake, LakeLine } from './read-lake.ts';

const week = 7 * 24 * 60 * 60 * 1000;

class Difference extends Error {
  override readonly name = 'Difference';
}

function expect(holds: boolean, what: () => string): void {
  if (!holds) throw new Difference(what());
}

/** Holds after every run, however it ended. */
export function checkAlways(lake: Lake, world: MovingWorld): void {
  const inLake = new Map<string, LakeLine>();
  for (const line of lake.syncs) {
    const key = `${line.integration_id} ${JSON.parse(String(line.raw)).sync_start_time}`;
    expect(!inLake.has(key), () => `P1: ${key} stands in the lake twice`);
    inLake.set(key, line);
  }
  for (const [id, syncs] of world.syncs) {
    const known = new Map(syncs.map((sync) => [`${id} ${sync.start}`, sync]));
    for (const [key, line] of inLake) {
      if (line.integration_id !== id) continue;
      const versions = known.get(key)?.versions ?? [];
      expect(
        versions.includes(compact(line.raw)),
        () => `P1: ${key} was never served like this: ${line.raw}`,
      );
    }
  }
  for (const line of lake.coverage) checkClaim(line, world, inLake);
}

/** Everything that ever started in the range that coverage claims stands in the lake. */
function checkClaim(line: LakeLine, world: MovingWorld, inLake: ReadonlyMap<string, LakeLine>): void {
  const { complete_from, complete_to, row_order, integration_id } = line;
  if (complete_to === null || row_order === 'unproved') return;
  const from = complete_from === null ? 0 : timeOf(complete_from);
  for (const sync of world.syncs.get(String(integration_id)) ?? []) {
    // The claim is cut to milliseconds: of its first one, nothing can be said.
    if (sync.startedAt <= from || sync.startedAt > timeOf(complete_to)) continue;
    // Purged before there was anything to claim.
    if (complete_from === null && sync.purged) continue;
    expect(
      inLake.has(`${integration_id} ${sync.start}`),
      () =>
        `P15: ${integration_id} claims ${complete_from} to ${complete_to} (${row_order}), ${sync.start} is missing`,
    );
  }
}

/** Holds when the world has come to rest and a run was complete. */
export async function checkComplete(
  lake: Lake,
  world: MovingWorld,
  { now, pretty }: { now: number; pretty: boolean },
): Promise<void> {
  checkAlways(lake, world);
  const byKey = new Map(
    lake.syncs.map((line) => [
      `${line.integration_id} ${JSON.parse(String(line.raw)).sync_start_time}`,
      line,
    ]),
  );
  const quarantined = new Set(
    lake.quarantine.map(({ integration_id, raw }) => `${integration_id} ${compact(raw)}`),
  );
  for (const [id, syncs] of world.syncs) {
    if (world.gone.has(id)) continue;
    for (const sync of syncs.filter(({ purged }) => !purged)) {
      const raw = compact(byKey.get(`${id} ${sync.start}`)?.raw);
      expect(
        raw === sync.versions.at(-1),
        () => `P1, P3, P5: ${id} ${sync.start}: ${raw} for ${sync.versions.at(-1)}`,
      );
    }
    for (const { json } of world.hostile.get(id) ?? []) {
      expect(quarantined.has(`${id} ${json}`), () => `P10: ${id} ${json} is not in quarantine`);
    }
    checkCoverage(id, lake, now, new Set(syncs.filter(({ purged }) => purged).map(({ start }) => start)));
  }
  expect(
    lake.quarantine.length === new Set(lake.quarantine.map((line) => JSON.stringify(line))).size,
    () => 'P10: a row is in quarantine twice',
  );
  // A row that was served with line breaks is kept with them.
  if (!pretty) await checkBytes(lake, world);
}

function checkCoverage(id: string, lake: Lake, now: number, purged: ReadonlySet<string>): void {
  const lines = lake.coverage.filter(({ integration_id }) => integration_id === id);
  const [line] = lines;
  expect(lines.length === 1 && line !== undefined, () => `P15: ${lines.length} lines of coverage for ${id}`);
  if (!line) return;
  expect(line.state === 'complete' && line.gaps === 0, () => `P15: ${JSON.stringify(line)} is not complete`);
  expect(line.complete_to !== null, () => `P15: ${JSON.stringify(line)} has no end`);
  const open = lake.syncs.filter((each) => each.integration_id === id && !isFinal(each));
  const old = open.filter((each) => timeOf(each.sync_start_time) <= now - week);
  // Read by a run that crashed before its checkpoint, then purged: nobody can know of it but the lake.
  const isForgotten = (each: LakeLine) => purged.has(JSON.parse(String(each.raw)).sync_start_time);
  const young = open.filter((each) => !old.includes(each));
  const counts = (syncs: LakeLine[], counted: number) =>
    counted <= syncs.length + purged.size && counted >= syncs.length - syncs.filter(isForgotten).length;
  expect(
    counts(young, Number(line.open_syncs)) && counts(old, Number(line.abandoned_syncs)),
    () => `P5: ${JSON.stringify(line)}, but ${open.length - old.length} open and ${old.length} abandoned`,
  );
}

/** A day of which nothing was purged has the bytes that one undisturbed join gives. */
async function checkBytes(lake: Lake, world: MovingWorld): Promise<void> {
  const days = new Map<string, ModelSync[]>();
  for (const syncs of world.syncs.values()) {
    for (const sync of syncs) {
      const day = sync.start.slice(0, 10);
      days.set(day, [...(days.get(day) ?? []), sync]);
    }
  }
  for (const [day, syncs] of days) {
    if (syncs.some(({ purged, integrationId }) => purged || world.gone.has(integrationId))) continue;
    const rows = syncs.map(rowOf).sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
    const { body } = await joinDay(undefined, day, rows);
    const key = [...lake.days.keys()].find((each) => each.includes(`dt=${day}/`));
    const stored = lake.days.get(key ?? '');
    expect(
      body !== undefined && stored !== undefined && body.equals(stored),
      () => `P11: the bytes of ${day} differ`,
    );
  }
}

function rowOf({ integrationId, versions }: ModelSync): SyncRow {
  const row = readSyncRow(integrationId, parseSourced(versions.at(-1) ?? ''), Date.UTC(2100, 0));
  if (!isPlaced(row)) throw new Error(row.reason);
  return row;
}

function orderKey({ integrationId, start }: SyncRow): string {
  return `${integrationId} ${start}`;
}

function isFinal({ job_status, sync_finish_time }: LakeLine): boolean {
  return (
    ['success', 'partial', 'error', 'config_error'].includes(String(job_status)) || sync_finish_time !== null
  );
}

/** As `JSON.stringify` writes it, however it was served. */
function compact(raw: LakeLine[string] | undefined): string {
  return raw === undefined ? 'nothing' : JSON.stringify(JSON.parse(String(raw)));
}

function timeOf(cell: LakeLine[string] | undefined): number {
  return Date.parse(`${String(cell).replace(' ', 'T')}Z`);
}
