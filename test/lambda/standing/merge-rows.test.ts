/** P18: how the facts follow the lake, commit by commit, and what is made again. */
import { describe, expect, test } from 'vitest';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { habitOf } from '../../../lambda/standing/habit.ts';
import { mergeRows } from '../../../lambda/standing/merge-rows.ts';
import { dayAt, dayMs, hourMs, startOfDay } from '../../../lambda/standing/periods.ts';
import { runHabitOf } from '../../../lambda/standing/run-habit.ts';
import { summaryOf } from '../../../lambda/standing/summary.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { isHabitDue, withHabit } from '../../../lambda/standing/with-habit.ts';
import { factsOf, now, syncAt, syncsUntil } from './judged.ts';

const today = dayAt(now);
/** One a day, the newest now: six are kept as they stand, and four are added up. */
const daily = syncsUntil(now, 10);
const known: StandingFacts = { ...factsOf(daily), habit: null };
const added = daily.slice(0, 4);
const last = added[3] as SyncFact;
const starts = (syncs: readonly SyncFact[]) => syncs.map(({ start }) => start);

describe('rows of a day', () => {
  test('replace what is kept of that day, and of no other', () => {
    const changed = syncAt(now, { status: 'error' });
    const { recent, older, stale } = mergeRows(known, [changed], [now]);
    expect([recent, older, stale]).toEqual([[...daily.slice(4, 9), changed], known.older, false]);
  });

  test('leave nothing of that day that is not among them', () => {
    const twice = mergeRows(known, [syncAt(now), syncAt(now + hourMs)], [now + hourMs]);
    const { recent } = mergeRows(twice, [syncAt(now + hourMs)], []);
    expect(starts(recent)).toEqual([...starts(twice.recent).slice(0, -2), now + hourMs]);
  });

  test('are put in order, and what is more than six is added up', () => {
    const next = [syncAt(now + 2 * hourMs), syncAt(now + hourMs), daily[9] as SyncFact];
    const { recent, older } = mergeRows(known, next, [now + hourMs, now + 2 * hourMs]);
    expect(starts(recent)).toEqual([...starts(daily.slice(6)), now + hourMs, now + 2 * hourMs]);
    expect(older).toEqual(summaryOf(daily.slice(0, 6), known.refusedShare));
  });

  test('that were added up already are left out', () => {
    const rows = [last, daily[4] as SyncFact];
    expect(mergeRows(known, rows, [])).toMatchObject({ recent: known.recent, older: known.older });
  });

  test('are the first of all', () => {
    const { recent, stale } = mergeRows(newStandingFacts(), [syncAt(now)], [now]);
    expect([starts(recent), stale]).toEqual([[now], false]);
  });

  test('change nothing a second time', () => {
    const once = mergeRows(known, [syncAt(now + hourMs), daily[9] as SyncFact], [now + hourMs]);
    expect(mergeRows(once, [syncAt(now + hourMs), daily[9] as SyncFact], [now + hourMs])).toEqual(once);
  });
});

describe('all is stale', () => {
  test('where a sync that was added up is new, or has changed', () => {
    const stale = (...changed: number[]) => mergeRows(known, [last], changed).stale;
    expect([stale(last.start), stale(last.start - 1), stale(last.start + 1), stale(now, last.start)]).toEqual(
      [true, true, false, true],
    );
    const { recent, older } = mergeRows(known, [], [last.start]);
    expect([recent, older]).toEqual([known.recent, known.older]);
  });

  test('and stays so until it is made again', () => {
    const stale = { ...known, stale: true };
    expect(mergeRows(stale, [syncAt(now + hourMs)], [now + hourMs])).toBe(stale);
  });

  test('where some syncs of a millisecond are added up, and others are not', () => {
    const many = Array.from({ length: 20 }, () => syncAt(now));
    const torn = factsOf(many);
    expect(torn.older.to).toBe(now);
    expect(mergeRows(torn, many, []).stale).toBe(true);
    expect(mergeRows(torn, [syncAt(now + hourMs)], [now + hourMs]).stale).toBe(false);
    expect(mergeRows(torn, [syncAt(now), syncAt(now + hourMs)], [now + hourMs]).stale).toBe(true);
    expect(mergeRows(known, [last, daily[4] as SyncFact], []).stale).toBe(false);
    const goneOn = mergeRows(torn, [syncAt(now + dayMs)], [now + dayMs]);
    expect([goneOn.recent.length, mergeRows(goneOn, many, []).stale]).toEqual([7, true]);
  });
});

