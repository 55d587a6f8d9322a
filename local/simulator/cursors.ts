/** Cursors in the four kinds that the exporter has to survive, each good for one list only by the caller's care. */
import { itemKey } from './item-key.ts';
import type { Quirks } from './quirks.ts';

interface Place {
  /** The whole list, in the order served. */
  readonly items: readonly unknown[];
  readonly at: number;
}

interface CursorKind {
  write(position: number, place: Place): string;
  /** The position in the list, or undefined for a cursor that is refused. */
  read(text: string, place: Place, lifetime: number): number | undefined;
}

/** Three bytes whose base64 is `+//+`: in front, they leave the rest in step. */
const plusPrefix = Buffer.from('+//+', 'base64').toString('latin1');

const kinds: Record<Quirks['cursorKind'], CursorKind> = {
  offset: {
    write: (position) => `skip:${position}`,
    read: (text) => numberAfter(/^skip:(\d{1,9})$/, text),
  },
  plus: {
    write: (position) => `${plusPrefix}skip:${position}`,
    read: (text) =>
      text.startsWith(plusPrefix)
        ? numberAfter(/^skip:(\d{1,9})$/, text.slice(plusPrefix.length))
        : undefined,
  },
  keyset: { write: writeKey, read: readKey },
  expiring: {
    write: (position, { at }) => `skip:${position}@${Math.trunc(at)}`,
    read: (text, { at }, lifetime) => {
      const issuedAt = numberAfter(/^skip:\d{1,9}@(\d{1,15})$/, text);
      if (issuedAt === undefined || at - issuedAt > lifetime) return undefined;
      return numberAfter(/^skip:(\d{1,9})@/, text);
    },
  },
};

export function writeCursor(kind: Quirks['cursorKind'], position: number, place: Place): string {
  const encoding = kind === 'plus' ? 'latin1' : 'utf8';
  return Buffer.from(kinds[kind].write(position, place), encoding).toString('base64');
}

/** @returns the position in the list, or undefined for a cursor that is refused. */
export function readCursor(cursor: string, quirks: Quirks, place: Place): number | undefined {
  // Strict, as Node's decoder is not: a `+` that came as a space has to be refused.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(cursor) || cursor.length % 4 !== 0) return undefined;
  const { cursorKind, cursorLifetime } = quirks;
  const text = Buffer.from(cursor, 'base64').toString(cursorKind === 'plus' ? 'latin1' : 'utf8');
  return kinds[cursorKind].read(text, place, cursorLifetime);
}

function numberAfter(pattern: RegExp, text: string): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The key of the first row of the page, and which of the rows with this key it is. */
function writeKey(position: number, { items }: Place): string {
  const behindLast = position >= items.length;
  const index = behindLast ? items.length - 1 : position;
  const key = itemKey(items[index]);
  const before = items.slice(0, index).filter((item) => itemKey(item) === key).length;
  return `${behindLast ? 'after' : 'from'}:${before}:${key}`;
}

function readKey(text: string, { items }: Place): number | undefined {
  const [, side, ordinal, key] = /^(after|from):(\d{1,9}):(.*)$/s.exec(text) ?? [];
  if (side === undefined) return undefined;
  let before = 0;
  for (const [index, item] of items.entries()) {
    if (itemKey(item) !== key) continue;
    if (before++ === Number(ordinal)) return side === 'after' ? index + 1 : index;
  }
  return undefined;
}
