import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cells } from '../../../lambda/rows/cells.ts';
import { membersOf } from '../../../lambda/rows/json-source.ts';
import { parseSourced } from './parse-sourced.ts';

/** @param text of a value, as it stands in an answer. */
const cells = (text: string) =>
  new Cells(membersOf(parseSourced(`{"field":${text}}`)) ?? expect.fail('not an object'));

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

describe('an integer', () => {
  test.each([
    ['12', 12n],
    ['12.0', 12n],
    ['1.2e1', 12n],
    ['120e-1', 12n],
    ['1200E-2', 12n],
    ['0.12e2', 12n],
    ['-12.00', -12n],
    ['-0', 0n],
    ['0e99', 0n],
    ['0.000e-99999', 0n],
    ['"12"', 12n],
    ['"-12"', -12n],
    ['9007199254740991', 2n ** 53n - 1n],
    ['9007199254740993', 2n ** 53n + 1n],
    ['"9007199254740993"', 2n ** 53n + 1n],
    ['9007199254740993.0', 2n ** 53n + 1n],
    [`${largest}`, largest],
    [`"${largest}"`, largest],
    [`${largest}.000`, largest],
    [`${smallest}`, smallest],
    ['9.223372036854775807e18', largest],
    ['1e18', 10n ** 18n],
  ])('reads %s exactly', (text, expected) => {
    const read = cells(text);
    expect(read.integer('field')).toBe(expected);
    expect(read.problems).toBeNull();
  });

  test.each([
    '12.7',
    '1e-1',
    '1e19',
    '1e400',
    '1e99999999999999999999',
    '-1e400',
    '1e-400',
    `${largest + 1n}`,
    `"${largest + 1n}"`,
    `${smallest - 1n}`,
    '9.223372036854775808e18',
    '"12.0"',
    '"1e3"',
    '" 12"',
    '"12 "',
    '"+12"',
    '"012"',
    '"0x10"',
    '"١٢"',
    '""',
    '"NaN"',
    'true',
    'false',
    '[]',
    '[12]',
    '{}',
    '{"a":1}',
  ])('takes %s for a problem', (text) => {
    const read = cells(text);
    expect(read.integer('field')).toBeNull();
    expect(read.problems).toBe('field');
  });

  test('P1: any integer in any spelling is read exactly, or named as a problem', () => {
    const spelled = fc
      .tuple(fc.bigInt(-(2n ** 66n), 2n ** 66n), fc.nat(4), fc.nat(20))
      .map(([value, zeros, shift]) => {
        const [sign, digits] = [
          value < 0n ? '-' : '',
          String(value < 0n ? -value : value).padStart(shift + 1, '0'),
        ];
        const [whole, fraction] = [
          digits.slice(0, digits.length - shift),
          digits.slice(digits.length - shift),
        ];
        const point = `${fraction}${'0'.repeat(zeros)}`;
        return { value, text: `${sign}${whole.replace(/^0+(?=.)/, '')}${point ? `.${point}` : ''}e${shift}` };
      });
    fc.assert(
      fc.property(spelled, ({ value, text }) => {
        const fits = value >= smallest && value <= largest;
        expect(cells(text).integer('field')).toBe(fits ? value : null);
      }),
    );
  });

  test('P10: a hostile number of many zeros is read at once, and is none', () => {
    expect(cells(`1${'0'.repeat(1_000_000)}1`).integer('field')).toBeNull();
  });
});

describe('a string', () => {
  test('keeps what it says, and is well-formed', () => {
    expect(cells('"a\\u00e9\\n\\"😀"').string('field')).toBe('aé\n"😀');
    expect(cells('""').string('field')).toBe('');
    expect(cells('"a\\ud800b"').string('field')).toBe('a\ufffdb');
    expect(cells('"\\udfff"').string('field')).toBe('\ufffd');
    expect(cells('"\\ud83d\\ude00"').string('field')).toBe('😀');
  });

  test.each(['1', 'true', '{}', '["a"]'])('takes %s for a problem', (text) => {
    const read = cells(text);
    expect(read.string('field')).toBeNull();
    expect(read.problems).toBe('field');
  });
});

describe('a timestamp', () => {
  test.each(['1790000000', '"2026-01-01"', '"2026-01-01 00:00:00.000 CET"', '""', '{}', '"never"', 'false'])(
    'takes %s for a problem',
    (text) => {
      const read = cells(text);
      expect(read.timestamp('field')).toBeNull();
      expect(read.problems).toBe('field');
    },
  );

  test('is cut to milliseconds', () => {
    expect(cells('"2099-01-01T00:00:00.123999999+01:00"').timestamp('field')).toBe('2098-12-31 23:00:00.123');
  });
});

test('what is missing or null is null and no problem', () => {
  const read = cells('null');
  for (const name of ['field', 'missing', 'toString', '__proto__']) {
    expect([read.string(name), read.integer(name), read.timestamp(name)]).toEqual([null, null, null]);
  }
  expect(read.problems).toBeNull();
});
