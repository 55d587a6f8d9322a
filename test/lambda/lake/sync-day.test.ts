import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSyncs, joinDay } from '../../../lambda/lake/sync-day.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { syncFactOf } from '../../../lambda/standing/sync-fact.ts';
import { batch, ids, key, linesOf, type Observation, rowOf, starts } from './days.ts';

const keyOf = ({ integrationId, start }: SyncRow) => JSON.stringify([integrationId, start]);

async function joinAll(batches: readonly (readonly SyncRow[])[]): Promise<Uint8Array | undefined> {
  let body: Uint8Array | undefined;
  for (const rows of batches) body = (await joinDay(body, key, rows)).body ?? body;
  return body;
}

/** The contract's words on which of two rows stands, apart from the code's. */
function stands(before: SyncRow | undefined, after: SyncRow): SyncRow {
  if (!before || (after.final && !before.final)) return after;
  if (before.final && !after.final) return before;
  return before.final && String(before.finish ?? '') > String(after.finish ?? '') ? before : after;
}

/** Both have ended, and the one that is seen later ended earlier: that is no change of one row. */
function areTwo(before: SyncRow | undefined, after: SyncRow): boolean {
  if (!before?.final || !after.final) return false;
  return before.finish !== null && after.finish !== null && before.finish > after.finish;
}

describe('joinDay', () => {
  test('P1: whatever is joined, the day holds each sync once, with the row that stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 6 }), async (batches) => {
        const model = new Map<string, SyncRow>();
        let body: Uint8Array | undefined;
        for (const rows of batches) {
          const counts = { new: 0, updated: 0, unchanged: 0 };
          const created: string[] = [];
          const changed = new Set<string>();
          const clashes: SyncRow[] = [];
          for (const row of rows) {
            const before = model.get(keyOf(row));
            const after = stands(before, row);
            model.set(keyOf(row), after);
            if (before?.line !== after.line) changed.add(keyOf(after));
            if (areTwo(before, row)) clashes.push(row);
            else counts[!before ? 'new' : before.line === after.line ? 'unchanged' : 'updated'] += 1;
            if (!before) created.push(keyOf(row));
          }
          const joined = await joinDay(body, key, rows);

          expect(joined.counts).toEqual(counts);
          expect(joined.pairs).toEqual([]);
          expect(joined.clashes).toEqual(
            clashes.map((row) => ({ row, reason: 'Another row has the same start.' })),
          );
          expect(joined.body === undefined).toBe(counts.new + counts.updated === 0);
          const isNew = [...joined.created].flatMap(([id, each]) =>
            [...each].map((start) => JSON.stringify([id, start])),
          );
          expect(isNew.sort()).toEqual(created.sort());
          const touched = new Set(rows.map(({ integrationId }) => integrationId));
          const ofTouched = [...model.values()].filter(({ integrationId }) => touched.has(integrationId));
          const kept = [...joined.stands].sort(([one], [other]) => (one < other ? -1 : 1));
          expect(kept.flatMap(([id, each]) => each.map((sync) => ({ id, ...sync })))).toEqual(
            ofTouched.sort(compareSyncs).map(({ integrationId: id, start, final, line }) => ({
              id,
              start,
              final,
              fact: syncFactOf(line),
            })),
          );
          expect([...joined.stands.keys()].sort()).toEqual([...touched].sort());
          const isChanged = [...joined.changed].flatMap(([id, each]) =>
            [...each].map((start) => JSON.stringify([id, start])),
          );
          expect(isChanged.sort()).toEqual([...changed].sort());
          body = joined.body ?? body;
        }
        const expected = [...model.values()].sort(compareSyncs).map(({ line }) => line);
        expect(linesOf(body)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('P2: joined once more, nothing changes and nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(batch, batch, async (before, rows) => {
        const body = await joinAll([before, rows]);
        const again = await joinDay(body, key, rows);
        const unchanged = rows.length - again.clashes.length;
        expect([again.body, again.counts]).toEqual([undefined, { new: 0, updated: 0, unchanged }]);
      }),
    );
  });

  test('P11: where finish times tell the finals apart, the order of the runs leaves no trace', async () => {
    const sync = fc.record({
      id: fc.constantFrom(...ids),
      start: fc.constantFrom(...starts),
      open: fc.boolean(),
    });
    const syncs = fc.uniqueArray(sync, { selector: ({ id, start }) => `${start}${id}`, maxLength: 12 });
    const observed = syncs.chain((all) => {
      const rows = all.flatMap((each): Observation[] => [
        ...(each.open ? [{ ...each, status: 'running', finish: null, rows: 0 }] : []),
        ...[1, 2, 3].map((finish) => ({ ...each, status: 'success', finish, rows: finish })),
      ]);
      return fc.tuple(shuffled(rows), shuffled(rows));
    });
    await fc.assert(
      fc.asyncProperty(observed, async ([first, second]) => {
        const [a, b] = await Promise.all(
          [first, second].map((rows) => joinAll(rows.map((row) => [rowOf(row)]))),
        );
        expect(a && Buffer.from(a)).toEqual(b && Buffer.from(b));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['open', 'open', 1],
    ['open', 'final', 1],
    ['final', 'open', 0],
    ['final', 'final', 1],
    ['final', 'earlier', 0],
    ['earlier', 'final', 1],
    ['unfinished', 'final', 1],
    ['final', 'unfinished', 0],
    ['unfinished', 'unfinished', 1],
  ] as const)('of %s and then %s, number %i stands', async (before, after, which) => {
    const versions = {
      open: { status: 'running', finish: null },
      final: { status: 'success', finish: 9 },
      earlier: { status: 'error', finish: 8 },
      unfinished: { status: 'config_error', finish: null },
    };
    const rows = [before, after].map((name, rows) =>
      rowOf({ id: 'a', start: '10:00:00', rows, ...versions[name] }),
    );
    expect(linesOf(await joinAll(rows.map((row) => [row])))).toEqual([rows[which]?.line]);
  });

  test('a row that may be either of two syncs and is not over tells nothing new, and is counted as unchanged', async () => {
    const row = (start: string, status: string) => rowOf({ id: 'a', start, status, finish: null, rows: 1 });
    const body = await joinAll([[row('10:00:00.1', 'success'), row('10:00:00.2', 'success')]]);
    expect(await joinDay(body, key, [row('10:00:00', 'running')])).toMatchObject({
      body: undefined,
      counts: { new: 0, updated: 0, unchanged: 1 },
      clashes: [],
    });
  });

  test('lines of integrations that have nothing to join are passed on as text, whatever they hold', async () => {
    const others = ['a', 'c'].map((id) => `{"integration_id":"${id}","raw":"nothing that could be read"}`);
    const row = rowOf({ id: 'b', start: '10:00:00', status: 'success', finish: 1, rows: 1 });
    const { body } = await joinDay(gzipSync(`${others.join('\n')}\n`), key, [row]);
    expect(body && gunzipSync(body).toString().split('\n')).toEqual([others[0], row.line, others[1], '']);
  });

  test('P11: nothing to join writes nothing, neither a new object nor an old one', async () => {
    expect((await joinDay(undefined, key, [])).body).toBeUndefined();
    const body = await joinAll([
      [rowOf({ id: 'a', start: '10:00:00', status: 'success', finish: 1, rows: 1 })],
    ]);
    expect((await joinDay(body, key, [])).body).toBeUndefined();
  });
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
