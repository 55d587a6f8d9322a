import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { Trap } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { now, standingOf, syncAt, syncsUntil } from './judged.ts';

const good = syncsUntil(now - 4 * dayMs - hourMs, 30);
const watermark = good.at(-1)?.timestampSynced ?? 0;
const newest = (count: number, changes: (start: number, index: number) => Partial<SyncFact>) =>
  syncsUntil(now - hourMs, count).map(({ start }, index) => syncAt(start, changes(start, index)));

const cases: readonly (readonly [Trap, number, SyncFact[], RegExp])[] = [
  [
    'future_watermark',
    1,
    newest(1, () => ({ timestampSynced: Date.UTC(2027, 0, 1) })),
    /^A row with an UPDATED_AT that lies ahead of the clock was synced \(2027-01-01 00:00 UTC\)/,
  ],
  [
    'whole_table_again',
    3,
    newest(3, (start) => ({ rowsSynced: 1_234_567n, timestampSynced: start })),
    /^Each of the last 3 syncs sent about 1,234,567 rows, as many as the one before/,
  ],
  [
    'boundary_resync',
    2,
    newest(2, () => ({ timestampSynced: watermark })),
    /^2 syncs sent rows again whose UPDATED_AT equals the newest that was synced before/,
  ],
  [
    'nothing_arrives',
    3,
    newest(3, () => ({ rowsSynced: 0n, timestampSynced: null })),
    /^The last 3 syncs succeeded without a row, more in a row than ever in the month before/,
  ],
  [
    'watermark_stands',
    3,
    newest(3, (_, index) => ({ rowsSynced: 0n, timestampSynced: watermark - index * hourMs })),
    /^The newest UPDATED_AT has not moved on in 3 syncs at 2026-11-22 /,
  ],
  [
    'near_the_limit',
    3,
    newest(3, (start, index) => ({ finish: start + (46 + index) * minuteMs })),
    /^The last syncs took 46 minutes to 48 minutes: a source query must end within an hour/,
  ],
];

describe('P18: a success that lies', () => {
  test.each(cases)('%s is certain with the %i. sync, and says what it means', (trap, least, lies, says) => {
    const { state, traps, reason, troubles } = standingOf({ syncs: [...good, ...lies] });
    expect(state).toBe('suspect');
    expect(traps).toContain(trap);
    const itself = troubles.find((each) => each.trap === trap);
    expect(itself?.reason).toMatch(says);
    expect(reason).toContain(itself?.reason);
    const before = standingOf({ syncs: [...good, ...lies.slice(0, least - 1)] });
    expect(before.traps).not.toContain(trap);
  });

  test('is none where it went so in the month before, too', () => {
    const syncs = syncsUntil(now - hourMs, 40).map(({ start }, index) =>
      index % 8 < 4
        ? syncAt(start)
        : syncAt(start, { rowsSynced: 0n, timestampSynced: start - dayMs * (index % 8) }),
    );
    expect(standingOf({ syncs }).traps).toEqual([]);
  });
});

test('P18: how long a query near its limit takes is told of the longest of the newest, also of one that failed', () => {
  const took = (...minutes: (number | null)[]) => {
    const last = newest(minutes.length, (start, index) => {
      const each = minutes[index] ?? null;
      return each === null ? { finish: null, status: 'running' } : { finish: start + each * minuteMs };
    });
    return standingOf({ syncs: [...good, ...last] }).troubles[0]?.reason;
  };
  expect(took(46, 47, 50, 41)).toMatch(/^The last syncs took 46 minutes to 50 minutes:/);
  expect(took(46, 47, 50, null)).toMatch(/^The last syncs took 46 minutes to 50 minutes:/);
  const longest = newest(4, (start, index) => ({
    finish: start + (46 + 5 * index) * minuteMs,
    ...(index === 3 ? { status: 'error', rowsSynced: null } : {}),
  }));
  const reasons = standingOf({ syncs: [...good, ...longest] }).troubles.map(({ reason }) => reason);
  expect(reasons.at(-1)).toMatch(/^The last syncs took 46 minutes to 61 minutes:/);
});

test('P18: a young integration has no month to hold an empty sync against', () => {
  const young = syncsUntil(now - 3 * dayMs - hourMs, 10);
  const empty = newest(3, () => ({ rowsSynced: 0n, timestampSynced: null }));
  expect(standingOf({ syncs: [...young, ...empty] }).traps).toEqual([]);
});
