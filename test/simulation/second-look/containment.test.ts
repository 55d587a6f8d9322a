/** P10: what fails for its own reason holds back its integration and nothing else. */
import { expect, test } from 'vitest';
import { readLake } from '../checks/read-lake.ts';
import { began, hour, steady, sync, timedLab } from '../lab/timed-world.ts';

const neverOver = { job_status: 'skipped', sync_finish_time: null };

test('P10: a record that grows beyond 400 KB fails its own integration at the most', async () => {
  const bad = Array.from({ length: 8000 }, (_, index) => began - 3 * 24 * hour - index * 30_000)
    .reverse()
    .map((at) => ({ listedAt: at, row: sync(at, neverOver) }));
  const lab = timedLab({ bad, good: steady(30) });
  const result = await lab.run();
  expect(result?.receipt.integrations.total).toBe(2);
  expect(result?.receipt.integrations.failed).toBeLessThanOrEqual(1);
  const good = (await readLake(lab.objects)).coverage.find(({ integration_id }) => integration_id === 'good');
  expect(good).toMatchObject({ state: 'complete', failure: null });
});

test('P10: a 403 for one integration does not keep the others from their gaps', async () => {
  const lab = timedLab({ a: steady(100), b: steady(100), c: steady(100) });
  lab.braze.lie = (answer, { integrationId }) =>
    integrationId === 'b' ? { status: 403, headers: {}, body: '{"message":"Forbidden"}' } : answer;
  for (let runs = 0; runs < 8; runs += 1) await lab.run();
  const { coverage } = await readLake(lab.objects);
  expect(coverage.map(({ gaps }) => gaps)).toEqual([0, 1, 0]);
});

test('P16: 404 for every integration that is listed is no complete export', async () => {
  const lab = timedLab({ a: steady(30), b: steady(30) });
  lab.braze.lie = (answer, { kind }) =>
    kind === 'status' ? { status: 404, headers: {}, body: '{"message":"Invalid URL"}' } : answer;
  expect((await lab.run())?.receipt.outcome).not.toBe('complete');
});

test('P10: a list row with a long array is no fault of the program', async () => {
  const lab = timedLab({ a: steady(5) });
  const long = `{"integration_id":"x","long":[${Array(200_000).fill(1)}]}`;
  lab.braze.lie = (answer, { kind }) =>
    kind === 'list' ? { ...answer, body: answer.body.replace('[', `[${long},`) } : answer;
  await expect(lab.run()).resolves.toBeDefined();
});

test('P5: an integration that is no longer asked for gives its open syncs up', async () => {
  const running = sync(began - 5, { job_status: 'running', sync_finish_time: null });
  const lab = timedLab({ a: [{ listedAt: began, row: running }], b: steady(5) });
  await lab.run({ integrations: ['a', 'b'] });
  lab.now += 60 * 24 * hour;
  await lab.run({ integrations: ['b'] });
  const [coverage] = (await readLake(lab.objects)).coverage;
  expect(coverage).toMatchObject({ integration_id: 'a', open_syncs: 0, abandoned_syncs: 1 });
});
