/** Histories that lie in one of seven ways, and such that do not: what is found, and after how many syncs? */
import { continuations } from '../../../lambda/standing/continues.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { Trap } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { Random } from '../lab/random.ts';
import { occurrences, type Plan, plans } from './calendar.ts';
import { Watcher } from './watcher.ts';
import { zones } from './zone.ts';

/** What a source is like that does nothing wrong. */
export const sources = [
  'steady',
  'stream',
  'nightly load',
  'weekends off',
  'bursts',
  'sparse',
  'file source',
  'local time as UTC',
  'slow',
  'backfill',
  'growing',
] as const;
type Source = (typeof sources)[number];

interface Made {
  readonly syncs: SyncFact[];
  readonly months: number;
}

const quick: readonly Plan[] = ['15 minutes', 'hourly', 'daily', 'weekdays', 'business hours'];

export function cleanHistory(seed: number, months = 4): Made {
  const random = new Random(seed);
  const source = sources[seed % sources.length] ?? 'steady';
  const plan = random.pick(
    source === 'slow' ? (['daily', 'hourly'] as const) : plans.filter((each) => each !== '5 minutes'),
  );
  const from = Date.UTC(2023, random.between(0, 23), random.between(1, 28));
  const zone = random.pick(zones);
  const due = occurrences(plan, zone, random.between(0, 1439), from, from + months * 30 * dayMs);
  const bursts = source === 'bursts' ? burstStarts(random, from, months) : due;
  return { syncs: syncsOf(source, bursts, random), months };
}

function burstStarts(random: Random, from: number, months: number): number[] {
  const starts: number[] = [];
  let at = from;
  while (at < from + months * 30 * dayMs) {
    for (let sync = random.between(20, 120); sync > 0; sync -= 1) {
      at += random.between(1000, 60_000);
      starts.push(at);
    }
    at += random.between(1, 6) * dayMs + random.between(0, 24) * hourMs;
  }
  return starts;
}

/** Rows arrive in the source as time goes by; each sync reads those that are newer than its watermark. */
export function syncsOf(source: Source, starts: readonly number[], random: Random): SyncFact[] {
  const perHour = 10 ** (1 + 3 * random.unit());
  const sigma = 0.1 + 0.5 * random.unit();
  const zoneMs = source === 'local time as UTC' ? random.pick([1, 2, 5.5, 9]) * hourMs : 0;
  const lagMs = random.between(5, 1200) * 1000;
  const share = source === 'sparse' ? 0.02 + 0.6 * random.unit() : 0.995;
  const loadHour = random.between(0, 23);
  const isFile = source === 'file source' || source === 'bursts';
  let watermark: number | null = null;
  let before = starts[0] === undefined ? 0 : starts[0] - hourMs;
  return starts.map((start, index) => {
    const date = new Date(start);
    const elapsed = start - before;
    let expected = (perHour * elapsed) / hourMs;
    let newest = start - lagMs;
    if (source === 'nightly load') {
      // One load a day; other syncs find nothing.
      const load = Math.floor((start - loadHour * hourMs) / dayMs) * dayMs + loadHour * hourMs;
      expected = load > before ? perHour * 24 : 0;
      newest = load;
    } else if (source === 'weekends off') {
      const isOff = [0, 6].includes(date.getUTCDay()) || date.getUTCHours() < 7 || date.getUTCHours() > 19;
      if (isOff) expected = 0;
    } else if (source === 'sparse') {
      if (!random.chance(share)) expected = 0;
    } else if (source === 'backfill' && index === Math.floor(starts.length / 2)) expected *= 1000;
    else if (source === 'growing') expected *= 1 + index / starts.length;
    else if (source === 'stream') expected *= 1 + 0.5 * Math.sin((start / dayMs) * 2 * Math.PI);
    const noise =
      source === 'stream'
        ? 1 + (random.unit() - 0.5) * 0.08
        : Math.exp(sigma * (random.unit() + random.unit() - 1) * 2);
    const rows = expected === 0 || random.chance(0.003) ? 0 : Math.max(1, Math.round(expected * noise));
    if (rows > 0) watermark = newest - random.between(0, 1000) + zoneMs;
    before = start;
    const tookMs =
      source === 'slow'
        ? random.between(18, 38) * minuteMs
        : Math.round(5000 + rows / 50 + 30_000 * random.unit());
    const fails = random.chance(0.005);
    return {
      start: start + random.between(0, 900),
      finish: start + 1000 + Math.min(tookMs, 12 * minuteMs + (source === 'slow' ? hourMs : 0)),
      status: fails ? 'error' : rows > 10 && random.chance(0.05) ? 'partial' : 'success',
      rowsSynced: fails ? null : BigInt(rows),
      rowsFailed: fails ? null : 0n,
      timestampSynced: isFile || fails ? null : watermark,
    };
  });
}

export interface TrapHistory extends Made {
  /** The first sync in which the trap shows. */
  readonly from: number;
}

