/** P18: what syncs add up to, one after the other, and which are kept as they stand. */
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs } from '../../../lambda/standing/periods.ts';
import { keptStarts, newSummary, summaryOf } from '../../../lambda/standing/summary.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { trim } from '../../../lambda/standing/trim.ts';
import { now, syncAt, syncsUntil } from './judged.ts';

const refusedShare = 0.25;
/** The start of the sync of that number. */
const at = (number: number) => now + number * hourMs;
const of = (...changes: Partial<SyncFact>[]) =>
  summaryOf(
    changes.map((change, index) => syncAt(at(index), change)),
    refusedShare,
  );

const good = {};
const quiet = { rowsSynced: 0n };
const failed = { status: 'error' };
const refusing = { status: 'partial', rowsSynced: 1n, rowsFailed: 1n };

describe('syncs add up', () => {
  test('to the newest of them, and the newest success', () => {
    expect(of()).toEqual(newSummary());
    expect(of(good, good, failed)).toMatchObject({ to: at(2), lastSuccess: at(1) });
    expect(of(failed)).toMatchObject({ to: at(0), lastSuccess: null });
  });

  test('to the starts with data of the newest fourteen', () => {
    expect(of(good, failed, refusing).data).toEqual([at(0), at(2)]);
    const { data } = of(...Array.from({ length: 20 }, () => good));
    expect([data.length, data[0], data.at(-1)]).toEqual([keptStarts, at(6), at(19)]);
  });

  test('to a streak of those that were none since the last success', () => {
    expect(of(good, failed, refusing, failed).streak).toEqual({ count: 3, since: at(1) });
    expect(of(failed, good).streak).toBeNull();
  });

  test('to a failure that one with rows ends, or two without, and that goes on in between', () => {
    expect(of(good, failed, failed).failed).toEqual({ since: at(1), quiet: 0 });
    expect(of(failed, good).failed).toBeNull();
    expect(of(failed, quiet).failed).toEqual({ since: at(0), quiet: 1 });
    expect(of(failed, quiet, quiet).failed).toBeNull();
    expect(of(failed, quiet, failed, quiet).failed).toEqual({ since: at(0), quiet: 1 });
    // Rows arrived, though some were refused.
    expect(of(failed, refusing).failed).toBeNull();
    expect(of(failed, quiet, { status: 'partial', rowsSynced: 0n, rowsFailed: 1n }).failed).toEqual({
      since: at(0),
      quiet: 0,
    });
  });

  test('to a refusal that a success with rows ends, or two without; a failure says nothing of it', () => {
    expect(of(good, refusing, refusing).refused).toEqual({ since: at(1), quiet: 0 });
    expect(of(refusing, good).refused).toBeNull();
    expect(of(refusing, quiet).refused).toEqual({ since: at(0), quiet: 1 });
    expect(of(refusing, quiet, failed).refused).toEqual({ since: at(0), quiet: 0 });
    expect(of(refusing, quiet, quiet).refused).toBeNull();
    expect(of(good, failed).refused).toBeNull();
  });

  test('to when rows were refused last, for 35 days', () => {
    const some = { status: 'partial', rowsSynced: 40n, rowsFailed: 1n };
    expect(of(some, good).lastRefused).toBe(syncAt(at(0)).finish);
    expect(of({ ...some, finish: null }, good).lastRefused).toBe(at(0));
    expect(of({ rowsFailed: null }, { rowsFailed: 0n }).lastRefused).toBeNull();
    const first = syncAt(now, { ...some, finish: now });
    const endingAfter = (ms: number) => summaryOf([first, syncAt(now + ms)], refusedShare).lastRefused;
    expect([endingAfter(35 * dayMs), endingAfter(35 * dayMs + 1)]).toEqual([now, null]);
  });

  test('to runs of signs, of which a failed one knows nothing', () => {
    expect(of(quiet, failed).runs.empty).toEqual({ since: at(0), count: 1 });
    expect(of(good, { ...failed, timestampSynced: 5 }).runs.watermark?.start).toBe(at(0));
  });

  test('the same, however they were split', () => {
    const syncs = [good, failed, quiet, refusing, good].map((each, index) => syncAt(at(index), each));
    const first = summaryOf(syncs.slice(0, 2), refusedShare);
    expect(summaryOf(syncs.slice(2), refusedShare, first)).toEqual(summaryOf(syncs, refusedShare));
  });
});

describe('the newest six are kept as they stand', () => {
  const kept = (syncs: readonly SyncFact[]) => {
    const { recent, older } = trim(syncs, newSummary(), refusedShare);
    const added = syncs.slice(0, syncs.length - recent.length);
    expect(recent).toEqual(syncs.slice(added.length));
    expect(older).toEqual(summaryOf(added, refusedShare));
    return recent.length;
  };
  const same = (count: number, start = now) => Array.from({ length: count }, () => syncAt(start));

  test('and what is more is added up', () => {
    expect([kept([]), kept(syncsUntil(now, 6)), kept(syncsUntil(now, 7)), kept(syncsUntil(now, 20))]).toEqual(
      [0, 6, 6, 6],
    );
  });

  test('and more, where some of one millisecond would be torn apart: up to sixteen', () => {
    expect(kept([...same(3), ...syncsUntil(now + 9 * hourMs, 5, hourMs)])).toBe(8);
    expect(kept([...same(3), ...syncsUntil(now + 9 * hourMs, 6, hourMs)])).toBe(6);
    expect(kept([...same(11), ...syncsUntil(now + 9 * hourMs, 5, hourMs)])).toBe(16);
    expect(kept([...same(12), ...syncsUntil(now + 9 * hourMs, 5, hourMs)])).toBe(6);
    expect(kept(same(16))).toBe(16);
    expect(kept([...syncsUntil(now - hourMs, 6, hourMs), ...same(8)])).toBe(8);
    expect(kept(same(17))).toBe(6);
  });
});
