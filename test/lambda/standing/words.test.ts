/** Lengths of time and moments as a person says them. */
import { expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { aboutEvery, ago, countOf, lengthOf } from '../../../lambda/standing/words.ts';
import { now } from './judged.ts';

test('a length is cut, in the largest unit of which there are two', () => {
  const lengths = [0, 999, 59_999, minuteMs, 2 * hourMs - 1, 2 * hourMs, 2 * dayMs - 1, 2 * dayMs, -1];
  expect(lengths.map(lengthOf)).toEqual([
    ...['0 seconds', '0 seconds', '59 seconds', '1 minute', '119 minutes'],
    ...['2 hours', '47 hours', '2 days', '0 seconds'],
  ]);
});

test('lengths are rounded for what comes about so often', () => {
  const lengths = [30_000, minuteMs, 5 * minuteMs + 2000, 59.9 * minuteMs, 90 * minuteMs, dayMs - minuteMs];
  expect([...lengths, 36 * hourMs, 7 * dayMs - hourMs].map(aboutEvery)).toEqual([
    'minute',
    'minute',
    '5 minutes',
    'hour',
    '90 minutes',
    '24 hours',
    '36 hours',
    '7 days',
  ]);
});

test('so is what comes more often than a minute, and the units change at two of them', () => {
  const lengths = [20_000, 5.6 * minuteMs, 2 * hourMs - minuteMs, 2 * hourMs, 47 * hourMs, 2 * dayMs];
  expect(lengths.map(aboutEvery)).toEqual([
    ...['20 seconds', '6 minutes', '119 minutes', '2 hours', '47 hours', '2 days'],
  ]);
});

test('a start that lies ahead of the clock is said, but for what clocks differ by', () => {
  expect(ago(now + 5 * minuteMs, now)).toBe('just now');
  expect(ago(now + 5 * minuteMs + 1, now)).toBe('ahead of the clock (2026-11-26 12:05 UTC)');
  expect([ago(now - 999, now), ago(now - 1000, now)]).toEqual(['just now', '1 second ago']);
  expect(ago(now - 5000, now)).toBe('5 seconds ago');
  expect(ago(now + 6 * minuteMs, now)).toBe('ahead of the clock (2026-11-26 12:06 UTC)');
});

test('a count is told with its thousands', () => {
  expect([7n, 999n, 1000n, 1_234_567n].map(countOf)).toEqual(['7', '999', '1,000', '1,234,567']);
});
