/** A list in no order that is longer than one run can read: whole in the end, and cheap from then on. */
import { expect, test } from 'vitest';
import { readLake } from '../checks/read-lake.ts';
import type { Lab } from '../lab/lab.ts';
import { began, hour, minute, steady, sync, type TimedRow, timedLab } from '../lab/timed-world.ts';

/** 60 requests a run at the most. */
const slow = { limits: { list: 50, status: 20 } };
const unordered = { ...slow, quirks: { order: 'unordered' as const } };

/** A run every 15 minutes, each for 2.5 minutes at the most. @returns its requests and how it ended. */
async function runOnce(lab: Lab) {
  const from = lab.now;
  const result = await lab.run({ deadline: from + 2.5 * minute });
  lab.now = from + 15 * minute;
  return { requests: result?.receipt.requests.status ?? 0, outcome: result?.receipt.outcome };
}

async function runUntilComplete(lab: Lab, most: number): Promise<number> {
  for (let runs = 1; runs <= most; runs += 1) if ((await runOnce(lab)).outcome === 'complete') return runs;
  throw new Error(`Not complete after ${most} runs.`);
}

async function requestsOf(lab: Lab, runs: number): Promise<number> {
  let sum = 0;
  for (let left = runs; left > 0; left -= 1) sum += (await runOnce(lab)).requests;
  return sum;
}

const coverageOf = async (lab: Lab) => (await readLake(lab.objects)).coverage[0];

/** Starts that coverage says are whole, and the lake does not have. */
async function missing(lab: Lab, rows: readonly TimedRow[]): Promise<unknown[]> {
  const { coverage, syncs } = await readLake(lab.objects);
  const time = (cell: unknown) => Date.parse(`${String(cell).replace(' ', 'T')}Z`);
  const [from, to] = [time(coverage[0]?.complete_from), time(coverage[0]?.complete_to)];
  const inLake = new Set(syncs.map(({ raw }) => JSON.parse(String(raw)).sync_start_time));
  const starts = rows.map(({ row }) => String(row.sync_start_time));
  return starts.filter((start) => Date.parse(start) >= from && Date.parse(start) <= to && !inLake.has(start));
}

test('P3 P8: 1,500 syncs in no order, 60 requests a run, are whole after seven runs, and more come in meanwhile', async () => {
  const rows = steady(1500, 10 * minute);
  const lab = timedLab({ a: rows }, unordered);
  const first = await runOnce(lab);
  expect(first.outcome).toBe('suspended');
  expect(await coverageOf(lab)).toMatchObject({ gaps: 1, state: 'backfilling', complete_to: null });
  expect(await runUntilComplete(lab, 6)).toBeGreaterThan(3);
  expect(await coverageOf(lab)).toMatchObject({ gaps: 0, state: 'complete', row_order: 'unordered' });
  expect(await missing(lab, rows)).toEqual([]);
  expect((await readLake(lab.objects)).syncs.length).toBeGreaterThanOrEqual(1500);
});

test('P15: it costs a request a run and one pass a day from then on, and what was proved is never taken back', async () => {
  const rows = steady(1000, 2 * hour);
  const lab = timedLab({ a: rows }, unordered);
  await runUntilComplete(lab, 10);
  const before = await coverageOf(lab);
  const [heads, pass] = [96, 101];
  // A pass that is due takes its time; a day and a bit has one of them.
  for (let day = 0; day < 3; day += 1) expect(await requestsOf(lab, heads)).toBeLessThan(heads + pass + 20);
  const after = await coverageOf(lab);
  expect(after).toMatchObject({ complete_from: before?.complete_from, gaps: 0, state: 'complete' });
  expect(String(after?.complete_to) > String(before?.complete_to)).toBe(true);
  expect(await missing(lab, rows)).toEqual([]);
});

