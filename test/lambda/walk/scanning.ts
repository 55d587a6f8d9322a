/** A list in no order, scanned: what the tests of whole scans begin from. */
import { fullScan } from '../../../lambda/walk/full-scan.ts';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
import type { EndedPass } from '../../../lambda/walk/scans.ts';
import { count, emptyTally } from '../../../lambda/walk/tally.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, hour, play, type ServedList } from './pages.ts';

export const walkOf = (history: Partial<History>) =>
  new Walk(structuredClone({ ...newHistory(), order: 'unordered', ...history }));

/** Scans a list that is in no order. */
export function scan(list: ServedList, history: Partial<History> = {}) {
  const walk = walkOf(history);
  const asked = play(walk, fullScan(walk), list);
  return { walk, history: walk.history, asked };
}

/** A pass of so many pages that began then, and met these syncs. */
export const ended = (began: number, hours: readonly number[], pages = 2): EndedPass => ({
  began: at(began),
  pages,
  tally: count(emptyTally, hours.map(hour)),
});
