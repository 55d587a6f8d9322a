/** P18: the days around which a sync by local time comes an hour earlier or later. */
import { expect, test } from 'vitest';
import { haveClocksChanged, isAroundClockChange } from '../../../lambda/standing/clock-changes.ts';
import { dayAt, dayMs, startOfDay } from '../../../lambda/standing/periods.ts';

const daysOf = (year: number): number[] =>
  Array.from({ length: 365 }, (_, index) => Date.UTC(year, 0, 1) + index * dayMs);

/** The days themselves, of which each is known with the one before and the one after it. */
const changesOf = (year: number): string[] =>
  daysOf(year)
    .filter((day) => [day - dayMs, day, day + dayMs].every((each) => haveClocksChanged(each, each)))
    .map((day) => dayAt(day).slice(5));

test('clocks change on these Sundays', () => {
  expect(changesOf(2026)).toEqual([
    ...['03-08', '03-29', '04-05'],
    ...['09-06', '09-27', '10-04', '10-25', '11-01'],
  ]);
  expect(changesOf(2027)).toEqual([
    ...['03-14', '03-28', '04-04'],
    ...['09-05', '09-26', '10-03', '10-31', '11-07'],
  ]);
});

test('they have changed between two moments where one of the days lies there, or a day from there', () => {
  const sunday = startOfDay('2026-03-08');
  const changed = (from: number, until: number) => haveClocksChanged(from, until);
  expect(changed(sunday + dayMs, sunday + 5 * dayMs)).toBe(true);
  expect(changed(sunday + dayMs + 1, sunday + 5 * dayMs)).toBe(false);
  expect(changed(sunday - 30 * dayMs, sunday - dayMs)).toBe(true);
  expect(changed(sunday - 30 * dayMs, sunday - dayMs - 1)).toBe(false);
});

test('also between two years', () => {
  const changed = (from: string, until: string) => haveClocksChanged(startOfDay(from), startOfDay(until));
  expect(changed('2026-11-20', '2027-03-01')).toBe(false);
  expect(changed('2026-10-20', '2027-03-01')).toBe(true);
  expect(changed('2026-11-20', '2027-03-20')).toBe(true);
});

test('a moment is around one from the day before until eight days after', () => {
  const around = (from: string, until: string) => {
    const [first, last] = [startOfDay(from), startOfDay(until)];
    expect([first - 1, first, last, last + 1].map(isAroundClockChange)).toEqual([false, true, true, false]);
    for (let at = first; at <= last; at += dayMs) expect(isAroundClockChange(at)).toBe(true);
  };
  around('2026-03-07', '2026-03-16');
  // Of two that follow each other.
  around('2026-03-28', '2026-04-13');
  around('2026-09-05', '2026-09-14');
  expect(isAroundClockChange(startOfDay('2026-07-01'))).toBe(false);
});
