import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { lengthOf, roughLengthOf } from '../../../lambda/standing/words.ts';

describe('a length of time', () => {
  it.each([
    [59_999, '59 seconds', '1 minute'],
    [minuteMs, '1 minute', '1 minute'],
    [15 * minuteMs - 420, '14 minutes', '15 minutes'],
    [2 * hourMs - 1, '119 minutes', '2 hours'],
    [dayMs - 962, '23 hours', '24 hours'],
    [2 * dayMs - 1, '47 hours', '2 days'],
    [7 * dayMs - 3600, '6 days', '7 days'],
    [7 * dayMs + 3600, '7 days', '7 days'],
  ])(
    'of %d ms is said as whole units that have passed, and roughly to the nearest',
    (ms, passed, roughly) => {
      expect([lengthOf(ms), roughLengthOf(ms)]).toEqual([passed, roughly]);
    },
  );
});
