import { describe, expect, test } from 'vitest';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { PageEdges } from '../../../lambda/run/page-edges.ts';
import { WriteBuffer } from '../../../lambda/run/write-buffer.ts';
import { key, linesOf } from '../lake/days.ts';
import { placed } from '../rows/rows.ts';

const row = (start: number, finish: number, status = 'success'): SyncRow =>
  placed(
    {
      job_status: status,
      sync_start_time: `2026-05-31T10:00:${start}.183728Z`,
      sync_finish_time: `2026-05-31T10:05:${finish}Z`,
    },
    'a',
  );

/** What the lake holds when these pages came one after the other, each committed before the next or not. */
async function lakeOf(pages: readonly (readonly SyncRow[])[], committing: boolean) {
  let buffer = new WriteBuffer();
  let body: Buffer | undefined;
  const quarantined = new Set<string>();
  const commit = async () => {
    for (const day of buffer.days) {
      const joined = await joinDay(body, key, buffer.rowsOf(day));
      body = joined.body ?? body;
      for (const { row, reason } of joined.clashes) {
        buffer.quarantine({ integrationId: 'a', reason, raw: JSON.parse(row.line).raw });
      }
    }
    for (const line of buffer.quarantined.get('a') ?? []) quarantined.add(line);
    buffer = buffer.next();
  };
  for (const page of pages) {
    buffer.add(page.map((each) => ({ row: each, isExpected: false })));
    if (committing) await commit();
  }
  await commit();
  return { syncs: linesOf(body), quarantined: [...quarantined].sort() };
}

describe('P1, P10: two rows of one sync that ended at different times', () => {
  const above = row(50, 55);
  const below = row(10, 15);

  test.each([
    ['the later one first', row(30, 40), row(30, 35)],
    ['the earlier one first', row(30, 35), row(30, 40)],
  ])('astride two pages end as on one page, %s', async (_, one, other) => {
    const onOne = await lakeOf([[above, one, other, below]], false);
    expect([onOne.syncs.length, onOne.quarantined.length]).toEqual([3, 1]);
    for (const committing of [false, true]) {
      expect(
        await lakeOf(
          [
            [above, one],
            [other, below],
          ],
          committing,
        ),
      ).toEqual(onOne);
      // From the oldest end the pages come the other way round.
      expect(
        await lakeOf(
          [
            [other, below],
            [above, one],
          ],
          committing,
        ),
      ).toEqual(onOne);
    }
  });

  test('P17: one row that is seen again, with a later finish, has changed: nothing is quarantined', async () => {
    const [error, success] = [row(30, 35, 'error'), row(30, 40)];
    const { syncs, quarantined } = await lakeOf(
      [
        [above, error, below],
        [above, success, below],
      ],
      false,
    );
    expect(syncs).toContain(success.line);
    expect([syncs.length, quarantined]).toEqual([3, []]);
    // A list of one row is read again as a page of one row.
    expect((await lakeOf([[error], [success]], false)).quarantined).toEqual([]);
  });
});

describe('the seam between two pages', () => {
  const two = (seconds: number) => [row(seconds, 55), row(seconds, 56)] as const;
  const [earlier, later] = two(30);

  /** How many of the second page's rows, or the first one's, have shown to be one too many. */
  const doubles = (first: readonly SyncRow[], second: readonly SyncRow[]) => {
    const edges = new PageEdges();
    expect(edges.meet(first)).toEqual([]);
    return edges.meet(second).length;
  };

  test('is where one ends and the next begins, however long they are', () => {
    const above = [row(50, 55), row(45, 55)];
    const below = [row(15, 55), row(10, 55)];
    expect(doubles([...above, earlier], [later, ...below])).toBe(1);
    expect(doubles([later, ...below], [...above, earlier])).toBe(1);
    expect(doubles([...above, earlier, row(20, 55)], [row(19, 55), later, ...below])).toBe(0);
  });

  test('is there where one of them has a single row', () => {
    expect(doubles([earlier], [later, row(10, 55)])).toBe(1);
    expect(doubles([row(50, 55), earlier], [later])).toBe(1);
  });

  test('is none between a page of one row and itself, read again, nor after a page without rows', () => {
    expect(doubles([earlier], [later])).toBe(0);
    expect(doubles([], [later])).toBe(0);
    expect(doubles([earlier], [])).toBe(0);
  });
});
