/** P20: a lake that an earlier version has left is right as it stands, and when it was taken over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckpointRecord } from '../../lambda/checkpoint/checkpoint-store.ts';
import { findingsAt } from '../simulation/audit/audited-history.ts';
import { workspace } from '../simulation/lab/lab.ts';
import { began, hour, minute, steady, sync, timedLab } from '../simulation/lab/timed-world.ts';

interface Left {
  readonly objects: Readonly<Record<string, string>>;
  readonly records: readonly CheckpointRecord[];
}

const left: Left = JSON.parse(
  readFileSync(join(import.meta.dirname, '../simulation/taken-over/lake-of-format-1.json'), 'utf8'),
);

test('P20: nothing is found in a lake of format 1, nor when the next version has taken it over', async () => {
  const running = sync(began - hour, { job_status: 'running', sync_finish_time: null, rows_synced: null });
  const open = [{ listedAt: began - hour, row: running }];
  const lab = timedLab(
    { backfilling: steady(300), complete: steady(25), open },
    { now: began + 30 * minute },
  );
  for (const [key, body] of Object.entries(left.objects))
    await lab.objects.put(key, Buffer.from(body, 'base64'), undefined);
  for (const { item, data } of left.records)
    await lab.checkpoints.put(workspace, { item, version: 1, data }, undefined);
  expect(await findingsAt({ lab })).toEqual([]);
  expect((await lab.run())?.receipt.outcome).toBe('complete');
  expect(await findingsAt({ lab })).toEqual([]);
});
