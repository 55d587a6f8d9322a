import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import { isSameSync, placingOf, rowThatStands } from '../../../lambda/rows/same-sync.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import { key, linesOf } from '../lake/days.ts';
import { placed } from './rows.ts';

/** A row whose times have these seconds. */
const row = (start: string, finish: string | null = '40', fields: object = {}): SyncRow =>
  placed({
    job_status: finish === null ? 'running' : 'success',
    sync_start_time: `2026-05-31T10:00:${start}Z`,
    sync_finish_time: finish === null ? null : `2026-05-31T10:05:${finish}Z`,
    ...fields,
  });

async function dayOf(rows: readonly SyncRow[]): Promise<Buffer> {
  let body: Buffer | undefined;
  for (const each of rows) body = (await joinDay(body, key, [each])).body ?? body;
  return body ?? expect.fail('nothing was written');
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

async function bytesOfAllOrders(rows: readonly SyncRow[]): Promise<Set<string>> {
  const bodies = await Promise.all(ordersOf(rows).map(dayOf));
  return new Set(bodies.map((body) => linesOf(body).join('\n')));
}

const startsOf = (lines: string): string[] =>
  lines.split('\n').map((line) => JSON.parse(JSON.parse(line).raw).sync_start_time.slice(17, -1));

describe('P1, P11: rows of one sync', () => {
  test('however its times are spelled, it stands once, in the spelling with the most digits, in any order', async () => {
    const spellings = [row('35', '40'), row('35.183', '40.5'), row('35.183728', '40.500001')];
    const all = await bytesOfAllOrders(spellings);
    expect([...all].map(startsOf)).toEqual([['35.183728']]);
  });

  test.each([
    ['with one finish', ['40', '40', '40']],
    ['with a finish each, spelled as coarsely', ['40', '40.1', '40.2']],
    ['where the coarse one is still open', [null, '40.1', '40.2']],
  ])('35 agrees with 35.1 and 35.2, which differ: any order ends with those two, %s', async (_, finishes) => {
    const rows = ['35', '35.1', '35.2'].map((start, index) => row(start, finishes[index] ?? null));
    const all = await bytesOfAllOrders(rows);
    expect([...all].map(startsOf)).toEqual([['35.1', '35.2']]);
  });

  test('of spellings of any number of syncs, any order has the same bytes', async () => {
    const sync = fc.record({ fraction: fc.integer({ min: 0, max: 999_999 }), finish: fc.nat(9) });
    const seen = fc
      .uniqueArray(sync, { minLength: 1, maxLength: 3, selector: ({ fraction }) => fraction })
      .chain((syncs) => {
        const rows = syncs.flatMap(({ fraction }) =>
          [0, 1, 3, 6].map((digits) => {
            const part = String(fraction).padStart(6, '0').slice(0, digits);
            return row(digits > 0 ? `35.${part}` : '35', '40');
          }),
        );
        const mixed = () => fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length });
        return fc.tuple(mixed(), mixed());
      });
    await fc.assert(
      fc.asyncProperty(seen, async ([one, other]) => {
        expect(linesOf(await dayOf(one))).toEqual(linesOf(await dayOf(other)));
      }),
      { numRuns: 200 },
    );
  });

  test('a sync that was open in microseconds ends in milliseconds', async () => {
    const lines = linesOf(await dayOf([row('35.183728', null), row('35.183', '40.2')]));
    expect(lines.map((line) => JSON.parse(line).job_status)).toEqual(['success']);
  });

  test('zeros at the end are digits: 35.180 is another sync than 35.183', () => {
    expect(placingOf([row('35.180')], row('35.183'))).toEqual({ kind: 'new' });
    expect(isSameSync(row('35.180').start, row('35.18').start)).toBe(true);
  });
});

describe('of two rows of one sync that have both ended', () => {
  const error = row('35.1', '40', { job_status: 'error' });
  const success = row('35.1', '50');

  test('P17: one that is seen with a later finish has changed, and stands', () => {
    expect(placingOf([error], success)).toEqual({ kind: 'known', at: 0, stands: success });
  });

  test('one that is seen after another that ended later is a second row, and is quarantined', () => {
    const reason = 'Another row has the same start.';
    expect(placingOf([success], error)).toEqual({ kind: 'clash', reason });
  });

  test('a row with fewer digits that ended when none of its syncs did can not be placed', () => {
    const stands = [row('35.1', '40'), row('35.2', '41')];
    const reason = 'Several syncs have its start, and none of them its finish.';
    expect(placingOf(stands, row('35', '42'))).toEqual({ kind: 'clash', reason });
    expect(placingOf(stands, row('35', '41'))).toEqual({ kind: 'told' });
  });

  test('with one finish time, the spelling with more digits stands, then the later observation', () => {
    const [coarse, fine] = [row('35', '40'), row('35.1', '40.2')];
    expect([rowThatStands(coarse, fine), rowThatStands(fine, coarse)]).toEqual([fine, fine]);
    const [first, then] = [1, 2].map((rows_synced) => row('35.1', '40', { rows_synced }));
    expect(first && then && rowThatStands(first, then)).toBe(then);
  });
});

test('a pair that an earlier version wrote is left as it is, named, and each of its rows is still met', async () => {
  // As it stood: each a sync of its own.
  const [coarse, fine] = [row('35.183'), row('35.183728')];
  const { gzipSync } = await import('node:zlib');
  const body = gzipSync(`${coarse.line}\n${fine.line}\n`);
  for (const met of [coarse, fine]) {
    const joined = await joinDay(body, key, [met]);
    expect(joined).toMatchObject({ body: undefined, counts: { unchanged: 1 } });
    expect(joined.pairs).toEqual([{ integrationId: 'one', starts: [coarse.start, fine.start] }]);
  }
});
