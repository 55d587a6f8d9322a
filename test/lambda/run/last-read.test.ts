import { expect, test } from 'vitest';
import { instantOf } from '../../../lambda/rows/instant.ts';
import { lastReadAt } from '../../../lambda/run/last-read.ts';
import { type History, newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { newScans } from '../../../lambda/walk/scans.ts';
import { emptyTally } from '../../../lambda/walk/tally.ts';

const [wholeUpTo, readAt] = [Date.UTC(2025, 5, 1), Date.UTC(2026, 5, 1)];
const [oldest, newest] = [instantOf(wholeUpTo - 2), instantOf(wholeUpTo - 1)];
const stretch: Stretch = { newest, oldest, place: null, closed: true, refused: false, deadEnd: false };
const before = (began: number) => ({ began, pages: 4, tally: emptyTally });
const known = { ...newHistory(), headAt: wholeUpTo, scans: { ...newScans(), headAt: readAt } };

test.each([
  ['all of its rows have left', { empty: true, stretches: [stretch] }, readAt],
  ['it has rows', { empty: false, stretches: [stretch] }, wholeUpTo],
  ['it has never had any', { empty: true, stretches: [] }, wholeUpTo],
  ['an earlier version has not kept it', { empty: true, stretches: [stretch], scans: newScans() }, wholeUpTo],
  [
    'its list is in no order, up to the last pass',
    { order: 'unordered', stretches: [stretch], scans: { ...newScans(), before: before(readAt) } },
    readAt,
  ],
  [
    'its list is in no order, and nothing is proved of it',
    { order: 'unordered', headAt: null, scans: { ...newScans(), before: before(readAt) } },
    readAt,
  ],
  [
    'what was proved of its list is newer than the last pass',
    { order: 'unordered', scans: { ...newScans(), before: before(wholeUpTo - 1) } },
    wholeUpTo,
  ],
  ['its list is in no order, and no pass has ended', { order: 'unordered', headAt: null }, null],
  [
    'its list has been in an order since then',
    { order: 'newest_first', scans: { ...newScans(), before: before(readAt) } },
    wholeUpTo,
  ],
] as const)('is known where %s', (_, history, at) => {
  expect(lastReadAt({ ...known, ...history } as History)).toBe(at);
});
