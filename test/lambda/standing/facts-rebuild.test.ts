/** P18: the facts made again from the lake, and how far back it has to be read until nothing older can change them. */
import { describe, expect, test } from 'vitest';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { FactsRebuild } from '../../../lambda/standing/facts-rebuild.ts';
import { habitOf } from '../../../lambda/standing/habit.ts';
import { dayAt, dayMs, hourMs, minuteMs, startOfDay } from '../../../lambda/standing/periods.ts';
import { newPromise } from '../../../lambda/standing/promise.ts';
import { runHabitOf } from '../../../lambda/standing/run-habit.ts';
import type { Trouble } from '../../../lambda/standing/standing.ts';
import { summaryOf } from '../../../lambda/standing/summary.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { now, syncAt, syncsUntil } from './judged.ts';

const today = dayAt(now);
const midnight = startOfDay(today);
const refusedShare = 0.25;
const failed = { status: 'error', rowsSynced: null, rowsFailed: null, timestampSynced: null };
const empty = { rowsSynced: 0n, timestampSynced: null };

/** @param readDays so many days before today were read, whether or not there are rows in them. */
function rebuildOf(syncs: readonly SyncFact[], readDays = 0, kept?: StandingFacts): FactsRebuild {
  const rebuild = new FactsRebuild(today, refusedShare, kept);
  const days = Map.groupBy(syncs, ({ start }) => dayAt(start));
  for (const day of [...days.keys()].sort().reverse()) rebuild.take(day, days.get(day) ?? []);
  const last = dayAt(midnight - readDays * dayMs);
  if (!days.has(last)) rebuild.take(last, []);
  return rebuild;
}

/** Each so long after the one before, the newest at that moment, with what each has of its own. */
const each = (changes: readonly Partial<SyncFact>[], last = now - hourMs, apartMs = hourMs) =>
  syncsUntil(last, changes.length, apartMs).map(({ start }, index) => syncAt(start, changes[index]));
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('the facts made again', () => {
  const daily = syncsUntil(now - hourMs, 40);

  test('are the newest six as they stand, and what all before them add up to', () => {
    const { recent, older, habit, stale } = rebuildOf(daily).finish();
    expect(recent).toEqual(daily.slice(-6));
    expect(older).toEqual(summaryOf(daily.slice(0, -6), refusedShare));
    expect(habit).toEqual(habitOf(today, daily));
    expect(stale).toBe(false);
  });

  test('are put in order, whatever the order of a day’s rows', () => {
    const rebuild = new FactsRebuild(today, refusedShare);
    const hourly = syncsUntil(now, 8, hourMs);
    rebuild.take(today, [...hourly.slice(4), ...hourly.slice(0, 4)]);
    expect(rebuild.finish().recent).toEqual(hourly.slice(2));
  });

  test('know what was usual before each run that is under way, but for one that began today', () => {
    const emptySince = (since: number) => {
      const syncs = [...daily.slice(0, -9), ...each(times(3, empty), since + 2 * hourMs)];
      return { syncs, before: rebuildOf(syncs).finish().before };
    };
    const past = emptySince(midnight - 3 * dayMs);
    const day = dayAt(midnight - 3 * dayMs);
    expect(past.before).toEqual({ [day]: runHabitOf(day, past.syncs) });
    expect(emptySince(midnight).before).toEqual({});
  });

  test('take over what the lake does not know, and nothing else', () => {
    const trouble: Trouble = { kind: 'failed', trap: null, since: 1, reason: '' };
    const known: Partial<StandingFacts> = {
      promise: { ...newPromise(), pending: now },
      unreadableSince: now - dayMs,
      open: [{ ...trouble, id: 'x', told: true }],
      outbox: [{ notice: { ...trouble, id: 'x', event: 'raised', at: 2 }, sinks: ['topic'] }],
    };
    const others = {
      refusedShare: 0.5,
      stale: true,
      recent: daily,
      before: { '2026-01-01': runHabitOf(today, []) },
    };
    const { habit: _, ...made } = rebuildOf([], 0, { ...newStandingFacts(), ...others, ...known }).finish();
    const { habit: __, ...fresh } = newStandingFacts(refusedShare);
    expect(made).toEqual({ ...fresh, ...known });
  });
});

