/** Compares what the exporter left behind with the model of what was there: P1, P3, P5, P10, P11, P15. */
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import { isPlaced, readSyncRow, type SyncRow } from '../../../lambda/rows/sync-row.ts';
import { parseSourced } from '../../lambda/rows/parse-sourced.ts';
import { expect } from '../difference.ts';
import type { ModelSync } from '../world/model-sync.ts';
import type { MovingWorld } from '../world/moving-world.ts';
import { identityOf, spelledAlike } from './identity.ts';
import type { Lake, LakeLine } from './read-lake.ts';
import { servedRow } from './served-row.ts';

const hour = 60 * 60 * 1000;
const week = 7 * 24 * hour;

/** So many rows in no order may look sorted by chance, page by page: docs/exactly-once.md. */
const mostByChance = 20;

/** Holds after every run, however it ended. @param isUnordered Braze lists its rows in no order. */
export function checkAlways(lake: Lake, world: MovingWorld, isUnordered = false): void {
  const inLake = new Map<string, LakeLine>();
  for (const line of lake.syncs) {
    const key = `${line.integration_id} ${servedRow(line).start}`;
    expect(!inLake.has(key), () => `P1: ${key} stands in the lake twice`);
    inLake.set(key, line);
  }
  for (const [id, syncs] of world.syncs) {
    const known = new Map(syncs.map((sync) => [`${id} ${sync.start}`, sync]));
    for (const [key, line] of inLake) {
      if (line.integration_id !== id) continue;
      const versions = known.get(key)?.versions ?? [];
      expect(
        versions.includes(servedRow(line).json),
        () => `P1: ${key} was never served like this: ${line.raw}`,
      );
    }
  }
  for (const line of lake.coverage) {
    const rows = world.syncs.get(String(line.integration_id))?.length ?? 0;
    const isByChance = isUnordered && line.row_order !== 'unordered' && rows <= mostByChance;
    if (!isByChance) checkClaim(line, world, inLake);
  }
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

export interface AtRest {
  /** By the exporter's clock. */
  readonly now: number;
  /** A row that was served with line breaks is kept with them. */
  readonly pretty: boolean;
  /** Whether starts were spelled in more than one way: one sync has one line, in whichever spelling. */
  readonly spelled: boolean;
  /** Whether there is nothing but what an honest source shows: then all can be told to the byte. */
  readonly tidy: boolean;
  readonly isUnordered?: boolean;
}

/** Holds when the world has come to rest and a run was complete. */
export async function checkComplete(lake: Lake, world: MovingWorld, atRest: AtRest): Promise<void> {
  const { now, pretty, spelled, tidy, isUnordered } = atRest;
  if (tidy) checkAlways(lake, world, isUnordered);
  const byKey = new Map(
    lake.syncs.map((line) => [identityOf(String(line.integration_id), servedRow(line).start, spelled), line]),
  );
  const quarantined = new Set(
    lake.quarantine.map(
      ({ integration_id, raw }) => `${integration_id} ${spelledAlike(compact(raw), spelled)}`,
    ),
  );
  for (const [id, syncs] of world.syncs) {
    if (world.gone.has(id)) continue;
    for (const sync of syncs.filter(({ purged }) => !purged)) {
      const raw = spelledAlike(compact(byKey.get(identityOf(id, sync.start, spelled))?.raw), spelled);
      const last = spelledAlike(sync.versions.at(-1) ?? '', spelled);
      // Of two that can't be one, the other is kept in the quarantine.
      const isTwin = syncs.some((each) => each !== sync && each.start === sync.start);
      // A final row is never replaced by one that is not, by what it says itself, and never will be.
      const ended = sync.versions.slice(0, -1).map((each) => spelledAlike(each, spelled));
      const isLeft = !saysFinal(last) && ended.includes(raw) && saysFinal(raw);
      expect(
        raw === last || isLeft || (isTwin && quarantined.has(`${id} ${last}`)),
        () => `P1, P3, P5: ${id} ${sync.start}: ${raw} for ${last}`,
      );
    }
    for (const { json } of world.hostile.get(id) ?? []) {
      expect(quarantined.has(`${id} ${json}`), () => `P10: ${id} ${json} is not in quarantine`);
    }
    if (world.isHostile(id) || looksCutShort(id, lake, world)) continue;
    const purged = new Set(syncs.filter((sync) => sync.purged).map(({ start }) => start));
    checkCoverage(id, lake, { now, purged, tidy });
  }
  expect(
    lake.quarantine.length === new Set(lake.quarantine.map((line) => JSON.stringify(line))).size,
    () => 'P10: a row is in quarantine twice',
  );
  if (!pretty && tidy) await checkBytes(lake, world);
}

/** A list of ten rows, of which older ones have left, looks like one whose Link header was lost on the way. */
function looksCutShort(id: string, lake: Lake, world: MovingWorld): boolean {
  const line = lake.coverage.find(({ integration_id }) => integration_id === id);
  return String(line?.failure).includes('Link header') && (world.rows(id)?.length ?? 0) <= 10;
}

function checkCoverage(
  id: string,
  lake: Lake,
  { now, purged, tidy }: { now: number; purged: ReadonlySet<string>; tidy: boolean },
): void {
  const lines = lake.coverage.filter(({ integration_id }) => integration_id === id);
  const [line] = lines;
  expect(lines.length === 1 && line !== undefined, () => `P15: ${lines.length} lines of coverage for ${id}`);
  if (!line) return;
  expect(line.state === 'complete' && line.gaps === 0, () => `P15: ${JSON.stringify(line)} is not complete`);
  expect(line.complete_to !== null, () => `P15: ${JSON.stringify(line)} has no end`);
  const own = lake.syncs.filter((each) => each.integration_id === id);
  const open = own.filter((each) => !isFinal(each));
  if (!tidy) {
    checkOpenLoosely(line, open, purged.size);
    return;
  }
  const old = open.filter((each) => timeOf(each.sync_start_time) <= now - week);
  // Read by a run that crashed before its checkpoint, then purged: nobody can know of it but the lake.
  const isForgotten = (each: LakeLine) => purged.has(startOf(each));
  // One that is followed by a newer one is over, and still asked for.
  const newest = own.map(startOf).sort().at(-1) ?? '';
  const young = open.filter((each) => !old.includes(each) && startOf(each) === newest);
  // Of two that start in one millisecond, the one that has not ended is taken for the later one.
  const tied = open.filter(
    (each) => startOf(each) < newest && Date.parse(startOf(each)) === Date.parse(newest),
  );
  // The run has ended a while ago: what has become a week old since then may be counted either way.
  const since = old.filter((each) => timeOf(each.sync_start_time) > now - week - hour).length;
  const counts = (syncs: LakeLine[], counted: number) =>
    counted <= syncs.length + tied.length + purged.size + since &&
    counted >= syncs.length - syncs.filter(isForgotten).length - since;
  expect(
    counts(young, Number(line.open_syncs)) && counts(old, Number(line.abandoned_syncs)),
    () => `P5: ${JSON.stringify(line)}, but ${young.length} open and ${old.length} abandoned`,
  );
}

/** Where clocks are wrong and rows odd, nobody can say which of the older ones are still waited for. */
function checkOpenLoosely(line: LakeLine, open: readonly LakeLine[], purged: number): void {
  const counted = Number(line.open_syncs) + Number(line.abandoned_syncs);
  expect(counted <= open.length + purged, () => `P5: ${JSON.stringify(line)}, but ${open.length} are open`);
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

function startOf({ raw }: LakeLine): string {
  return JSON.parse(String(raw)).sync_start_time;
}

const saysFinal = (row: string): boolean => row !== '' && isFinal(JSON.parse(row));

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
