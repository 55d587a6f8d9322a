/** Rows that can't be placed, kept as they were received, each once however often it is seen. */

import type { QuarantinedRow } from '../rows/sync-row.ts';
import { encodeLine } from '../schema/encode-line.ts';
import { columns } from '../schema/tables.ts';
import { LineWriter, readLines } from './ndjson.ts';

/** The line of a row; two rows with the same line are the same row. */
export function quarantineLine({ integrationId, reason, raw }: QuarantinedRow): string {
  return encodeLine(columns.quarantine, { integration_id: integrationId, reason, raw });
}

/** The object with the lines added, or no body where all of them were there; `added` counts those that were not. */
export async function joinQuarantine(
  existing: Uint8Array | undefined,
  name: string,
  lines: ReadonlySet<string>,
): Promise<{ body: Buffer | undefined; added: number }> {
  const all = new Set<string>();
  if (existing) for await (const batch of readLines(existing, name)) for (const line of batch) all.add(line);
  const before = all.size;
  for (const line of lines) all.add(line);
  if (all.size === before) return { body: undefined, added: 0 };
  const writer = new LineWriter();
  for (const line of [...all].sort()) await writer.write(line);
  return { body: await writer.finish(), added: all.size - before };
}
