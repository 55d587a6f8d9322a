import type { Columns } from './tables.ts';

/** One line of a table: its columns in their order and nothing else. Integers keep all of their 64 bits. */
export function encodeLine(table: Columns, line: Readonly<Record<string, unknown>>): string {
  let cells = '';
  for (const name in table) {
    const cell = line[name] ?? null;
    cells += `${cells && ','}"${name}":${typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell)}`;
  }
  return `{${cells}}`;
}
