import { expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { instantOf } from '../../../lambda/rows/instant.ts';
import { lastReadAt } from '../../../lambda/run/last-read.ts';
import { newHistory, type Stretch } from '../../../lambda/walk/history.ts';

const [wholeUpTo, checkedAt] = [Date.UTC(2025, 5, 1), Date.UTC(2026, 5, 1)];
const [oldest, newest] = [instantOf(wholeUpTo - 2), instantOf(wholeUpTo - 1)];
const stretch: Stretch = { newest, oldest, place: null, closed: true, refused: false, deadEnd: false };

test.each([
  ['all of its rows have left', { empty: true, stretches: [stretch] }, null, checkedAt],
  ['it has rows', { empty: false, stretches: [stretch] }, null, wholeUpTo],
  ['it has never had any', { empty: true, stretches: [] }, null, wholeUpTo],
  ['all have left, and it could not be read', { empty: true, stretches: [stretch] }, 'No.', wholeUpTo],
])('is known where %s', (_, history, failure, at) => {
  const state = { ...newIntegrationState('a'), failure, checkedAt };
  expect(lastReadAt({ ...state, history: { ...newHistory(), headAt: wholeUpTo, ...history } })).toBe(at);
});
