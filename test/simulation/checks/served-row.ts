/** The row that a line of the lake keeps: read once, since a line is looked at after every run. */
import type { LakeLine } from './read-lake.ts';

export interface ServedRow {
  readonly start: unknown;
  /** As `JSON.stringify` writes it, however it was served. */
  readonly json: string;
}

const rows = new WeakMap<LakeLine, ServedRow>();

export function servedRow(line: LakeLine): ServedRow {
  const known = rows.get(line);
  if (known) return known;
  const value = JSON.parse(String(line.raw));
  const row = { start: value.sync_start_time, json: JSON.stringify(value) };
  rows.set(line, row);
  return row;
}
