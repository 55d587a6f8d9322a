/** P18: what is known of how integrations stand is kept from run to run, and looked up in the lake where it may be wrong. */
import { expect, test } from 'vitest';
import { storedIntegrations } from './check-standing.ts';
import { Process } from './disturbance.ts';
import { type Lab, workspace } from './lab.ts';
import { alertPorts } from './recording-sink.ts';
import { began, countDaysRead, hour, integrations, minute, steady, timedLab } from './timed-world.ts';

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
