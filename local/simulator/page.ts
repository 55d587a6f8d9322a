import { readCursor, writeCursor } from './cursors.ts';
import type { Quirks } from './quirks.ts';

/** Fixed: the API knows no parameter for it. */
export const pageSize = 10;

export interface Page {
  readonly items: readonly unknown[];
  /** Cursors; the `Link` header is absent when both are. */
  readonly prev?: string;
  /** Whether `prev` leads to the first page. */
  readonly prevIsFirst?: boolean;
  readonly next?: string;
}

/** @returns undefined for a cursor that is refused. */
export function cutPage(
  items: readonly unknown[],
  cursor: string | undefined,
  quirks: Quirks,
  at: number,
): Page | undefined {
  const place = { items, at };
  const position = cursor === undefined ? 0 : readCursor(cursor, quirks, place);
  if (position === undefined) return undefined;
  const isPastEnd = position > 0 && position >= items.length;
  if (isPastEnd && quirks.pastEnd === 'invalid_cursor') return undefined;

  const end = position + pageSize;
  const onPage = items.slice(position, end);
  if (items.length <= pageSize) return { items: onPage };

  const hasPrev = cursor !== undefined && (position > 0 || quirks.prevAtFirstPage === 'self');
  const hasNext = end < items.length || (end === items.length && quirks.nextOnLastFullPage);
  return {
    items: onPage,
    ...(hasPrev
      ? {
          prev: writeCursor(quirks.cursorKind, Math.max(0, position - pageSize), place),
          prevIsFirst: position <= pageSize,
        }
      : {}),
    ...(hasNext ? { next: writeCursor(quirks.cursorKind, end, place) } : {}),
  };
}
