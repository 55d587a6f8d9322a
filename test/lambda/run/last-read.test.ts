import { expect, test } from 'vitest';
import { instantOf } from '../../../lambda/rows/instant.ts';
import { lastReadAt } from '../../../lambda/run/last-read.ts';
import { newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { newScans } from '../../../lambda/walk/scans.ts';

const [wholeUpTo, readAt] = [Date.UTC(2025, 5, 1), Date.UTC(2026, 5, 1)];
const [oldest, newest] = [instantOf(wholeUpTo - 2), instantOf(wholeUpTo - 1)];
const stretch: Stretch = { newest, oldest, place: null, closed: true, refused: false, deadEnd: false };
const known = { ...newHistory(), headAt: wholeUpTo, scans: { ...newScans(), headAt: readAt } };

test.each([
  ['all of its rows have left', { empty: true, stretches: [stretch] }, readAt],
  ['it has rows', { empty: false, stretches: [stretch] }, wholeUpTo],
  ['it has never had any', { empty: true, stretches: [] }, wholeUpTo],
  ['an earlier version has not kept it', { empty: true, stretches: [stretch], scans: newScans() }, wholeUpTo],
])('is known where %s', (_, history, at) => {
  expect(lastReadAt({ ...known, ...history })).toBe(at);
});
