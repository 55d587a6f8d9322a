/** The integrations as last listed. One that is gone keeps its line, and with it its name. */
import { type IntegrationRow, unlistedLine } from '../rows/integration-row.ts';
import { damagedObject, LineWriter, readLines } from './ndjson.ts';

/**
 * @param listed by id. @param whole the list was read to its end: what it does not name is gone.
 * @returns the new object, or undefined where nothing has changed. @throws {Damaged}
 */
export async function joinIntegrations(
  existing: Uint8Array | undefined,
  name: string,
  listed: ReadonlyMap<string, IntegrationRow>,
  whole: boolean,
): Promise<Buffer | undefined> {
  const before = new Map<string, string>();
  if (existing) {
    for await (const lines of readLines(existing, name)) {
      for (const line of lines) before.set(idOf(line, name), line);
    }
  }
  const after = new Map(before);
  for (const [id, line] of before) if (whole && !listed.has(id)) after.set(id, unlistedLine(line));
  for (const [id, { line }] of listed) after.set(id, line);
  if (existing && [...after].every(([id, line]) => before.get(id) === line)) return undefined;
  const writer = new LineWriter();
  for (const id of [...after.keys()].sort()) await writer.write(after.get(id) ?? '');
  return writer.finish();
}

function idOf(line: string, name: string): string {
  try {
    const { integration_id } = JSON.parse(line);
    if (typeof integration_id === 'string') return integration_id;
  } catch {
    // Said below.
  }
  throw damagedObject(name);
}
