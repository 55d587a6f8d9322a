/** The object of a workspace in a table with a line an integration. */
import { encodeLine } from '../schema/encode-line.ts';
import { columns, type Line } from '../schema/tables.ts';
import { LineWriter } from './ndjson.ts';

/** Sorted by integration: the same lines give the same bytes, whatever order they came in. */
export async function bodyOf<T extends 'coverage' | 'standing'>(
  table: T,
  lines: readonly Line<T>[],
): Promise<Buffer> {
  const writer = new LineWriter();
  const sorted = lines.toSorted((a, b) => (String(a.integration_id) < String(b.integration_id) ? -1 : 1));
  for (const line of sorted) await writer.write(encodeLine(columns[table], line));
  return writer.finish();
}
