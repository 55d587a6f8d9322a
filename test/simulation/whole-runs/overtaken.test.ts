/** P9, P18: what a run writes into the lake after another has taken over from it, and has ended, is known all the same. */
import { expect, test } from 'vitest';
import { storedIntegrations } from '../checks/check-standing.ts';
import { type Lab, workspace } from '../lab/lab.ts';
import { began, countDaysRead, hour, minute, steady, sync, timedLab } from '../lab/timed-world.ts';

const day = 24 * hour;
/** A sync that has long been added up, and of which Braze says something else now. */
const changedAt = began - 20 * day;

/** It has been exported, and then rows of it were refused after all. */
async function changed(): Promise<Lab> {
  const rows = steady(1200);
  const lab = timedLab({ a: rows }, { now: began + minute });
  await lab.run();
  const old = rows.find(({ listedAt }) => listedAt === changedAt);
  if (!old) throw new Error('There is no such sync.');
  old.row = sync(changedAt, { job_status: 'partial', rows_synced: 1000, rows_failed_with_errors: 1 });
  lab.now = began + 15 * minute;
  return lab;
}

/** The first write of that day takes so long to arrive: nobody knows whether the run that sent it still lives. */
function delayWrite(lab: Lab, ms: number): void {
  const put = lab.objects.put.bind(lab.objects);
  let isFirst = true;
  lab.objects.put = async (key, ...rest) => {
    const waits = isFirst && key.includes(new Date(changedAt).toISOString().slice(0, 10));
    if (waits) {
      isFirst = false;
      await lab.clock.sleep(ms);
    }
    await put(key, ...rest);
  };
}

/** When rows were refused last, as the record has it. */
async function lastRefused(lab: Lab): Promise<number | null | undefined> {
  const [integration] = storedIntegrations(await lab.checkpoints.list(workspace));
  return integration?.standing.older.lastRefused;
}

test('a write that arrives when the other run has ended: the next run makes the facts again', async () => {
  const lab = await changed();
  delayWrite(lab, 8 * minute);
  const slow = lab.run({ recheck: 'all' });
  const other = lab.clock.sleep(5 * minute).then(() => lab.run());
  const [overtaken, second] = await Promise.all([slow, other]);
  expect([overtaken?.receipt.outcome, second?.receipt.outcome]).toEqual(['suspended', 'complete']);
  // The run that has ended could not know of it, and no later one meets that row again in vain.
  expect(await lastRefused(lab)).toBeNull();
  lab.now = began + 32 * minute;
  await lab.run();
  expect(await lastRefused(lab)).toBe(changedAt + 42_000);
});

test('once no run can live that was overtaken, nothing is looked up for it any more', async () => {
  const lab = await changed();
  delayWrite(lab, 8 * minute);
  await Promise.all([lab.run({ recheck: 'all' }), lab.clock.sleep(5 * minute).then(() => lab.run())]);
  lab.now = began + 32 * minute;
  await lab.run();
  const daysRead = countDaysRead(lab);
  lab.now = began + hour + minute;
  await lab.run();
  expect(daysRead()).toBe(1);
});