describe('what was kept speaks for the time before what was read', () => {
  const since = midnight - 10 * dayMs;
  /** As they were kept, when all of these but so many were known. */
  const keptOf = (syncs: readonly SyncFact[], unknown: number) =>
    rebuildOf(unknown === 0 ? syncs : syncs.slice(0, -unknown)).finish();
  const cut = (syncs: readonly SyncFact[], kept: StandingFacts) =>
    rebuildOf(
      syncs.filter(({ start }) => start >= since),
      10,
      { ...kept, stale: true },
    ).finish(true);
  /** Daily ones: eleven of them were read again. */
  const dailyWith = (changes: readonly Partial<SyncFact>[]) => each(changes, now - hourMs, dayMs);
  const refusing = { status: 'partial', rowsSynced: 1n, rowsFailed: 1n };
  const resting = syncsUntil(since - dayMs, 30);

  test.each<[string, SyncFact[], number[]?]>([
    ['it rests', resting],
    ['it rests, and had failed', resting.map((sync, at) => (at < 20 ? sync : { ...sync, ...failed }))],
    ['it has rested, and goes on', [...resting, ...syncsUntil(now - hourMs, 3, hourMs)], [0, 1, 2, 3]],
  ])('exactly, where it knows nothing later: %s', (_, syncs, unknowns = [0]) => {
    for (const unknown of unknowns) expect(cut(syncs, keptOf(syncs, unknown))).toMatchObject(sumsOf(syncs));
  });

  test.each<[string, readonly Partial<SyncFact>[]]>([
    ['it has failed since', [...times(5, {}), ...times(40, failed)]],
    ['it has been refused since', [...times(5, {}), ...times(40, refusing)]],
    ['it has never succeeded', times(40, failed)],
    ['it failed, and that was over before', [...times(5, failed), ...times(30, {})]],
    ['it failed, and that is over since', [...times(5, {}), ...times(30, failed), ...times(8, {})]],
    ['it has failed since the first of those that were read', [...times(30, {}), ...times(10, failed)]],
  ])('where its sums reach into what was read: %s', (_, changes) => {
    const syncs = dailyWith(changes);
    const exact = told(rebuildOf(syncs).finish());
    for (const unknown of [0, 1, 8])
      expect(told(cut(syncs, keptOf(syncs, unknown))), `${unknown}`).toEqual(exact);
  });

  test.each<[string, readonly Partial<SyncFact>[], readonly Partial<SyncFact>[]]>([
    ['it failed then, and did not', times(11, failed), [empty, ...times(10, failed)]],
    ['it was refused then, and was not', times(11, refusing), [empty, ...times(10, refusing)]],
  ])('but not for what was read, which may have changed: %s', (_, before, after) => {
    const [kept, syncs] = [before, after].map((read) => dailyWith([...times(30, {}), ...read]));
    const { data: _data, ...exact } = told(rebuildOf(syncs ?? []).finish());
    expect(told(cut(syncs ?? [], keptOf(kept ?? [], 0)))).toMatchObject(exact);
  });

  test('nor for a streak that began there', () => {
    const [kept, syncs] = [{}, failed].map((first) =>
      dailyWith([...times(30, {}), first, ...times(10, failed)]),
    );
    const { streak } = told(cut(syncs ?? [], keptOf(kept ?? [], 0)));
    expect(streak).toEqual({ count: 11, since: syncs?.[30]?.start });
  });

  test.each<[string, Partial<SyncFact>]>([
    ['nothing has come', empty],
    ['its watermark has stood', { rowsSynced: 0n, timestampSynced: 5 }],
  ])('and for a run that began before, and what was usual then: %s', (_, change) => {
    const syncs = dailyWith([...times(40, {}), ...times(30, change)]);
    const kept = keptOf(syncs, 1);
    expect(Object.keys(kept.before)).toHaveLength(1);
    const exact = rebuildOf(syncs).finish();
    const { before, ...facts } = cut(syncs, kept);
    const sums = (each: Pick<StandingFacts, 'recent' | 'older'>) => {
      const { empty: without, standing } = summaryOf(each.recent, refusedShare, each.older).runs;
      return { without, standing };
    };
    expect([before, sums(facts)]).toEqual([kept.before, sums(exact)]);
  });

  test('and is older than all that was read, also where a few are left of that', () => {
    const syncs = dailyWith([...times(5, {}), ...times(40, failed)]);
    const { recent, older } = cut(syncs.slice(0, 38), keptOf(syncs, 0));
    expect([recent.length, older.to]).toEqual([4, syncs[5]?.start]);
  });

  test('and says nothing where it knows nothing', () => {
    const { recent, older } = rebuildOf([], 10).finish(true);
    expect({ recent, older }).toEqual({ recent: [], older: newStandingFacts().older });
    const { before } = rebuildOf(dailyWith(times(9, empty)), 10).finish(true);
    expect(Object.keys(before)).toHaveLength(1);
    // All that it knows was read again.
    const all = dailyWith(times(10, {}));
    expect(cut(all.slice(-3), keptOf(all, 0))).toMatchObject({ recent: all.slice(-3), older: { to: null } });
  });

  test('also where it knows but a few, of which one started with the first day that was read', () => {
    const few = [syncAt(since - hourMs), syncAt(since), syncAt(since + hourMs)];
    expect(cut(few, keptOf(few, 0)).recent).toEqual(few);
    expect(cut([], keptOf(few, 0)).recent).toEqual(few.slice(0, 1));
  });

  test('and for a watermark that stands, where no later sync has one: the farthest there was', () => {
    const standing = times(20, { rowsSynced: 0n, timestampSynced: 5 });
    const syncs = dailyWith([...times(40, {}), ...standing, ...times(11, empty)]);
    const { recent, older } = cut(syncs, keptOf(syncs, 0));
    expect(summaryOf(recent, refusedShare, older).runs.watermark).toEqual({
      at: syncs[39]?.timestampSynced,
      start: since - 1,
    });
  });

  function told({ recent, older }: StandingFacts) {
    const { data, lastSuccess, streak, failed: fault, refused } = summaryOf(recent, refusedShare, older);
    return { data, lastSuccess, streak, fault, refused };
  }

  function sumsOf(syncs: readonly SyncFact[]) {
    const { recent, older } = rebuildOf(syncs).finish();
    return { recent, older };
  }
});

