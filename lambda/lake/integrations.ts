/** The integrations as last listed. One that is gone keeps its line, and with it its name. */
import { type IntegrationRow, unlistedLine } from '../rows/integration-row.ts';
import type { Listings } from './changes.ts';
import { damagedObject, LineWriter, readLines } from './ndjson.ts';

/**
 * @param listed by id. @param isGone tells of one that is not listed whether the source has it no longer.
 * @returns the new object, or undefined where nothing has changed, and its lines by id, as they stood and as they are.
 * @throws {Damaged}
 */
export async function joinIntegrations(
  existing: Uint8Array | undefined,
  name: string,
  listed: ReadonlyMap<string, IntegrationRow>,
  isGone: (integrationId: string) => boolean,
): Promise<Listings & { readonly body: Buffer | undefined }> {
  const before = existing ? await linesById(existing, name) : new Map<string, string>();
  const after = new Map(before);
  for (const [id, line] of before) if (!listed.has(id) && isGone(id)) after.set(id, unlistedLine(line));
  for (const [id, { line }] of listed) after.set(id, line);
  if (existing && [...after].every(([id, line]) => before.get(id) === line))
    return { body: undefined, before, after };
  const writer = new LineWriter();
  for (const id of [...after.keys()].sort()) await writer.write(after.get(id) ?? '');
  return { body: await writer.finish(), before, after };
}

/** Ids of the Braze workspaces that the integrations belong to: one, unless something went wrong. @throws {Damaged} */
export async function appGroupIdsIn(body: Uint8Array, name: string): Promise<Set<string>> {
  const lines = await linesById(body, name);
  const ids = [...lines.values()].map((line) => JSON.parse(line).app_group_id);
  return new Set(ids.filter((id) => typeof id === 'string'));
}

/** Of all that were ever listed. @throws {Damaged} */
export async function idsIn(body: Uint8Array, name: string): Promise<ReadonlySet<string>> {
  return new Set((await linesById(body, name)).keys());
}

async function linesById(body: Uint8Array, name: string): Promise<Map<string, string>> {
  const byId = new Map<string, string>();
  for await (const lines of readLines(body, name)) {
    for (const line of lines) byId.set(idOf(line, name), line);
  }
  return byId;
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
