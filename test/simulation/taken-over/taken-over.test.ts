/**
 * P20: a lake and a checkpoint that the version before has left are taken over. The fixture was made by its own code:
 * of 300 hourly syncs all, of 25 all, an integration that is gone, and a sync that was running.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { checkDays } from '../checks/check-days.ts';
import { checkStanding } from '../checks/check-standing.ts';
import { readLake } from '../checks/read-lake.ts';
import { workspace } from '../lab/lab.ts';
import { began, hour, minute, steady, sync, timedLab } from '../lab/timed-world.ts';

interface Left {
  readonly objects: Readonly<Record<string, string>>;
  readonly records: readonly CheckpointRecord[];
}

async function labWith({ objects, records }: Left) {
  const running = sync(began - hour, { job_status: 'running', sync_finish_time: null, rows_synced: null });
  const open = { listedAt: began - hour, row: running };
  const lab = timedLab(
    { backfilling: steady(300), complete: steady(25), open: [open] },
    { now: began + 30 * minute },
  );
  for (const [key, body] of Object.entries(objects))
    await lab.objects.put(key, Buffer.from(body, 'base64'), undefined);
  for (const { item, data } of records)
    await lab.checkpoints.put(workspace, { item, version: 1, data }, undefined);
  return { lab, end: () => void Object.assign(open, { row: sync(began - hour) }) };
}

const left = (): Left => JSON.parse(readFileSync(join(import.meta.dirname, 'lake-of-format-1.json'), 'utf8'));

test('P20: the lake and checkpoint of the version before: nothing is read twice, doubled or lost, and how each stands is known', async () => {
  const { lab, end } = await labWith(left());
  const before = (await readLake(lab.objects)).days;
  const result = await lab.run();
  expect(result?.receipt).toMatchObject({
    outcome: 'complete',
    requests: { status: 3 },
    rows: { new: 0, updated: 0 },
    gaps: 0,
    open: 1,
    late: 0,
  });
  const lake = await readLake(lab.objects);
  const { days, syncs, coverage } = lake;
  checkDays(lake, await lab.checkpoints.list(workspace), { mayBeBehind: false });
  expect(lake.sums.length).toBeGreaterThan(13);
  expect(days).toEqual(before);
  expect(checkStanding(lake, await lab.checkpoints.list(workspace), { mayBeStale: false })).toBe(4);
  expect(lake.standing.map(({ integration_id, state }) => [integration_id, state])).toEqual([
    ['backfilling', 'healthy'],
    ['complete', 'resting'],
    ['gone', 'gone'],
    ['open', 'resting'],
  ]);
  expect(syncs).toHaveLength(300 + 25 + 5 + 1);
  expect(coverage.map(({ integration_id, state }) => [integration_id, state])).toEqual([
    ['backfilling', 'complete'],
    ['complete', 'complete'],
    ['gone', 'gone'],
    ['open', 'complete'],
  ]);

  end();
  expect((await lab.run())?.receipt).toMatchObject({
    outcome: 'complete',
    rows: { new: 0, updated: 1 },
    open: 0,
  });
});
