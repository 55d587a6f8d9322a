/** What has changed of the integrations, a line each change, in the order in which it was seen. */
import { Damaged } from '../errors/damaged.ts';
import { instantOf, timestampCell } from '../rows/instant.ts';
import { encodeLine } from '../schema/encode-line.ts';
import { columns } from '../schema/tables.ts';
import { LineWriter, readLines } from './ndjson.ts';

const watched = ['listed', 'integration_name', 'integration_status', 'integration_type'] as const;
type Field = (typeof watched)[number];
type Value = string | null;

/** Lines of the table `integrations` by id, as they stood and as they are to stand. */
export interface Listings {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

interface Change {
  readonly id: string;
  readonly field: Field;
  readonly before: Value;
  readonly after: Value;
}

/** What the changes have last said of a field; undefined: nothing. */
type Told = (id: string, field: Field) => Value | undefined;

/** Whether there is anything to tell, as far as the integrations themselves show it. */
export function hasChanged({ before, after }: Listings): boolean {
  // In nearly every run nearly every line is as it was, and need not be looked into.
  const lines = [...after].filter(([id, line]) => before.get(id) !== line);
  return changesIn({ before, after: new Map(lines) }, () => undefined).length > 0;
}

/**
 * The object with what has changed at its end. What it says already counts more than what stands in `integrations`, which
 * is written after it: so a change is told once, whatever was written in between.
 *
 * Where there is no such object yet, it begins when the list has been read to its end for the first time: who is new is
 * new from then on. The first export finds hundreds that are not.
 *
 * @param isWhole the list was read to its end. @param seenAt in milliseconds.
 * @returns undefined where there is nothing to write. @throws {Damaged}
 */
export async function joinChanges(
  existing: Uint8Array | undefined,
  name: string,
  { isWhole, seenAt, ...listings }: Listings & { readonly isWhole: boolean; readonly seenAt: number },
): Promise<Buffer | undefined> {
  if (!existing && !isWhole) return undefined;
  const { lines, told } = existing ? await read(existing, name) : { lines: [], told: () => undefined };
  const changes = changesIn(listings, told);
  const added = existing ? changes : changes.filter(({ id }) => listings.before.has(id));
  if (existing && added.length === 0) return undefined;
  const writer = new LineWriter();
  for (const line of lines) await writer.write(line);
  for (const change of added) await writer.write(lineOf(change, seenAt));
  return writer.finish();
}

function changesIn({ before, after }: Listings, told: Told): Change[] {
  return [...after.keys()].sort().flatMap((id) => {
    const was = before.get(id);
    const [old, now] = [was === undefined ? undefined : JSON.parse(was), JSON.parse(after.get(id) ?? '')];
    // Of one that is new, its name and the rest are what they are.
    const fields = old === undefined ? watched.slice(0, 1) : watched;
    return fields.flatMap((field): Change[] => {
      const toldBefore = told(id, field);
      const previous = toldBefore === undefined ? cellText(old?.[field]) : toldBefore;
      const next = cellText(now[field]);
      return previous === next ? [] : [{ id, field, before: previous, after: next }];
    });
  });
}

const cellText = (cell: string | boolean | null | undefined): Value =>
  cell === null || cell === undefined ? null : String(cell);

function lineOf({ id, field, before, after }: Change, seenAt: number): string {
  const seen = timestampCell(instantOf(seenAt));
  return encodeLine(columns.changes, { seen_at: seen, integration_id: id, field, before, after });
}

async function read(body: Uint8Array, name: string): Promise<{ lines: string[]; told: Told }> {
  const lines: string[] = [];
  const last = new Map<string, Value>();
  try {
    for await (const batch of readLines(body, name)) {
      for (const line of batch) {
        const { integration_id, field, after } = JSON.parse(line);
        last.set(JSON.stringify([integration_id, field]), after);
        lines.push(line);
      }
    }
  } catch {
    throw new Damaged(
      `${name} is damaged and was left as it is. Restore an earlier version of it; or move it away, and it begins ` +
        'anew. Until then the table integrations is not written either, or what changes now would not be told.',
    );
  }
  return { lines, told: (id, field) => last.get(JSON.stringify([id, field])) };
}
