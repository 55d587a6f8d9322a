/** The limit is used where there is work, whatever stands in the way of it, and not where there is none. */
import { expect, test } from 'vitest';
import { readLake } from '../checks/read-lake.ts';
import { began, integrations, minute, sync, timedLab } from '../lab/timed-world.ts';

test('P8: where the list takes longer than a run, something is exported all the same', async () => {
  const lab = timedLab(integrations(600, 5), { limits: { list: 50, status: 100 } });
  for (let runs = 0; runs < 5; runs += 1) {
    await lab.run({ deadline: lab.now + 60_000 });
    lab.now += 15 * minute;
  }
  expect((await readLake(lab.objects)).syncs.length).toBeGreaterThan(0);
});

test('P7: a limit of 100 is used up, also where an answer takes 1.2 s', async () => {
  const lab = timedLab(integrations(10, 1500), {
    limits: { list: 50, status: 100 },
    latency: [1200, 1200],
  });
  const result = await lab.run({ deadline: lab.now + 10 * minute });
  expect(result?.receipt.requests.status).toBeGreaterThan(900);
  expect(lab.braze.busiestMinute('status')).toBeLessThanOrEqual(100);
});

test('P5: what is open costs its pages, not twice as many', async () => {
  const rows = Array.from({ length: 4800 + 200 }, (_, index) => {
    const at = began + (index - 4799) * 3 * minute;
    const more = index % 5 === 0 ? { job_status: 'skipped', sync_finish_time: null } : {};
    return { listedAt: at, row: sync(at, more) };
  });
  const lab = timedLab({ a: rows });
  await lab.run();
  lab.now += 15 * minute;
  // 672 open syncs within 7 days, on 336 pages.
  expect((await lab.run())?.receipt.requests.status).toBeLessThan(400);
});
