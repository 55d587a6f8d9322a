import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLimitNotice } from '../../../lambda/rate-limit/rate-limit-headers.ts';

const now = Date.UTC(2026, 5, 1, 12);
const second = now / 1000;
const read = (headers: Record<string, string>) => readLimitNotice(new Headers(headers), now);

describe('P7: readLimitNotice', () => {
  test('knows nothing where nothing is said', () => {
    expect(read({})).toEqual({});
  });

  test('reads limit and remaining', () => {
    expect(read({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': ' 0 ' })).toEqual({
      limit: 100,
      remaining: 0,
    });
    expect(read({ 'X-RateLimit-Remaining': '7' })).toEqual({ remaining: 7 });
  });

  test.each(['', '-1', '1.5', '1e3', 'many', '0x10', '1, 2', 'Infinity', '9'.repeat(400)])(
    'passes over %s as a count',
    (text) => {
      expect(read({ 'x-ratelimit-limit': text, 'x-ratelimit-remaining': text })).toEqual({});
    },
  );

  test('a limit of nothing is nonsense', () => {
    expect(read({ 'x-ratelimit-limit': '0' })).toEqual({});
  });

  test.each([
    [`${second + 30}`, 30_000],
    [`${second + 30}.5`, 30_500],
    [`${second}`, 0],
    [`${second - 30}`, 0],
    [`${second + 3600}`, 60_000],
    [`${now + 30_000}`, 60_000],
    ['30', 30_000],
    [' 30 ', 30_000],
    ['0', 0],
    ['1.5', 1500],
    ['61', 60_000],
    ['86400', 60_000],
    ['Mon, 01 Jun 2026 12:00:20 GMT', 20_000],
    ['Mon, 01 Jun 2026 11:59:00 GMT', 0],
    ['Tue, 01 Jun 2027 12:00:00 GMT', 60_000],
    ['2026-06-01T12:00:05Z', 5000],
  ])('a duration of %s is %i ms, in whichever header it stands', (text, expected) => {
    expect(read({ 'x-ratelimit-reset': text })).toEqual({ resetIn: expected });
    expect(read({ 'x-ratelimit-retry-after': text })).toEqual({ retryIn: expected });
    expect(read({ 'retry-after': text })).toEqual({ retryIn: expected });
  });

  test.each(['', 'soon', 'NaN', 'Infinity', '0x10', '9'.repeat(16)])(
    'passes over %s as a duration',
    (text) => {
      expect(read({ 'x-ratelimit-reset': text, 'retry-after': text })).toEqual({});
    },
  );

  test("Braze's own word on a retry comes before the standard's, unless it is nonsense", () => {
    expect(read({ 'x-ratelimit-retry-after': '5', 'retry-after': '50' })).toEqual({ retryIn: 5000 });
    expect(read({ 'x-ratelimit-retry-after': 'soon', 'retry-after': '50' })).toEqual({ retryIn: 50_000 });
  });

  test('nonsense is clamped to 0 to 60 s or passed over, whatever it is', () => {
    const text = fc.oneof(
      fc.double().map(String),
      fc.integer().map(String),
      fc.bigInt().map(String),
      fc.stringMatching(/^[\x20-\x7e]*$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const notice = read({ 'x-ratelimit-reset': a, 'x-ratelimit-retry-after': b, 'x-ratelimit-limit': c });
        for (const time of [notice.resetIn ?? 0, notice.retryIn ?? 0]) {
          expect(time).toBeGreaterThanOrEqual(0);
          expect(time).toBeLessThanOrEqual(60_000);
        }
        expect(notice.limit ?? 1).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
