/** One odd row in a deep history: runs under a deadline have to become whole again, and cheap again. */
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../lambda/run/run.ts';
import { began, hour, minute, steady, sync, type TimedRow, timedLab } from '../lab/timed-world.ts';

function byStart(rows: TimedRow[]): TimedRow[] {
  return rows.sort(({ row: one }, { row: other }) =>
    String(one.sync_start_time) < String(other.sync_start_time) ? -1 : 1,
  );
}

function swapped(rows: TimedRow[]): TimedRow[] {
  const [one, other] = [rows[497], rows[498]];
  if (one && other) [one.row, other.row] = [other.row, one.row];
  return rows;
}

const odd: readonly (readonly [string, TimedRow[]])[] = [
  ['two neighbours swapped, a thousand rows down', swapped(steady(1500))],
  [
    'a sync dated 20 hours ahead',
    byStart([...steady(1500), { listedAt: began + 5 * hour, row: sync(began + 25 * hour) }]),
  ],
  [
    'a sync listed 90 minutes after its start',
    byStart([
      ...steady(1500),
      { listedAt: began + 7 * hour + 35 * minute, row: sync(began + 6 * hour + 5 * minute) },
    ]),
  ],
];

describe('P6 P7 P8: a history deeper than one run is whole again after one odd row', () => {
  test.each(odd)('%s', async (_, rows) => {
    const lab = timedLab({ a: rows }, { limits: { list: 50, status: 100 } });
    let last: RunResult | undefined;
    for (let runs = 0; runs < 60; runs += 1) {
      const at = lab.now;
      last = await lab.run({ deadline: at + 59_000 });
      lab.now = at + 15 * minute;
    }
    expect(last?.receipt).toMatchObject({ outcome: 'complete', requests: { status: 1 } });
  });
});
