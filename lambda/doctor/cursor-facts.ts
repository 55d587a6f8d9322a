/** What a cursor is made of. The exporter never looks into one; the doctor does, to tell what there is. */

export type CursorKind = 'offset' | 'plus' | 'expiring' | 'opaque';

export function kindOfCursor(cursor: string): CursorKind {
  const text = decoded(cursor);
  if (/^skip:\d+$/.test(text)) return 'offset';
  if (/^skip:\d+@\d+$/.test(text)) return 'expiring';
  return /\+/.test(cursor) && /skip:\d+$/.test(text) ? 'plus' : 'opaque';
}

/** From which row on it leads; undefined where it does not say. */
export function offsetIn(cursor: string): number | undefined {
  const digits = /skip:(\d{1,9})(@\d+)?$/.exec(decoded(cursor))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const cursorAt = (row: number): string => Buffer.from(`skip:${row}`).toString('base64');

const decoded = (cursor: string): string => Buffer.from(cursor, 'base64').toString('latin1');
