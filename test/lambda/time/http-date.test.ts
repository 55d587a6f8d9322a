import { expect, test } from 'vitest';
import { httpDate } from '../../../lambda/time/http-date.ts';

const at = Date.UTC(2026, 5, 1, 12);

test.each([
  new Date(at).toUTCString(),
  'Monday, 01-Jun-26 12:00:00 GMT',
  'Mon Jun  1 12:00:00 2026',
  '2026-06-01T12:00:00Z',
  '2026-06-01T14:00:00+02:00',
])('of %s the moment is known', (text) => {
  expect(httpDate(text)).toBe(at);
});

test.each([null, '', '5', '12', 'soon', 'yesterday 7', 'Mon 5', 'Sun, 5', '2026-06-01T12:00:00'])(
  '%j is no date',
  (text) => {
    expect(httpDate(text)).toBeNaN();
  },
);
