import type { Cells } from '../tables/line.ts';

/** In words, which cells are not as they have to be. */
export function differingCells(found: Cells, expected: Cells): string[] {
  return Object.keys(expected)
    .filter((name) => name !== 'raw' && (found[name] ?? null) !== (expected[name] ?? null))
    .map((name) => `${name} is ${found[name]}, and the raw row says ${expected[name]}.`);
}