/** These and those before them leave nothing open: the boundary, rows that were refused, and fourteen starts with data. */
const closing = [empty, { status: 'partial', rowsSynced: 99n, rowsFailed: 1n }, ...times(12, {})];
/** Six that are kept as they stand come after them. */
const settled = each([...closing, ...times(6, {})]);

describe('nothing older can change the facts', () => {
  const isSettled = (syncs: readonly SyncFact[], readDays = 36) => rebuildOf(syncs, readDays).isSettled;

  test('where all that can go wrong is over, and the 36 days of the habit have been read', () => {
    expect([isSettled(settled, 35), isSettled(settled, 36)]).toEqual([false, true]);
  });

  test('but not before a day was read, nor where no row was found', () => {
    expect(new FactsRebuild(today, refusedShare).isSettled).toBe(false);
    expect([isSettled([]), isSettled(each(times(6, {})))]).toEqual([false, false]);
  });

  const over = times(6, {});
  /** So far ahead that no later sync of these ends before. */
  const ahead = { timestampSynced: now + 9 * dayMs };
  const halfRefused = { status: 'partial', rowsSynced: 1n, rowsFailed: 1n };

  test.each<[string, SyncFact[]]>([
    ['there are fewer than fourteen starts with data', each([...closing.slice(0, -1), ...over])],
    ['it has failed for as long as is known', each([...closing.map(() => failed), ...over])],
    [
      'rows were refused for as long as is known, and a success without any is not enough to end it',
      each([...times(20, [halfRefused, empty]).flat(), ...over]),
    ],
    ['nothing has come for as long as is known', each([...times(20, empty), ...over])],
    [
      'its watermark has stood for as long as is known',
      each([...closing.map((change) => ({ ...change, rowsSynced: 0n, timestampSynced: 5 })), ...over]),
    ],
    [
      'its first watermark lies ahead, and none was told before it',
      each([
        ...closing.map((change, index) => ({
          ...change,
          timestampSynced: index < 3 ? null : ahead.timestampSynced + index,
        })),
        ...over,
      ]),
    ],
    [
      'its queries have been near their limit for as long as is known',
      settled.map((sync, index) => (index === 0 ? sync : { ...sync, finish: sync.start + 50 * minuteMs })),
    ],
    [
      'rows of the boundary may have been sent again four weeks ago',
      each([...closing.slice(1), {}, ...over]),
    ],
    [
      'no row was refused for as long as Braze shows those that were',
      each([...closing, ...over].map((change) => ({ ...change, rowsFailed: 0n }))),
    ],
  ])('but not where %s', (_, syncs) => {
    expect(isSettled(syncs, 36)).toBe(false);
  });

  test('what was refused is forgotten 35 days after the oldest that is known', () => {
    const daily = (days: number) =>
      syncsUntil(now - hourMs, days + 7).map(({ start }) => syncAt(start, { rowsFailed: 0n }));
    expect([isSettled(daily(35), 60), isSettled(daily(36), 60)]).toEqual([false, true]);
  });

  test('where a run is under way, 28 days before it have been read', () => {
    const quiet = each([...closing, ...times(8, empty), ...over.map(() => empty)], now - 19 * dayMs);
    const since = quiet[closing.length]?.start ?? 0;
    const days = Math.round((midnight - startOfDay(dayAt(since))) / dayMs) + 28;
    expect([isSettled(quiet, days - 1), isSettled(quiet, days)]).toEqual([false, true]);
  });

  test('and before each of two', () => {
    const early = each([...closing, ...times(3, { rowsSynced: 0n })], now - 30 * dayMs);
    const fixed = early.at(-4)?.timestampSynced ?? 0;
    const stands = early.map((sync, index) =>
      index < closing.length ? sync : { ...sync, timestampSynced: fixed },
    );
    const laterEmpty = each(
      [{ timestampSynced: fixed }, ...times(8, { rowsSynced: 0n, timestampSynced: fixed })],
      now - dayMs,
    );
    const syncs = [...stands, ...laterEmpty];
    const days = Math.round((midnight - startOfDay(dayAt(now - 30 * dayMs))) / dayMs) + 28;
    expect(Object.keys(rebuildOf(syncs).finish().before)).toHaveLength(2);
    expect([isSettled(syncs, days - 2), isSettled(syncs, days)]).toEqual([false, true]);
  });

  test('where a whole table is sent again since a moment that is known', () => {
    const whole = syncsUntil(now - hourMs, 9, hourMs).map(({ start }) =>
      syncAt(start, { rowsSynced: 2000n, timestampSynced: start }),
    );
    const syncs = [...each(closing, now - dayMs), ...whole];
    expect(rebuildOf(syncs).finish().older.runs.whole).toMatchObject({ count: 3 });
    expect(isSettled(syncs)).toBe(true);
    // Before the first of them there may have been more.
    const first = whole.map((sync, index) => ({
      ...sync,
      ...(index === 0 ? closing[1] : {}),
      rowsSynced: 2000n,
    }));
    expect(isSettled([...first, ...each(over, now)])).toBe(false);
  });
});

describe('whether it is settled', () => {
  /** Too few with data at first. */
  const begun = (read: number) => rebuildOf(each([...closing.slice(3), ...times(6, {})]), read);

  test('is looked at again when a quarter more has been read: each look adds all up', () => {
    const rebuild = begun(40);
    expect(rebuild.isSettled).toBe(false);
    const older = each(closing, midnight - 48 * dayMs);
    rebuild.take(dayAt(midnight - 49 * dayMs), older);
    expect(rebuild.isSettled).toBe(false);
    rebuild.take(dayAt(midnight - 50 * dayMs), []);
    expect(rebuild.isSettled).toBe(true);
  });

  test('is so for good', () => {
    const rebuild = rebuildOf(settled, 36);
    expect(rebuild.isSettled).toBe(true);
    rebuild.take(dayAt(midnight - 37 * dayMs), []);
    expect(rebuild.isSettled).toBe(true);
  });
});
