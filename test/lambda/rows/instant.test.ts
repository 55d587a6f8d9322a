import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agree,
  canonical,
  dayOf,
  type Instant,
  instantOf,
  millisecondsOf,
  millisecondsOfCell,
  parseInstant,
  readTime,
  timestampCell,
} from '../../../lambda/rows/instant.ts';

const instant = (text: string) => parseInstant(text) ?? expect.fail(`${text} was refused`);

describe('parseInstant', () => {
  test.each([
    ['2026-03-25T12:53:35.183728Z', '2026-03-25T12:53:35.183728'],
    ['2026-03-25T12:53:35Z', '2026-03-25T12:53:35'],
    ['2026-03-25T12:53:35.50000Z', '2026-03-25T12:53:35.50000'],
    ['2026-03-25T12:53:35.000Z', '2026-03-25T12:53:35.000'],
    ['2026-03-25T12:53Z', '2026-03-25T12:53:00'],
    ['2026-03-25T12:53:35,25+02:00', '2026-03-25T10:53:35.25'],
    ['2026-03-25T12:53:35+0530', '2026-03-25T07:23:35'],
    ['2026-03-25T23:00:00-02', '2026-03-26T01:00:00'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00'],
    ['2026-03-25t12:53:35z', '2026-03-25T12:53:35'],
    ['2026-03-25 12:53:35.25Z', '2026-03-25T12:53:35.25'],
    ['2026-03-25 12:53:35 UTC', '2026-03-25T12:53:35'],
    ['2026-03-25T12:53:35UTC', '2026-03-25T12:53:35'],
    ['2026-03-25 12:53:35 +0200', '2026-03-25T10:53:35'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00'],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00'],
  ])('reads %s with all its digits', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  test.each([
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:61Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00.Z',
    '2026-01-01 00:00:00',
    '2026-01-01  00:00:00Z',
    '2026-01-01 00:00:00  UTC',
    '2026-01-01 00:00:00 CET',
    '2026-01-01 00:00:00 ',
    '2026-01-01T00:00:00Z UTC',
    '2026-01-01',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    '٢٠٢٦-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '+02026-01-01T00:00:00Z',
    '',
    1790000000,
    null,
    undefined,
    {},
  ])('refuses %s', (value) => {
    expect(parseInstant(value)).toBeUndefined();
  });

  test.each(['2026-01-01T00:00:00.5', '2026-01-01 00:00:00.5'])(
    '%s has no zone: it is read as UTC',
    (text) => {
      expect(readTime(text)).toEqual({ instant: '2026-01-01T00:00:00.5', hasZone: false });
      expect(readTime(`${text} UTC`)).toEqual({ instant: '2026-01-01T00:00:00.5', hasZone: true });
    },
  );

  test('P1: the order of texts is the order of time, at any precision and in any zone', () => {
    const moment = fc.record({
      second: fc.integer({ min: Date.UTC(2022, 0) / 1000, max: Date.UTC(2022, 0) / 1000 + 3 }),
      // Units of 10^-9 s.
      nano: fc.oneof(fc.bigInt(0n, 999_999_999n), fc.constantFrom(0n, 1n, 999_999_999n, 500_000_000n)),
      zone: fc.integer({ min: -23 * 60, max: 23 * 60 }),
    });
    const textOf = ({ second, nano, zone }: { second: number; nano: bigint; zone: number }): string => {
      const local = new Date((second + zone * 60) * 1000).toISOString().slice(0, 19);
      const [hours, minutes] = [Math.trunc(Math.abs(zone) / 60), Math.abs(zone) % 60];
      const offset = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
      return `${local}.${String(nano).padStart(9, '0')}${zone < 0 ? '-' : '+'}${offset}`;
    };
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [time, other] = [a, b].map(({ second, nano }) => BigInt(second) * 1_000_000_000n + nano);
        const [first, second] = [instant(textOf(a)), instant(textOf(b))];
        expect(first < second).toBe((time ?? 0n) < (other ?? 0n));
        expect(first === second).toBe(time === other);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('an instant in the lake', () => {
  test('is cut to milliseconds, never rounded', () => {
    for (const [text, cell] of [
      ['2026-03-25T12:53:35.9999999Z', '2026-03-25 12:53:35.999'],
      ['2026-12-31T23:59:59.9999999Z', '2026-12-31 23:59:59.999'],
      ['2026-03-25T12:53:35.183728Z', '2026-03-25 12:53:35.183'],
      ['2026-03-25T12:53:35.0009Z', '2026-03-25 12:53:35.000'],
      ['2026-03-25T12:53:35.1Z', '2026-03-25 12:53:35.100'],
      ['2026-03-25T12:53:35Z', '2026-03-25 12:53:35.000'],
    ] as const) {
      expect(timestampCell(instant(text))).toBe(cell);
      expect(millisecondsOf(instant(text))).toBe(Date.parse(`${cell.replace(' ', 'T')}Z`));
    }
  });

  test.each([
    ['35Z', '35.183Z', true],
    ['35.183Z', '35.183728Z', true],
    ['35.183000Z', '35.183Z', true],
    ['35Z', '36Z', false],
    ['35.183000Z', '35.1835Z', false],
    ['35.180Z', '35.183Z', false],
    ['35.18Z', '35.183Z', true],
  ])('P1: of %s and %s it is %s that they agree in the digits that both have', (one, other, expected) => {
    const [a, b] = [one, other].map((second) => instant(`2026-03-25T12:53:${second}`)) as [Instant, Instant];
    expect([agree(a, b), agree(b, a)]).toEqual([expected, expected]);
  });

  test('.9999999 stays below the next millisecond and on its own day', () => {
    const late = instant('2026-05-31T23:59:59.9999999Z');
    expect(late < instant('2026-06-01T00:00:00Z')).toBe(true);
    expect(late > instant('2026-05-31T23:59:59.999999Z')).toBe(true);
    expect(dayOf(late)).toBe('2026-05-31');
  });

  test("a clock's milliseconds come back as they went in", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (milliseconds) => {
        expect(millisecondsOf(instantOf(milliseconds))).toBe(milliseconds);
      }),
    );
  });

  test('a cell of the lake comes back as it was written, and what is no timestamp is no time', () => {
    const milliseconds = Date.UTC(2026, 2, 25, 12, 53, 35, 183);
    expect(millisecondsOfCell(timestampCell(instantOf(milliseconds)))).toBe(milliseconds);
    const others = ['yesterday', '', '2026', '2026-13-01 00:00:00.000', '2026-03-25T12:53:35.183Z'];
    expect(others.map(millisecondsOfCell)).toEqual(others.map(() => Number.NaN));
  });

  test('P10: a hostile fraction of many zeros is read at once', () => {
    const zeros = '0'.repeat(1_000_000);
    expect(canonical(instant(`2026-01-01T00:00:00.${zeros}Z`))).toBe('2026-01-01T00:00:00');
    expect(parseInstant(`2026-01-01T00:00:00.${zeros}1Z`)).toBe(`2026-01-01T00:00:00.${zeros}1`);
  });
});
