/** P5: what open syncs cost, and how long they are followed. */
import { expect, test } from 'vitest';
import { readLake } from '../checks/read-lake.ts';
import { began, hour, minute, sync, type TimedRow, timedLab } from '../lab/timed-world.ts';

const day = 24 * hour;
const neverOver = { job_status: 'skipped', sync_finish_time: null };
const running = { job_status: 'running', sync_finish_time: null };

type Lab = ReturnType<typeof timedLab>;

/** Every 15 minutes a sync, of which each fifth ends in a status that nobody knew, without a finish. */
function fifthNeverOver(before: number, after: number): TimedRow[] {
  return Array.from({ length: before + after }, (_, index) => {
    const at = began + (index - before + 1) * 15 * minute;
    return { listedAt: at, row: sync(at, index % 5 === 0 ? neverOver : {}) };
  });
}

/** Runs every 15 minutes for so long; gives the status requests of each. */
async function runFor(lab: Lab, ms: number): Promise<number[]> {
  const requests: number[] = [];
  for (const end = lab.now + ms; lab.now < end; ) {
    const from = lab.now;
    const result = await lab.run({ deadline: from + 13.5 * minute });
    expect(result?.receipt.outcome).toBe('complete');
    requests.push(result?.receipt.requests.status ?? 0);
    lab.now = from + 15 * minute;
  }
  return requests;
}

const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const coverageOf = async (lab: Lab) => (await readLake(lab.objects)).coverage[0];
const rowAt = async (lab: Lab, start: number) =>
  (await readLake(lab.objects)).syncs.find(({ raw }) => String(raw).includes(new Date(start).toISOString()));

test('a fifth of the syncs that never end costs a handful of requests a run', async () => {
  const lab = timedLab({ a: fifthNeverOver(96 * 10, 96 * 4) });
  await lab.run();
  const requests = await runFor(lab, 3 * day);
  expect(mean(requests.slice(96))).toBeLessThan(5);
  // Once a day all pages, once an hour those of a day; otherwise a request.
  expect(requests.filter((each) => each > 15).length).toBeLessThan(5);
  expect(requests.sort((a, b) => a - b)[requests.length / 2]).toBe(1);
  expect(await coverageOf(lab)).toMatchObject({ state: 'complete', failure: null });
});

test('all of them cost their pages once, and the way that they have moved down', async () => {
  const lab = timedLab({ a: fifthNeverOver(96 * 10, 96 * 4) });
  await lab.run();
  lab.now += 25 * hour;
  // 7 days on 68 pages; the 11 of the 25 hours that are new, and the 11 that the daily second look reads.
  const { receipt } = (await lab.run()) ?? {};
  expect(receipt?.requests.status).toBeLessThan(68 + 11 + 11 + 12);
});

/** A row that is listed, changes, and changes again; with others above and below it. */
function amongOthers(age: number, more: object) {
  const start = began - age;
  const rows: TimedRow[] = Array.from({ length: 900 }, (_, index) => {
    const at = began + (index - 700) * 15 * minute;
    return { listedAt: at, row: sync(at, at === start ? more : {}) };
  });
  const row = rows.find(({ listedAt }) => listedAt === start)?.row ?? {};
  return { lab: timedLab({ a: rows }), start, becomes: (next: object) => void Object.assign(row, next) };
}

test('one that a newer sync has followed is not counted as open, and still followed until it ends', async () => {
  const { lab, start, becomes } = amongOthers(5 * hour, running);
  await lab.run();
  expect(await coverageOf(lab)).toMatchObject({ open_syncs: 0, state: 'complete' });
  becomes({ job_status: 'success', sync_finish_time: new Date(began).toISOString() });
  await runFor(lab, 1.25 * hour);
  expect(await rowAt(lab, start)).toMatchObject({ job_status: 'success' });
});

test('the newest one is open', async () => {
  const { lab } = amongOthers(0, running);
  await lab.run();
  expect(await coverageOf(lab)).toMatchObject({ open_syncs: 1 });
});

test('P1: a final row that is seen open again stays as it is until it ends, and is followed', async () => {
  const { lab, start, becomes } = amongOthers(15 * minute, { rows_synced: 5 });
  await lab.run();
  becomes({ ...running, rows_synced: 0 });
  await lab.run();
  expect(await rowAt(lab, start)).toMatchObject({ job_status: 'success', rows_synced: 5 });
  // By now it is on the second page, where nothing but an open sync would be looked for.
  lab.now += 4 * hour;
  await lab.run();
  expect(await rowAt(lab, start)).toMatchObject({ job_status: 'success', rows_synced: 5 });
  becomes({
    job_status: 'error',
    rows_synced: 7,
    sync_finish_time: new Date(began + 3 * hour).toISOString(),
  });
  lab.now += hour;
  const ended = await lab.run();
  expect(await rowAt(lab, start)).toMatchObject({ job_status: 'error', rows_synced: 7 });
  expect(ended?.receipt.rows.updated).toBe(1);
});

test('P10: those that a record has no room for are given up, counted, and spoken of', async () => {
  const rows = Array.from({ length: 8000 }, (_, index) => began - 3 * day - (8000 - index) * 30_000);
  const lab = timedLab({ a: rows.map((at) => ({ listedAt: at, row: sync(at, neverOver) })) });
  expect((await lab.run())?.receipt.outcome).toBe('complete');
  const [record] = (await lab.checkpoints.list('tested')).filter(({ item }) => item === 'integration#a');
  expect(JSON.stringify(record && 'data' in record && record.data).length).toBeLessThan(200_001);
  const first = await coverageOf(lab);
  expect(first?.failure).toMatch(/^More syncs of this integration are open .* \(200 KB\)/);
  expect(Number(first?.abandoned_syncs)).toBeLessThan(4000);

  lab.now += day;
  await lab.run();
  const second = await coverageOf(lab);
  expect(second).toMatchObject({ state: 'complete', abandoned_syncs: first?.abandoned_syncs });
});