export function trappedHistory(trap: Trap, seed: number): TrapHistory {
  const random = new Random(seed * 7 + 3);
  const plan = random.pick(trap === 'near_the_limit' ? (['daily', 'weekdays', 'hourly'] as const) : quick);
  const start = Date.UTC(2024, random.between(0, 11), random.between(1, 28));
  const due = occurrences(plan, random.pick(zones), random.between(0, 1439), start, start + 75 * dayMs);
  const source = random.pick(['steady', 'stream', 'growing'] as const);
  const syncs = syncsOf(source, due, random).map(
    (sync): SyncFact =>
      // What it is to stand out from: each of its syncs brought rows.
      sync.rowsSynced === 0n ? { ...sync, rowsSynced: 7n, timestampSynced: null } : sync,
  );
  const from = Math.floor(syncs.length * (0.75 + 0.15 * random.unit()));
  const aheadMs = random.chance(0.5) ? random.between(6, 180) * minuteMs : random.between(1, 400) * dayMs;
  const table = BigInt(random.between(2000, 5_000_000));
  const stands =
    syncs.slice(0, from).findLast(({ timestampSynced }) => timestampSynced !== null)?.timestampSynced ?? 0;
  const boundary = BigInt(random.between(1, 400));
  let took = random.between(46, 50) * minuteMs;
  const lying = (sync: SyncFact, index: number): SyncFact => {
    const good: SyncFact = { ...sync, status: 'success', rowsSynced: sync.rowsSynced ?? 5n, rowsFailed: 0n };
    const finish = sync.finish ?? sync.start;
    switch (trap) {
      case 'future_watermark': {
        const until = (syncs[from]?.finish ?? 0) + aheadMs;
        if (index === 0) return { ...good, timestampSynced: until };
        return until > finish ? { ...good, rowsSynced: 0n, timestampSynced: until } : sync;
      }
      case 'whole_table_again':
        return {
          ...good,
          rowsSynced: table + BigInt(random.between(0, Number(table / 500n))),
          timestampSynced: sync.start + random.between(0, 5000),
        };
      case 'boundary_resync':
        return { ...good, rowsSynced: boundary, timestampSynced: stands };
      case 'nothing_arrives':
        return { ...good, rowsSynced: 0n, timestampSynced: random.chance(0.5) ? null : stands };
      case 'watermark_stands':
        return {
          ...good,
          rowsSynced: 0n,
          timestampSynced: stands - (random.chance(0.3) ? index * hourMs : 0),
        };
      case 'near_the_limit':
        took = Math.min(59 * minuteMs, took + random.between(0, 30_000));
        return { ...good, finish: sync.start + took };
    }
  };
  return {
    syncs: syncs.map((sync, index) => (index < from ? sync : lying(sync, index - from))),
    months: 0,
    from,
  };
}

/** @returns how many syncs after the first one that shows it the trap was found; undefined: not within ten. */
export function foundAfter(trap: Trap, { syncs, from }: TrapHistory): number | undefined {
  const watcher = new Watcher(syncs);
  const word = { status: 'active', nextScheduledRun: null };
  // What was before is read at once, as in a backfill.
  const first = syncs[from]?.start ?? 0;
  for (let at = first - 30 * hourMs; at < first - 60_000; at += 6 * hourMs) watcher.look(at, word);
  for (const [index, sync] of syncs.slice(from, from + 10).entries()) {
    const { standing } = watcher.look((sync.finish ?? sync.start) + 1000, word);
    if (standing.traps.includes(trap)) return index + 1;
  }
  return undefined;
}

/** @returns the traps that were raised, with the moment. */
export function falseFindings({ syncs }: Made): string[] {
  const watcher = new Watcher(syncs);
  const found: string[] = [];
  let next = 0;
  for (const [index, sync] of syncs.entries()) {
    // Once an hour is often enough: what is certain stays so for a while.
    const at = (sync.finish ?? sync.start) + 1000;
    if (at < next && index < syncs.length - 1) continue;
    next = at + 2 * hourMs;
    const { notices } = watcher.look(at, { status: 'active', nextScheduledRun: null });
    for (const { event, kind, trap } of notices) {
      if (event === 'raised' && kind === 'trap') found.push(`${trap} at ${new Date(at).toISOString()}`);
    }
  }
  return found;
}

/** One that was made anew under its name, among others of that name: is it found, and none of the others? */
export function isRecreationFound(seed: number): boolean {
  const random = new Random(seed);
  const from = Date.UTC(2024, random.between(0, 11), 1);
  const end = from + random.between(5, 300) * dayMs;
  const began = end + random.between(1, 6 * 24) * hourMs;
  const until = began + random.between(1, 100) * dayMs;
  const life = (
    integrationId: string,
    firstStart: number,
    lastStart: number,
    hasEnded: boolean,
    name = 'Users',
  ) => ({
    integrationId,
    name,
    type: 'user_attributes',
    hasEnded,
    firstStart,
    lastStart,
    usualMs: dayMs,
  });
  const found = continuations([
    life('new', began, until, false),
    life('old', from, end, true),
    life('beside', from, until, false),
    life('long ago', from - 200 * dayMs, from - 30 * dayMs, true),
    life('other', from, end, true, 'Orders'),
  ]);
  return found.get('new') === 'old' && found.size === 1;
}
