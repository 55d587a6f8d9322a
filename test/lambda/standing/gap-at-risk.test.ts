import { expect, test } from 'vitest';
import { gapAtRiskSince, gapEdgeNow } from '../../../lambda/standing/gap-at-risk.ts';
import { dayMs } from '../../../lambda/standing/periods.ts';

const now = Date.UTC(2026, 5, 1);
const old = now - 336 * dayMs;

test('a place that reading has to go on from is remembered with the moment at which it was come to', () => {
  const first = gapEdgeNow(null, old, now);
  expect(first).toEqual({ at: old, since: now });
  expect(gapEdgeNow(first, old, now + dayMs)).toEqual({ at: old, since: now });
  expect(gapEdgeNow(first, old - 1, now + dayMs)).toEqual({ at: old - 1, since: now + dayMs });
  expect(gapEdgeNow(first, null, now + dayMs)).toBeNull();
});

test.each([
  ['no gap', null, null],
  ['a gap that is young', { at: now - 334 * dayMs, since: now - 9 * dayMs }, null],
  ['one that is 335 days old', { at: now - 335 * dayMs, since: now - 9 * dayMs }, now],
  ['one that is almost as old', { at: now - 335 * dayMs + 1, since: now - 9 * dayMs }, null],
  ['an old one that moves on', { at: old, since: now - dayMs + 1 }, null],
  ['an old one that has stood for a day', { at: old, since: now - dayMs }, now - dayMs],
  ['one that has stood since it was young', { at: old, since: now - 30 * dayMs }, now - dayMs],
])('%s', (_, edge, since) => {
  expect(gapAtRiskSince(edge, now)).toBe(since);
});
