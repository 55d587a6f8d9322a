import type { Columns } from './tables.ts';

/** One line of a table: its columns in their order and nothing else. Integers keep all of their 64 bits. */
export function encodeLine(table: Columns, line: Readonly<Record<string, unknown>>): string {
  const cells = Object.keys(table).map((name) => {
    const cell = line[name] ?? null;
    return `"${name}":${typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell)}`;
  });
  // Joined, and not added up: V8 keeps all parts of what was added up, five times the line, and thousands are held.
  return ['{', cells.join(','), '}'].join('');
}
