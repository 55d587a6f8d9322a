/**
 * Rows that can't be placed, kept as they were received, each once however often it is seen, and until it can be
 * placed.
 */
import type { QuarantinedRow, SyncRow } from '../rows/sync-row.ts';
import { encodeLine } from '../schema/encode-line.ts';
import { columns } from '../schema/tables.ts';
import { damagedObject, LineWriter, readLines } from './ndjson.ts';

/** What is kept for an integration at the most. What comes later is told, and not kept. */
export const maxQuarantine = { rows: 10_000, characters: 8_000_000 };

/** The line of a row. */
export function quarantineLine({ integrationId, reason, raw }: QuarantinedRow): string {
  return encodeLine(columns.quarantine, { integration_id: integrationId, reason, raw });
}

export function quarantineIsFull(key: string): string {
  return (
    `${key} is full: it holds ${maxQuarantine.rows.toLocaleString('en')} rows that can't be placed, or ` +
    `${maxQuarantine.characters / 1_000_000} MB of them. There are more, and they are not kept. Look at their reasons.`
  );
}

/** The rows that a commit has placed, by the end of their lines, which quotes what was received. */
export class PlacedRaws {
  readonly #byIntegration = new Map<string, Set<string>>();

  get integrationIds(): Iterable<string> {
    return this.#byIntegration.keys();
  }

  add({ integrationId, line }: SyncRow): void {
    const raws = this.#byIntegration.get(integrationId) ?? new Set();
    this.#byIntegration.set(integrationId, raws.add(rawIn(line) ?? ''));
  }

  of(integrationId: string): ReadonlySet<string> {
    return this.#byIntegration.get(integrationId) ?? new Set();
  }
}

/** Rows that an answer has brought, or that a commit has placed. */
export interface QuarantineChange {
  readonly lines: ReadonlySet<string>;
  /** As {@link PlacedRaws} gives them. */
  readonly placed?: ReadonlySet<string>;
}

export interface JoinedQuarantine {
  /** The new object, or undefined where nothing in it has changed. */
  readonly body: Buffer | undefined;
  /** Rows that were not there. */
  readonly added: number;
  /** Rows that there was no room for. */
  readonly dropped: number;
  /** Rows that it holds now. */
  readonly size: number;
}

/**
 * The object without the rows that were placed, and with the lines added. A row that is known for another reason,
 * in other words perhaps, stands with the new one. @throws {Damaged}
 */
export async function joinQuarantine(
  existing: Uint8Array | undefined,
  name: string,
  { lines, placed = new Set() }: QuarantineChange,
): Promise<JoinedQuarantine> {
  const before = new Map<string, string | undefined>();
  if (existing) {
    for await (const batch of readLines(existing, name))
      for (const line of batch) before.set(line, rawIn(line));
  }
  const leaving = new Set([...placed, ...[...lines].map(rawIn)]);
  const after = new Set<string>();
  let room: number = maxQuarantine.characters;
  for (const [line, raw] of before) {
    if (raw === undefined) throw damagedObject(name);
    if (placed.has(raw) || (leaving.has(raw) && !lines.has(line))) continue;
    after.add(line);
    room -= line.length;
  }
  let dropped = 0;
  for (const line of [...lines].sort()) {
    // One that lay too far ahead of the clock may have been placed when it was read again a moment later.
    if (after.has(line) || placed.has(rawIn(line) ?? '')) continue;
    if (after.size === maxQuarantine.rows || line.length > room) {
      dropped += 1;
      continue;
    }
    after.add(line);
    room -= line.length;
  }
  const known = new Set(before.values());
  const added = [...after].filter((line) => !before.has(line) && !known.has(rawIn(line))).length;
  const { size } = after;
  if (size === before.size && [...after].every((line) => before.has(line))) {
    return { body: undefined, added, dropped, size };
  }
  const writer = new LineWriter();
  for (const line of [...after].sort()) await writer.write(line);
  return { body: await writer.finish(), added, dropped, size };
}

/** The last cell of a line, as it is written. No text before it can hold its name unescaped. */
function rawIn(line: string): string | undefined {
  const at = line.indexOf(',"raw":');
  return at < 0 ? undefined : line.slice(at);
}
