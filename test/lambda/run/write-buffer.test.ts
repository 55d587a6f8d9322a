import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areTwo, rowThatStands } from '../../../lambda/rows/same-sync.ts';
import type { SyncRow } from '../../../lambda/rows/sync-row.ts';
import type { ReadRow } from '../../../lambda/run/read-rows.ts';
import { WriteBuffer } from '../../../lambda/run/write-buffer.ts';
import { type Observation, observation, rowOf } from '../lake/days.ts';
import { read } from '../rows/rows.ts';
import { readLine } from '../rows/serde.ts';

/** An answer is of one integration. */
const answer = fc.array(
  observation.map((each) => rowOf({ ...each, id: 'a' })),
  { maxLength: 8 },
);
const unexpected = (rows: readonly ReadRow['row'][]): ReadRow[] =>
  rows.map((row) => ({ row, isExpected: false }));

function bufferOf(...answers: readonly (readonly SyncRow[])[]): WriteBuffer {
  const buffer = new WriteBuffer();
  for (const rows of answers) buffer.add(unexpected(rows));
  return buffer;
}

const kept = (buffer: WriteBuffer) =>
  buffer.days.flatMap((day) => buffer.rowsOf(day).map(({ line }) => line));
const quarantined = (buffer: WriteBuffer) => [...(buffer.quarantined.get('a') ?? [])].sort();
const rawOf = ({ line }: SyncRow): string => JSON.parse(line).raw;

describe('WriteBuffer', () => {
  test('P11: of doubles in one answer the same one stands, and the same ones are quarantined, in any order', () => {
    const shuffled = answer.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const [one, two] = [bufferOf(rows), bufferOf(others)];
        expect(kept(one)).toEqual(kept(two));
        expect(quarantined(one)).toEqual(quarantined(two));
      }),
      { numRuns: 1000 },
    );
  });

  test('P1, P10: no row of an answer is lost: it stands or is quarantined with the reason', () => {
    fc.assert(
      fc.property(answer, (rows) => {
        const buffer = bufferOf(rows);
        const held = new Set(rows.map(({ start }) => start)).size + (buffer.quarantined.get('a')?.size ?? 0);
        expect(buffer.size).toBe(held);
        const other = quarantined(buffer).map((line) => readLine('quarantine', line));
        for (const { reason, integration_id } of other) {
          expect([reason, integration_id]).toEqual(['Another row has the same start.', 'a']);
        }
        const raws = [...kept(buffer).map((line) => JSON.parse(line).raw), ...other.map(({ raw }) => raw)];
        expect(new Set(raws)).toEqual(new Set(rows.map(rawOf)));
      }),
    );
  });

  test('of two in one answer the one stands that would stand in the lake', () => {
    fc.assert(
      fc.property(observation, observation, (a, b) => {
        const [one, two] = [a, b].map((each) => rowOf({ ...each, id: 'a', start: '10:00:00' }));
        if (!one || !two) return;
        fc.pre(one.final !== two.final || (one.final && one.finish !== two.finish));
        expect(kept(bufferOf([one, two]))).toEqual([rowThatStands(one, two).line]);
        expect(quarantined(bufferOf([one, two])).length).toBe(1);
      }),
    );
  });

  test('a row met again in another answer is no double, unless it had ended later before', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 20 }), (observations) => {
        const rows = observations.map(rowOf);
        const buffer = new WriteBuffer();
        const model = new Map<string, SyncRow>();
        let repeats = 0;
        const doubles = new Set<string>();
        for (const row of rows) {
          buffer.add(unexpected([row]));
          const id = JSON.stringify([row.integrationId, row.start]);
          const before = model.get(id);
          const isDouble =
            before !== undefined && areTwo(before, row) && rowThatStands(before, row) === before;
          if (isDouble) doubles.add(rawOf(row));
          const stands = before ? rowThatStands(before, row) : row;
          if (before && !isDouble) repeats += 1;
          model.set(id, stands);
        }
        expect(kept(buffer).sort()).toEqual([...model.values()].map(({ line }) => line).sort());
        expect([buffer.repeats, buffer.size]).toEqual([repeats, model.size + doubles.size]);
        const kinds = [...buffer.quarantined.values()].flatMap((lines) => [...lines]);
        expect(new Set(kinds.map((line) => readLine('quarantine', line).raw))).toEqual(doubles);
      }),
    );
  });

  test('days are sorted, and their rows as the lake has them', () => {
    const buffer = new WriteBuffer();
    const row = (start: string, id: string) => read({ job_status: 'success', sync_start_time: start }, id);
    buffer.add(unexpected([row('2026-05-31T23:59:59.9999999Z', 'b')]));
    buffer.add(unexpected([row('2026-05-31T10:00:00Z', 'b'), row('2026-01-01T00:00:00Z', 'b')]));
    buffer.add(unexpected([row('2026-05-31T12:00:00Z', 'a')]));
    expect(buffer.days).toEqual(['2026-01-01', '2026-05-31']);
    const order = buffer.rowsOf('2026-05-31').map(({ integrationId, start }) => [integrationId, start]);
    expect(order).toEqual([
      ['a', '2026-05-31T12:00:00'],
      ['b', '2026-05-31T10:00:00'],
      ['b', '2026-05-31T23:59:59.9999999'],
    ]);
    expect(buffer.rowsOf('2020-01-01')).toEqual([]);
  });

  test('P3: remembers of a row whether the lake should have had it when it was first met', () => {
    const buffer = new WriteBuffer();
    const row = rowOf({ id: 'a', start: '10:00:00', status: 'success', finish: 1, rows: 1 });
    buffer.add([{ row, isExpected: true }]);
    buffer.add([{ row, isExpected: false }]);
    expect(buffer.expectedOf('a', '2026-05-31')).toEqual([row.start]);
    expect(buffer.expectedOf('b', '2026-05-31')).toEqual([]);
    const other = bufferOf([row]);
    other.add([{ row, isExpected: true }]);
    expect(other.expectedOf('a', '2026-05-31')).toEqual([]);
  });

  test('P10: a row that can not be placed is kept once, under its integration', () => {
    const buffer = new WriteBuffer();
    buffer.add(unexpected([read('5', 'a'), read('5', 'a'), read('5', 'b')]));
    buffer.quarantine({ integrationId: null, reason: 'No id.', raw: '{}' });
    expect([...buffer.quarantined].map(([id, lines]) => [id, lines.size])).toEqual([
      ['a', 1],
      ['b', 1],
      ['', 1],
    ]);
    expect(buffer.size).toBe(3);
  });
});

