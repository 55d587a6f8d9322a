import { describe, expect, test } from 'vitest';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import { rowWorld, syncAt, syncs } from './row-world.ts';
import { ask, cursorIn, resultsOf, statusPath, walk } from './walk-pages.ts';

const kinds = ['offset', 'plus', 'keyset', 'expiring'] as const;
const orders = ['newest_first', 'oldest_first', 'unordered'] as const;

describe.each(kinds)('cursors of the kind %s', (cursorKind) => {
  test.each(orders)('walk every row once, %s', (order) => {
    const braze = new SimulatedBraze(rowWorld(syncs(45)), { quirks: { cursorKind, order } });
    const rows = walk(braze).flatMap(resultsOf);
    expect(rows).toHaveLength(45);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(45);
  });

  test('lead back to where they came from', () => {
    const braze = new SimulatedBraze(rowWorld(syncs(45)), { quirks: { cursorKind } });
    const [first, second, third] = walk(braze);
    if (!first || !second || !third) throw new Error('Too few pages.');
    expect(ask(braze, cursorIn(third, 'prev')).body).toBe(second.body);
    expect(ask(braze, cursorIn(second, 'prev')).body).toBe(first.body);
  });

  test('reach past the end', () => {
    const quirks = { cursorKind, nextOnLastFullPage: true };
    const sizes = walk(new SimulatedBraze(rowWorld(syncs(20)), { quirks })).map((a) => resultsOf(a).length);
    expect(sizes).toEqual([10, 10, 0]);
  });

  test.each(['', 'nonsense', 'c2tpcDox', 'c2tpcDo=', 'c2tpcDoxMA', 'c2tpcDotMQ==', '====', 'ZnJvbTowOngK'])(
    'refuse %j',
    (cursor) => {
      const isOffset = cursor === 'c2tpcDox' && cursorKind === 'offset';
      const braze = new SimulatedBraze(rowWorld(syncs(45)), { quirks: { cursorKind } });
      expect(ask(braze, cursor).status).toBe(isOffset ? 200 : 400);
    },
  );
});

test('offsets drift: a new row at the head shifts the rest, a deleted one skips a row', () => {
  const rows: unknown[] = syncs(25);
  const braze = new SimulatedBraze(rowWorld(rows));
  const next = cursorIn(ask(braze), 'next');
  const before = resultsOf(ask(braze, next));
  rows.push(syncAt(99));
  expect(resultsOf(ask(braze, next)).slice(1)).toEqual(before.slice(0, 9));
  rows.splice(20, 2);
  expect(resultsOf(ask(braze, next)).slice(0, 9)).toEqual(before.slice(1));
});

test('a keyset cursor stays with its row, and is refused once that is gone', () => {
  const rows: unknown[] = syncs(25);
  const braze = new SimulatedBraze(rowWorld(rows), { quirks: { cursorKind: 'keyset' } });
  const next = cursorIn(ask(braze), 'next');
  const before = ask(braze, next).body;
  rows.push(syncAt(99));
  expect(ask(braze, next).body).toBe(before);
  rows.splice(14, 1);
  expect(ask(braze, next)).toMatchObject({ status: 400, body: expect.stringContaining('Invalid cursor') });
});

test('a keyset cursor tells rows with the same start apart', () => {
  const twins = Array.from({ length: 35 }, (_, count) => syncAt(0, { rows_synced: count }));
  const braze = new SimulatedBraze(rowWorld(twins), {
    quirks: { cursorKind: 'keyset', order: 'oldest_first' },
  });
  expect(walk(braze).flatMap(resultsOf)).toEqual(twins);
});

test('a plus cursor holds + and /, and is refused when sent without escaping', () => {
  const braze = new SimulatedBraze(rowWorld(syncs(2000)), {
    quirks: { cursorKind: 'plus', statusLimit: 300 },
  });
  const cursors = walk(braze).flatMap((answer) => cursorIn(answer, 'next') ?? []);
  expect(cursors).toHaveLength(199);
  expect(cursors.every((cursor) => cursor.includes('+') && cursor.includes('/'))).toBe(true);
  expect(braze.answer({ path: `${statusPath}?cursor=${cursors[0]}` }, 0).status).toBe(400);
});

test('an expiring cursor is good for its lifetime', () => {
  const quirks = { cursorKind: 'expiring', cursorLifetime: 1000 } as const;
  const braze = new SimulatedBraze(rowWorld(syncs(25)), { quirks });
  const next = cursorIn(ask(braze, undefined, 5000), 'next');
  expect(ask(braze, next, 6000).status).toBe(200);
  expect(ask(braze, next, 6001).status).toBe(400);
});
