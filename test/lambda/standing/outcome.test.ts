/** P18: what a sync came to. */
import { describe, expect, test } from 'vitest';
import {
  hasRows,
  isData,
  isOver,
  isRefusing,
  isSuccess,
  shareRefused,
} from '../../../lambda/standing/outcome.ts';
import { compareFacts, type SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { now, syncAt } from './judged.ts';

const sync = (changes: Partial<SyncFact>) => syncAt(now, changes);

describe('a sync', () => {
  test.each<[string | null, boolean]>([
    ['success', true],
    ['partial', true],
    ['error', true],
    ['config_error', true],
    ['running', false],
    [null, false],
  ])('of status %s without a finish: is it over? %s', (status, isEnded) => {
    expect(isOver(sync({ status, finish: null }))).toBe(isEnded);
    expect(isOver(sync({ status }))).toBe(true);
  });

  test('is data where rows may have arrived', () => {
    const data = ['success', 'partial', 'error', 'config_error', 'running', null].filter((status) =>
      isData(sync({ status })),
    );
    expect(data).toEqual(['success', 'partial']);
  });

  test('has rows where some were counted', () => {
    expect([null, 0n, 1n].map((rowsSynced) => hasRows(sync({ rowsSynced })))).toEqual([false, false, true]);
  });
});

describe('the share of refused rows', () => {
  const share = (rowsSynced: bigint | null, rowsFailed: bigint | null) =>
    shareRefused(sync({ rowsSynced, rowsFailed }));

  test('is of all rows', () => {
    expect([share(3n, 1n), share(0n, 2n), share(2n, 0n)]).toEqual([0.25, 1, 0]);
  });

  test('is unknown where there were none, or where they were not counted', () => {
    const unknown = [share(0n, 0n), share(null, 1n), share(1n, null), share(-1n, 3n), share(3n, -1n)];
    expect(unknown).toEqual([null, null, null, null, null]);
  });

  test('makes a partial one refusing from the limit on, and no success of it', () => {
    const partial = (rowsFailed: bigint) => sync({ status: 'partial', rowsSynced: 3n, rowsFailed });
    expect([isRefusing(partial(1n), 0.25), isSuccess(partial(1n), 0.25)]).toEqual([true, false]);
    expect([isRefusing(partial(1n), 0.26), isSuccess(partial(1n), 0.26)]).toEqual([false, true]);
    expect(isRefusing(sync({ status: 'partial', rowsFailed: null }), 0)).toBe(false);
    const other = (status: string) => sync({ status, rowsSynced: 3n, rowsFailed: 3n });
    expect([isRefusing(other('success'), 0.25), isSuccess(other('success'), 0.25)]).toEqual([false, true]);
    expect([isRefusing(other('error'), 0.25), isSuccess(other('error'), 0.25)]).toEqual([false, false]);
  });
});

test('syncs are in order by start, then by finish, status, counts and watermark; what is not known comes last', () => {
  const inOrder: SyncFact[] = [
    sync({ start: now - 1, finish: null }),
    sync({ finish: now + 1, status: 'a', rowsSynced: 1n, rowsFailed: 1n, timestampSynced: 1 }),
    sync({ finish: now + 1, status: 'a', rowsSynced: 1n, rowsFailed: 1n, timestampSynced: 2 }),
    sync({ finish: now + 1, status: 'a', rowsSynced: 1n, rowsFailed: 1n, timestampSynced: null }),
    sync({ finish: now + 1, status: 'a', rowsSynced: 1n, rowsFailed: 2n }),
    sync({ finish: now + 1, status: 'a', rowsSynced: 1n, rowsFailed: null }),
    sync({ finish: now + 1, status: 'a', rowsSynced: 2n, rowsFailed: 0n }),
    sync({ finish: now + 1, status: 'a', rowsSynced: null, rowsFailed: 0n }),
    sync({ finish: now + 1, status: 'b', rowsSynced: 0n }),
    sync({ finish: now + 1, status: null }),
    sync({ finish: now + 2, status: 'a' }),
    sync({ finish: null, status: 'a' }),
  ];
  for (const [index, one] of inOrder.entries()) {
    for (const [at, other] of inOrder.entries())
      expect(Math.sign(compareFacts(one, other))).toBe(Math.sign(index - at));
  }
});
