import { describe, expect, test } from 'vitest';
import { durationText } from '../../../local/table/duration.ts';
import { fitted, type TextColumn } from '../../../local/table/text-table.ts';
import { wrapped } from '../../../local/table/wrapped.ts';

const columns: readonly TextColumn[] = [
  { name: 'who', align: 'left', shorten: 'middle' },
  { name: 'count', align: 'right' },
  { name: 'what', align: 'left', shorten: 'end', dispensable: 1 },
];
const table = { columns, rows: [['🦆'.repeat(10), '1234567', 'a text of more than twelve']] };
const first = (width?: number) => fitted(table, width).text.split('\n')[2];

describe('a table', () => {
  test('is whole without a width, and where it fits', () => {
    expect(first()).toBe(`${'🦆'.repeat(10)}  1234567  a text of more than twelve`);
    expect(fitted(table, 57)).toEqual(fitted(table, undefined));
  });

  test('shortens the longest first, and cuts no character in two', () => {
    expect(first(51)).toBe(`${'🦆'.repeat(10)}  1234567  a text of more than…`);
    expect(first(36)).toBe('🦆🦆🦆…🦆🦆  1234567  a text of mo…');
    expect(fitted(table, 52)).toMatchObject({ isShortened: true, leftOut: [] });
  });

  test('gives what yields no more than its least where another column had to go', () => {
    const [who, count, what] = columns as [TextColumn, TextColumn, TextColumn];
    const yielding = { ...table, columns: [{ ...who, least: 5, yields: true as const }, count, what] };
    const firstOf = (width: number) => fitted(yielding, width).text.split('\n')[2];
    expect(firstOf(36)).toBe(first(36));
    expect(firstOf(20)).toBe('🦆…🦆  1234567');
  });

  test('leaves out the first column only where it can be spared', () => {
    const spared = { ...table, columns: columns.map((each) => ({ ...each, dispensable: 1 })) };
    expect(fitted(spared, 20).leftOut).toEqual(['count', 'what']);
    const [who, count] = columns as [TextColumn, TextColumn];
    const two = { columns: [{ ...who, dispensable: 1 }, count], rows: [['x', '1']] };
    expect(fitted(two, 5).leftOut).toEqual(['who']);
  });

  test('leaves out what can be spared first, and never the first column', () => {
    expect(fitted(table, 34).leftOut).toEqual(['what']);
    expect(fitted(table, 20).leftOut).toEqual(['count', 'what']);
    expect(first(5)).toMatch(/^.{1,5}$/u);
  });

  test('wraps within a cell what is not to be cut', () => {
    const verdict = {
      columns: [{ name: 'v', align: 'left', shorten: 'wrap' }],
      rows: [['one two three']],
    } as const;
    expect(fitted(verdict, 8)).toMatchObject({ text: 'v\n───────\none two\nthree\n', isShortened: false });
  });

  test('without rows has its names and the line below them', () => {
    expect(fitted({ columns, rows: [] }, 80).text).toBe('who  count  what\n───  ─────  ────\n');
  });
});

test.each([
  [0.4, '0 seconds'],
  [1, '1 second'],
  [119, '119 seconds'],
  [120, '2 minutes'],
  [7199, '120 minutes'],
  [7200, '2 hours'],
  [172_799, '48 hours'],
  [32_370.466 * 60, '22 days'],
  [-300, '-5 minutes'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d seconds are told as %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

test('a long line goes on below, further in', () => {
  expect(wrapped('  time  one two three\nshort', 14, 8)).toBe(
    '  time  one\n        two\n        three\nshort',
  );
  expect(wrapped('one two', undefined)).toBe('one two');
});
