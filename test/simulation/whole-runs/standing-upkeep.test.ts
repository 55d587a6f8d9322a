/** P18: what is known of how integrations stand is kept from run to run, and looked up in the lake where it may be wrong. */
import { expect, test } from 'vitest';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { storedIntegrations } from '../checks/check-standing.ts';
import { readLake } from '../checks/read-lake.ts';
import { Process } from '../lab/disturbance.ts';
import { Lab, workspace } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';
import { alertPorts } from '../lab/recording-sink.ts';
import {
  began,
  countDaysRead,
  hour,
  integrations,
  listed,
  minute,
  steady,
  sync,
  timedLab,
} from '../lab/timed-world.ts';

/** It has been exported already; each run from now on counts the days of the lake that it reads. */
async function exported(): Promise<{ lab: Lab; daysRead: () => number }> {
  const lab = timedLab({ a: steady(1200), b: steady(1200) }, { now: began + 10 * minute });
  await lab.run();
  return { lab, daysRead: countDaysRead(lab) };
}

async function runAfter(lab: Lab, hours: number, process = new Process()): Promise<void> {
  lab.now = began + hours * hour + 10 * minute;
  await lab.run({}, process);
}

test('a run reads no day but those that it has rows for, and the first one of a UTC day the 36 before it', async () => {
  const { lab, daysRead } = await exported();
  await runAfter(lab, 1);
  expect(daysRead()).toBe(1);
  await runAfter(lab, 13);
  expect(daysRead()).toBeGreaterThanOrEqual(37);
  await runAfter(lab, 14);
  expect(daysRead()).toBeLessThanOrEqual(2);
});

test('where a run was killed, all is looked up by the next one, once', async () => {
  const { lab, daysRead } = await exported();
  await runAfter(lab, 1, new Process([{ kind: 'crash', applied: true, call: 8 }]));
  daysRead();
  await runAfter(lab, 2);
  expect(daysRead()).toBeGreaterThanOrEqual(37);
  await runAfter(lab, 3);
  expect(daysRead()).toBe(1);
});

test('P2: where a run was killed, and the next one has not read the whole list, all may still be behind', async () => {
  const lab = timedLab(integrations(30, 20), { now: began });
  const known = async () => (await lab.checkpoints.get(workspace, 'workspace'))?.data;
  await lab.run({}, new Process([{ kind: 'crash', applied: true, call: 40 }]));
  // Too late for a run that still lives, and too short for three pages of the list.
  lab.now = began + hour;
  const short = await lab.run({ deadline: lab.exporterClock.now() + 250 });
  expect([short?.receipt.outcome, await known()]).toMatchObject(['suspended', { lake_ahead: true }]);
  const whole = await lab.run();
  expect([whole?.receipt.outcome, await known()]).toMatchObject(['complete', { lake_ahead: false }]);
});

test('with another share of refused rows all is looked up anew, once', async () => {
  const { lab, daysRead } = await exported();
  const { settings, ...ports } = alertPorts([]);
  lab.alerts = { ...ports, settings: { ...settings, refusedShare: 0.2 } };
  await runAfter(lab, 1);
  expect(daysRead()).toBeGreaterThanOrEqual(37);
  await runAfter(lab, 2);
  expect(daysRead()).toBe(1);
  const shares = storedIntegrations(await lab.checkpoints.list(workspace)).map(({ standing }) => standing);
  expect(shares).toMatchObject([
    { refusedShare: 0.2, stale: false },
    { refusedShare: 0.2, stale: false },
  ]);
});

test('where one is held back, the others are not looked up for it; and it is, when it can be read again', async () => {
  const { lab, daysRead } = await exported();
  const record = await lab.checkpoints.get(workspace, 'integration#a');
  if (!record) throw new Error('There is no record.');
  const damaged = { ...record, version: record.version + 1, data: 'damaged' };
  await lab.checkpoints.put(workspace, damaged, record.version);
  await runAfter(lab, 1);
  daysRead();
  for (const hours of [2, 3]) {
    await runAfter(lab, hours);
    expect(daysRead()).toBe(1);
  }
  await lab.checkpoints.put(workspace, { ...record, version: damaged.version + 1 }, damaged.version);
  await runAfter(lab, 4);
  expect(daysRead()).toBeGreaterThanOrEqual(37);
  await runAfter(lab, 5);
  expect(daysRead()).toBe(1);
});

/** Every six hours until it began, and none since; what the list promises moves on all the same. */
function neglected(length = 120, order: Quirks['order'] = 'newest_first'): Lab {
  const every = 6 * hour;
  const rows = Array.from({ length }, (_, index) => sync(began - (length - 1 - index) * every));
  const next = (at: number) => new Date(began + Math.floor((at - began) / every + 1) * every).toISOString();
  const world = {
    integrations: (at: number) => [{ ...listed('a'), next_scheduled_run: next(at) }],
    rows: () => rows,
  };
  return new Lab(new Random(1), world, { latency: [100, 100], quirks: { order } });
}

test.each([
  ['is right', 0],
  ['is three seconds ahead', 3100],
  ['is ten minutes ahead', 10 * minute],
  ['is three hours ahead', 3 * hour],
  ['is a quarter of an hour behind', -15 * minute],
])('P18: a promise that Braze has overwritten is not forgotten where the clock %s', async (_, offsetMs) => {
  const lab = neglected();
  lab.exporterClock.offsetMs = offsetMs;
  for (const hours of [5, 6, 9]) await runAfter(lab, hours);
  const [line] = (await readLake(lab.objects)).standing;
  expect(line).toMatchObject({ state: 'late', judged_by: 'schedule', due_since: '2026-06-01 18:00:00.000' });
});

test('P18: nor where the list is in no order, and short: it is read whole in every run', async () => {
  const lab = neglected(25, 'unordered');
  for (const hours of [5, 9]) await runAfter(lab, hours);
  const [line] = (await readLake(lab.objects)).standing;
  expect(line).toMatchObject({ state: 'late', due_since: '2026-06-01 18:00:00.000' });
});

test('P18: one that was held back is read again, and trusted, where the clock is ahead', async () => {
  const { lab, daysRead } = await exported();
  lab.exporterClock.offsetMs = 10 * minute;
  const record = await lab.checkpoints.get(workspace, 'integration#a');
  if (!record) throw new Error('There is no record.');
  const damaged = { ...record, version: record.version + 1, data: 'damaged' };
  await lab.checkpoints.put(workspace, damaged, record.version);
  await runAfter(lab, 1);
  await lab.checkpoints.put(workspace, { ...record, version: damaged.version + 1 }, damaged.version);
  await runAfter(lab, 2);
  daysRead();
  await runAfter(lab, 3);
  expect(daysRead()).toBe(1);
});

test('P6 P18: a run that has read for hours ends with what is there by then', async () => {
  const lab = timedLab({ a: steady(5_000, 15 * minute) }, { limits: { list: 50, status: 3 } });
  const result = await lab.run();
  expect(lab.now - began).toBeGreaterThan(2 * hour);
  const { standing, syncs } = await readLake(lab.objects);
  expect([result?.receipt.outcome, result?.receipt.gaps]).toEqual(['complete', 0]);
  const ageOf = (cell: unknown) => lab.now - Date.parse(`${cell}Z`.replace(' ', 'T'));
  expect(standing).toMatchObject([{ state: 'healthy' }]);
  expect(ageOf(standing[0]?.as_of)).toBeLessThan(5 * minute);
  expect(Math.min(...syncs.map((line) => ageOf(line.sync_start_time)))).toBeLessThan(20 * minute);
});
