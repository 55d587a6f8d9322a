import { expect, test } from 'vitest';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
import { searchOpenSyncs } from '../../../lambda/walk/open-sync-search.ts';
import { newScans } from '../../../lambda/walk/scans.ts';
import { emptyTally } from '../../../lambda/walk/tally.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, hour, play } from './pages.ts';

function search(pages: number, opens: History['opens']) {
  const before = { began: at(1), pages, tally: emptyTally };
  const scans = { ...newScans(), before };
  const walk = new Walk({ ...newHistory(), order: 'unordered', scans, opens });
  return play(walk, searchOpenSyncs(walk), { here: [[[5, 9, 2]]], there: [[[7, 1]]] });
}

const opens = [
  { start: hour(9), place: 'here' },
  { start: hour(5), place: 'here' },
  { start: hour(4), place: null },
  { start: hour(1), place: 'there' },
];

test('P5: open syncs of a long list in no order cost the pages that they stood on', () => {
  expect(search(4, opens)).toEqual(['here', 'there']);
});

test('P5: those of a list that is read whole in every run were met there', () => {
  expect(search(3, opens)).toEqual([]);
});