test('P3: what is purged while it is read proves a pass wrong, and the next two agree', async () => {
  const rows = steady(1000, 2 * hour);
  const lab = timedLab({ a: rows }, unordered);
  await runOnce(lab);
  await runOnce(lab);
  // More than a page, from everywhere in the list.
  rows.splice(0, 150);
  await runUntilComplete(lab, 10);
  const { syncs } = await readLake(lab.objects);
  const inLake = new Set(syncs.map(({ raw }) => JSON.parse(String(raw)).sync_start_time));
  const listed = rows.filter(({ listedAt }) => listedAt <= began);
  expect(listed.filter(({ row }) => !inLake.has(row.sync_start_time))).toEqual([]);
});

/** Far down, neighbours have changed places throughout. */
function nearlyInOrder(rows: number): TimedRow[] {
  const tidy = steady(rows, hour);
  return tidy.map((row, index) => (index < rows - 200 ? (tidy[index ^ 3] ?? row) : row));
}

test('P6: of a list that is nearly in order, new syncs come with the next run, for two requests', async () => {
  const rows = nearlyInOrder(600);
  const lab = timedLab({ a: rows }, slow);
  await runUntilComplete(lab, 10);
  expect(await coverageOf(lab)).toMatchObject({ row_order: 'unordered', gaps: 0 });
  await runOnce(lab);
  const at = lab.now - minute;
  rows.push({ listedAt: at, row: sync(at) });
  rows.sort((a, b) => a.listedAt - b.listedAt);
  expect((await runOnce(lab)).requests).toBeLessThanOrEqual(2);
  const { syncs } = await readLake(lab.objects);
  expect(syncs.some(({ raw }) => String(raw).includes(new Date(at).toISOString()))).toBe(true);
});

test('P5: a sync that ends far down in such a list is seen to have ended within the hour', async () => {
  const rows = steady(1000, 2 * hour);
  const start = began - 3 * hour - minute;
  const row = sync(start, { job_status: 'running', sync_finish_time: null });
  rows.push({ listedAt: start, row });
  rows.sort((a, b) => a.listedAt - b.listedAt);
  const lab = timedLab({ a: rows }, unordered);
  await runUntilComplete(lab, 10);
  const open = async () =>
    (await readLake(lab.objects)).syncs.filter((line) => line.sync_finish_time === null);
  expect(await open()).toHaveLength(1);
  Object.assign(row, sync(start));
  lab.now += hour;
  expect((await runOnce(lab)).requests).toBeLessThanOrEqual(2);
  expect(await open()).toHaveLength(0);
});

const standingOf = async (lab: Lab) => (await readLake(lab.objects)).standing[0];

test('P18: how one stands whose list is nearly in order is known in each run', async () => {
  const rows = nearlyInOrder(600);
  const lab = timedLab({ a: rows }, slow);
  await runUntilComplete(lab, 10);
  lab.now = began + 6 * hour + minute;
  await runOnce(lab);
  expect(await standingOf(lab)).toMatchObject({ state: 'healthy', as_of: '2026-06-01 18:01:00.100' });
  const next = rows.find(({ row }) => row.sync_start_time === new Date(began + 7 * hour).toISOString());
  if (next) next.row = sync(began + 7 * hour, { job_status: 'error' });
  lab.now = began + 7 * hour + minute;
  await runOnce(lab);
  expect(await standingOf(lab)).toMatchObject({ state: 'failing', since: '2026-06-01 19:00:00.000' });
});

test('P18: of one in no order that is known with each pass, and not in between', async () => {
  const rows = steady(1000, 2 * hour);
  const lab = timedLab({ a: rows }, unordered);
  await runUntilComplete(lab, 10);
  const states: unknown[] = [];
  for (let runs = 0; runs < 100; runs += 1) {
    await runOnce(lab);
    const { state, as_of } = (await standingOf(lab)) ?? {};
    if (state !== states.at(-1)) states.push(state);
    if (state !== 'unread')
      expect(lab.now - Date.parse(`${as_of}Z`.replace(' ', 'T'))).toBeLessThan(6.5 * hour);
  }
  expect(states.slice(0, 3)).toEqual(['healthy', 'unread', 'healthy']);
});