describe('a start that is spelled with fewer digits', () => {
  const rowAt = (start: string, more: Partial<Observation> = {}) =>
    rowOf({ id: 'a', start, status: 'success', finish: 1, rows: 1, ...more });
  const [first, second] = [rowAt('10:00:00.1'), rowAt('10:00:00.2', { finish: 2 })];

  test('is a double in one answer, and the one with more digits stands', () => {
    const coarse = rowAt('10:00:00', { rows: 2 });
    for (const answer of [
      [first, coarse],
      [coarse, first],
    ]) {
      const buffer = bufferOf(answer);
      expect([kept(buffer), quarantined(buffer).length]).toEqual([[first.line], 1]);
    }
    expect(kept(bufferOf([first, rowAt('11:00:00')]))).toHaveLength(2);
  });

  test('is a double in one answer where it may be of several syncs, however late it has ended', () => {
    const buffer = bufferOf([first, second, rowAt('10:00:00', { finish: 3 })]);
    expect([kept(buffer), quarantined(buffer).length]).toEqual([[first.line, second.line], 1]);
  });

  test('tells nothing in a later answer where it may be of several syncs', () => {
    const buffer = bufferOf([first, second], [rowAt('10:00:00', { status: 'running', finish: null })]);
    expect(kept(buffer)).toEqual([first.line, second.line]);
    expect([buffer.repeats, quarantined(buffer)]).toEqual([1, []]);
  });
});

test('the same text twice in one answer is one observation', () => {
  const row = rowOf({ id: 'a', start: '10:00:00', status: 'success', finish: 1, rows: 1 });
  expect(quarantined(bufferOf([row, row]))).toEqual([]);
});

test('of doubles between which nothing else decides, the text does: the greater one stands', () => {
  const [one, two] = [1, 2].map((rows) =>
    rowOf({ id: 'a', start: '10:00:00', status: 'success', finish: 1, rows }),
  ) as [SyncRow, SyncRow];
  expect([kept(bufferOf([one, two])), kept(bufferOf([two, one]))]).toEqual([[two.line], [two.line]]);
});

test('of a day that has no rows none is expected', () => {
  expect(bufferOf().expectedOf('a', '2026-05-31')).toEqual([]);
});