describe('a habit', () => {
  const habit = habitOf(today, daily);
  /** The habit that is left where a sync of that start has changed, which was not added up. */
  const left = (start: number) => mergeRows({ ...newStandingFacts(), habit }, [syncAt(start)], [start]).habit;
  const midnight = startOfDay(today);

  test('is dropped where one of its 36 days has changed', () => {
    expect([left(midnight - 1), left(midnight - 36 * dayMs)]).toEqual([null, null]);
    expect([left(midnight), left(midnight - 36 * dayMs - 1)]).toEqual([habit, habit]);
  });

  test('is dropped where any of several lies there', () => {
    const rows = [syncAt(midnight - 1), syncAt(midnight)];
    expect(mergeRows({ ...newStandingFacts(), habit }, rows, starts(rows)).habit).toBeNull();
  });

  test('of before a run is kept as long as the run lasts, and nothing of it changes', () => {
    const quiet = syncAt(now, { rowsSynced: 0n });
    const of = { [today]: runHabitOf(today, daily), '2026-01-01': runHabitOf('2026-01-01', daily) };
    const facts = { ...newStandingFacts(), recent: [quiet], before: of };
    const next = syncAt(now + hourMs, { rowsSynced: 0n });
    expect(mergeRows(facts, [quiet, next], [next.start]).before).toEqual({ [today]: of[today] });
    const filled = syncAt(now + hourMs);
    expect(mergeRows(facts, [quiet, filled], [filled.start]).before).toEqual({});
    const yesterday = syncAt(midnight - hourMs);
    expect(mergeRows(facts, [yesterday], [yesterday.start]).before).toEqual({});
  });
});

describe('the habit of the day', () => {
  test('is due once a day, and not where all is stale', () => {
    const facts = { ...newStandingFacts(), habit: habitOf(today, []) };
    expect([isHabitDue(facts, today), isHabitDue(facts, '2026-11-27')]).toEqual([false, true]);
    expect(isHabitDue(newStandingFacts(), today)).toBe(true);
    expect(isHabitDue({ ...facts, stale: true }, '2026-11-27')).toBe(false);
  });

  /** Without rows since so many days ago, in which nobody knows more than what was kept. */
  const quietSince = (days: number, before: StandingFacts['before'] = {}) => {
    const begun = now - days * dayMs;
    const recent = [syncAt(begun, { rowsSynced: 0n }), syncAt(begun + hourMs, { rowsSynced: 0n })];
    return { facts: { ...newStandingFacts(), recent, before }, day: dayAt(begun) };
  };
  const rows = syncsUntil(now - dayMs, 35);

  test('is made with what was usual before each run, where the days reach back far enough', () => {
    for (const days of [1, 8]) {
      const { facts, day } = quietSince(days);
      const found = withHabit(facts, today, rows);
      expect(found.habit).toEqual(habitOf(today, rows));
      expect([found.before, found.stale]).toEqual([{ [day]: runHabitOf(day, rows) }, false]);
    }
  });

  test('of a run that began today is that of the day itself', () => {
    const found = withHabit(quietSince(0).facts, today, rows);
    expect([found.before, found.stale]).toEqual([{}, false]);
  });

  test('is made with what was kept, where they do not; and without that all is stale', () => {
    const { facts, day } = quietSince(9);
    expect(withHabit(facts, today, rows)).toMatchObject({ before: {}, stale: true });
    const kept = { [day]: runHabitOf(day, []) };
    expect(withHabit(quietSince(9, kept).facts, today, rows)).toMatchObject({ before: kept, stale: false });
  });

  test('of a run that began after the day, by another clock, is what was kept', () => {
    const { facts, day } = quietSince(-1);
    expect(withHabit(facts, today, rows).stale).toBe(true);
    const kept = { [day]: runHabitOf(day, rows) };
    expect(withHabit(quietSince(-1, kept).facts, today, rows).before).toEqual(kept);
  });

  test('does not make good what is stale', () => {
    expect(withHabit({ ...newStandingFacts(), stale: true }, today, rows).stale).toBe(true);
    expect(withHabit(newStandingFacts(), today, rows).stale).toBe(false);
  });
});
