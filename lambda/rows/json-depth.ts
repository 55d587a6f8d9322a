/** How deep JSON is nested: a single hostile row must not keep its whole page from being read. */
import { isDeeperThan } from './json-spans.ts';

/** Rows are flat. One with more levels than this is not looked into. */
export const maxDepth = 500;

/** @param text that `JSON.parse` has taken. */
export function isTooDeep(text: string, levels = maxDepth): boolean {
  // Each level takes two brackets: nearly every row is too short for so many, and a day has tens of thousands.
  if (text.length <= 2 * levels) return false;
  // And a page is long, but has few brackets, also with those in strings.
  return hasMoreBrackets(text, levels) && isDeeperThan(text, levels);
}

function hasMoreBrackets(text: string, levels: number): boolean {
  let brackets = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > levels) return true;
    }
  }
  return false;
}
