/** What the model does with rows of answers. */
import { sumOf } from './figures.ts';
import type { ModelRow } from './lake.ts';

/** Half away from zero. */
export const rounded = (value: unknown, digits: number): number | null =>
  typeof value === 'number'
    ? (Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits)) / 10 ** digits
    : null;

export const timeOf = (text: unknown): number => Date.parse(`${String(text).replace(' ', 'T')}Z`);
export const big = (cell: unknown): bigint => (typeof cell === 'bigint' ? cell : 0n);
export const bigOrNull = (cell: unknown): bigint | null => (typeof cell === 'bigint' ? cell : null);
export const numberOrNull = (cell: unknown): number | null => (typeof cell === 'number' ? cell : null);
export const sumBy = (rows: readonly ModelRow[], name: string): bigint =>
  rows.reduce((sum, row) => sum + big(row[name]), 0n);
export const totalOf = (rows: readonly ModelRow[], name: string) =>
  sumOf(rows.map((row) => bigOrNull(row[name])));

/** Groups of rows that share what is named, each as its first row and all. */
export function grouped(
  rows: readonly ModelRow[],
  ...names: string[]
): { first: ModelRow; all: ModelRow[] }[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(names.map((name) => row[name] ?? null)));
  return [...groups.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []));
}
