import { hashOf } from './hash.ts';
import { itemKey } from './item-key.ts';
import type { Quirks } from './quirks.ts';

/** @param rows oldest first. */
export function inOrder(rows: readonly unknown[], order: Quirks['order']): readonly unknown[] {
  if (order === 'oldest_first') return rows;
  if (order === 'newest_first') return rows.toReversed();
  return scattered(rows);
}

/** The last scattering of an array: a walk asks for the same one page after page. */
const scatterings = new WeakMap<
  readonly unknown[],
  { rows: readonly unknown[]; result: readonly unknown[] }
>();

function scattered(rows: readonly unknown[]): readonly unknown[] {
  const known = scatterings.get(rows);
  // Compared row by row, as a world may well change its array in place.
  if (known?.rows.length === rows.length && known.rows.every((row, index) => row === rows[index])) {
    return known.result;
  }
  // By hash alone, not by position: that keeps two rows in their places when others come or go.
  const result = rows
    .map((row) => ({ row, place: hashOf(itemKey(row)) }))
    .sort((one, other) => one.place - other.place)
    .map(({ row }) => row);
  scatterings.set(rows, { rows: [...rows], result });
  return result;
}
