/** The tables with a line an integration: sorted by it, and each of them once. */

import type { Cells } from '../tables/line.ts';
import type { Columns } from '../tables/tables.ts';
import { idIn, type Line, type ObjectReader } from './object-reader.ts';

export interface IntegrationLine extends Line {
  readonly id: string;
  readonly cells: Cells;
}

/** @returns the lines by integration. */
export async function readOneLineEach(
  reader: ObjectReader,
  key: string,
  ...shapes: readonly Columns[]
): Promise<Map<string, IntegrationLine>> {
  const lines = new Map<string, IntegrationLine>();
  let before = '';
  for await (const line of reader.cells(key, ...shapes)) {
    const id = idIn(line.cells);
    const add = (kind: 'wrong_type' | 'double' | 'wrong_order', detail: string) =>
      reader.findings.add(kind, key, id, `Line ${line.number} ${detail}`);
    if (!id) {
      add('wrong_type', 'names no integration.');
      continue;
    }
    if (lines.has(id)) add('double', 'is of an integration that has a line already.');
    else if (id < before) add('wrong_order', 'stands before an integration that sorts ahead of it.');
    before = id;
    lines.set(id, { ...line, id });
  }
  return lines;
}
