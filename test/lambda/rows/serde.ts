/** What the Hive JSON SerDe reads without an error, said independently of the code that writes it. */
import { expect } from 'vitest';
import { columns, type TableName } from '../../../lambda/schema/tables.ts';

const reads: Readonly<Record<string, (value: unknown, source: string) => boolean>> = {
  string: (value) => typeof value === 'string' && value.isWellFormed(),
  boolean: (value) => typeof value === 'boolean',
  bigint: (value, source) =>
    typeof value === 'number' &&
    /^-?\d+$/.test(source) &&
    BigInt.asIntN(64, BigInt(source)) === BigInt(source),
  // Whatever JSON calls a number; it has none that is not finite.
  double: (value) => typeof value === 'number' && Number.isFinite(value),
  timestamp: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(value) &&
    new Date(`${value.replace(' ', 'T')}Z`).toISOString() === `${value.replace(' ', 'T')}Z`,
};

/** Reads a line as the SerDe would, and fails where that could not. */
export function readLine(table: TableName, line: string): Record<string, unknown> {
  expect(line).not.toMatch(/[\n\r]/);
  const sources = new Map<string, string>();
  // The source text of a number, which JSON.parse would round.
  const keep = (key: string, value: unknown, context?: { source?: string }): unknown => {
    sources.set(key, context?.source ?? '');
    return value;
  };
  const cells: Record<string, unknown> = JSON.parse(line, keep);
  expect(Object.keys(cells)).toEqual(Object.keys(columns[table]));
  for (const [name, type] of Object.entries(columns[table])) {
    const cell = cells[name];
    if (cell === null || reads[type]?.(cell, sources.get(name) ?? '')) continue;
    expect.fail(`${name} of type ${type} can't hold ${sources.get(name)}`);
  }
  return cells;
}
