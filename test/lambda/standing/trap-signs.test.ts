/** P18: from how many signs on a trap is certain. */
import { describe, expect, test } from 'vitest';
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { habitOf } from '../../../lambda/standing/habit.ts';
import { dayAt, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { RunHabit } from '../../../lambda/standing/run-habit.ts';
import { newRuns, type Runs } from '../../../lambda/standing/runs.ts';
import { trapSigns } from '../../../lambda/standing/trap-signs.ts';
import { now } from './judged.ts';

const since = now;
/** A month of two syncs a day, in which nothing was out of the ordinary. */
const ordinary: RunHabit = {
  days: 28,
  counted: 56,
  empty: 0,
  longestEmpty: 0,
  compared: 55,
  stood: 0,
  longestStanding: 0,
  watermarks: 56,
  ahead: 0,
  farthestMs: 0,
};

function factsWith(usual: Partial<RunHabit> | null): StandingFacts {
  const before = usual === null ? {} : { [dayAt(since)]: { ...ordinary, ...usual } };
  return { ...newStandingFacts(), before };
}

const traps = (runs: Partial<Runs>, usual: Partial<RunHabit> | null = {}) =>
  trapSigns(factsWith(usual), { ...newRuns(), ...runs }).map(({ trap }) => trap);

test('a sign is known since its run began, and none is one of nothing', () => {
  const whole = { since, count: 3, rows: 2000n };
  expect(trapSigns(factsWith({}), { ...newRuns(), whole })).toEqual([{ trap: 'whole_table_again', since }]);
  expect(traps({})).toEqual([]);
});

test('some are certain by themselves: a whole table and a long query with the third, a boundary with the second', () => {
  const whole = (count: number) => traps({ whole: { since, count, rows: 2000n } }, null);
  expect([whole(2), whole(3)]).toEqual([[], ['whole_table_again']]);
  const near = (count: number) => traps({ nearLimit: { since, count, firstMs: 1, newestMs: 1 } }, null);
  expect([near(2), near(3)]).toEqual([[], ['near_the_limit']]);
  const boundary = (count: number) => traps({ boundary: { since, count, last: since } }, null);
  expect([boundary(1), boundary(2)]).toEqual([[], ['boundary_resync']]);
});

describe('nothing arrives', () => {
  const empty = (count: number, usual: Partial<RunHabit> | null = {}) =>
    traps({ empty: { since, count } }, usual).length === 1;

  test('is certain with the third where it never was so', () => {
    expect([empty(2), empty(3)]).toEqual([false, true]);
  });

  test('is held against the habit of the day, where it began today', () => {
    const found = (day: string) => {
      const habit = { ...habitOf(day, []), runs: ordinary };
      const facts = { ...newStandingFacts(), habit };
      return trapSigns(facts, { ...newRuns(), empty: { since, count: 3 } }).length;
    };
    expect([found(dayAt(since)), found(dayAt(since - 24 * hourMs))]).toEqual([1, 0]);
  });

  test('is not, where nobody knows what was usual', () => {
    expect(empty(30, null)).toBe(false);
  });

  test('is not, where the history is too young, too short, or knows nothing else', () => {
    expect([empty(9, { days: 20 }), empty(9, { days: 21 })]).toEqual([false, true]);
    expect([empty(9, { counted: 12 }), empty(9, { counted: 13 })]).toEqual([false, true]);
    expect(empty(99, { counted: 40, empty: 40, longestEmpty: 0 })).toBe(false);
  });

  test('is only, where it lasts for more than twice as long as ever before, and two more', () => {
    const lasting = (longestEmpty: number, count: number) => empty(count, { empty: 1, longestEmpty });
    expect([lasting(1, 4), lasting(1, 5), lasting(4, 10), lasting(4, 11)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('is only, where chance hardly brings it', () => {
    // Of thirteen one: fourteen times in a hundred each.
    expect([empty(3, { counted: 13 }), empty(3, { counted: 13, empty: 1, longestEmpty: 0 })]).toEqual([
      true,
      false,
    ]);
    const half = (count: number) => empty(count, { counted: 55, empty: 27, longestEmpty: 1 });
    expect([half(13), half(14)]).toEqual([false, true]);
  });
});

test('a watermark that stands is held against how often one stood, and not against how often nothing came', () => {
  const standing = { since, count: 3, at: 5 };
  expect(traps({ standing }, { empty: 50, longestEmpty: 20 })).toEqual(['watermark_stands']);
  expect(traps({ standing }, { stood: 30, longestStanding: 2 })).toEqual([]);
  expect(traps({ empty: { since, count: 3 } }, { stood: 50, longestStanding: 20 })).toEqual([
    'nothing_arrives',
  ]);
  expect(traps({ standing }, { compared: 12 })).toEqual([]);
});

describe('a watermark in the future', () => {
  const ahead = (
    byMs: number,
    usual: Partial<RunHabit> | null,
    { stood = 0, moved = 0 }: { stood?: number; moved?: number } = {},
  ) => traps({ ahead: { since, count: 1, byMs, stood, moved } }, usual).length === 1;
  const zone = 14 * hourMs + 5 * minuteMs;

  test('is certain at once where no zone explains it', () => {
    expect([ahead(zone, null), ahead(zone + 1, null)]).toEqual([false, true]);
  });

  test('and where none ever lay ahead, of eight at least', () => {
    expect([ahead(hourMs, { watermarks: 7 }), ahead(hourMs, { watermarks: 8 })]).toEqual([false, true]);
    expect(ahead(hourMs, { watermarks: 56, ahead: 1, farthestMs: 1 })).toBe(false);
  });

  test('is usual where more than one lay as far ahead before, but for an hour of a zone', () => {
    const usual = { ahead: 2, farthestMs: 2 * hourMs };
    const most = 3 * hourMs + 5 * minuteMs;
    const stands = { stood: 2 };
    expect([ahead(most, usual, stands), ahead(most + 1, usual, stands)]).toEqual([false, true]);
    expect(ahead(hourMs, { ahead: 1, farthestMs: 2 * hourMs }, stands)).toBe(true);
  });

  test('is certain, too, where it stood still twice, and has not moved', () => {
    expect(ahead(hourMs, null, { stood: 1 })).toBe(false);
    expect(ahead(hourMs, null, { stood: 2 })).toBe(true);
    expect(ahead(hourMs, null, { stood: 2, moved: 1 })).toBe(false);
  });
});
