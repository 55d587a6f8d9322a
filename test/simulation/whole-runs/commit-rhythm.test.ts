/** How often is committed: what a kill costs, and what it costs to be safe from it. */
import { expect, test } from 'vitest';
import { Process } from '../lab/disturbance.ts';
import { minute, steadyLab } from '../lab/steady-lab.ts';

function laboratory(integrations: number, rows: number, latency: readonly [number, number] = [150, 350]) {
  return steadyLab({ integrations, rows }, { latency });
}

test.each([
  ['as fast as the limit allows', [150, 350] as const, 100],
  ['every ten seconds, four at once', [10_000, 10_000] as const, 28],
])(
  'P2: a kill costs at most the requests of a minute, and those under way: answers come %s',
  async (_, latency, ofAMinute) => {
    const whole = laboratory(4, 900, latency);
    await whole.run();
    for (const call of [90, 150, 290, 370]) {
      const lab = laboratory(4, 900, latency);
      expect(await lab.run({}, new Process([{ call, applied: false, kind: 'crash' }]))).toBeUndefined();
      expect((await lab.run())?.receipt.outcome).toBe('complete');
      const lost = lab.braze.requests.status - whole.braze.requests.status;
      // Those under way, and each head is asked for again.
      expect(lost, `killed at call ${call}`).toBeLessThanOrEqual(ofAMinute + 4 + 4);
    }
  },
);

test('a backfill of one integration writes each day of its history 1.1 times, and a month at each commit', async () => {
  const lab = laboratory(1, 96 * 120);
  const written = { syncs: 0, days: 0 };
  let commits = 0;
  const putObject = lab.objects.put.bind(lab.objects);
  lab.objects.put = async (key, ...rest) => {
    await putObject(key, ...rest);
    if (key.startsWith('syncs/')) written.syncs += 1;
    if (key.startsWith('days/')) written.days += 1;
  };
  const putRecord = lab.checkpoints.put.bind(lab.checkpoints);
  lab.checkpoints.put = async (workspace, record, expected) => {
    if (record.item.startsWith('integration#')) commits += 1;
    await putRecord(workspace, record, expected);
  };
  const result = await lab.run();
  const days = lab.objects.keys().filter((key) => key.startsWith('syncs/')).length;
  const months = lab.objects.keys().filter((key) => key.startsWith('days/')).length;
  expect(written.syncs / days).toBeLessThanOrEqual(1.1);
  // A commit in which one month ends and the next begins writes both.
  expect(written.days).toBeLessThanOrEqual(commits + months);
  // Beside them: coverage, standing, integrations, and the beginning of changes.
  expect(result?.receipt.objects.written).toBe(written.syncs + written.days + 4);
});

test('it is committed in the pause that the limit makes, not when the next requests could be sent', async () => {
  const lab = laboratory(12, 200);
  const began = lab.now;
  const commits: number[] = [];
  const put = lab.checkpoints.put.bind(lab.checkpoints);
  lab.checkpoints.put = async (workspace, record, expected) => {
    if (record.item.startsWith('integration#')) commits.push(lab.now - began);
    await put(workspace, record, expected);
  };
  await lab.run();
  expect(commits[0]).toBeLessThan(15_000);
  expect(commits.filter((at) => at > 15_000 && at < minute)).toEqual([]);
});

test('a steady run commits once', async () => {
  const lab = laboratory(40, 20);
  await lab.run();
  lab.now += 15 * minute;
  const result = await lab.run();
  // The day of the new syncs, its month, coverage and standing; the integrations are as they were.
  expect(result?.receipt.objects.written).toBeLessThanOrEqual(4);
});
