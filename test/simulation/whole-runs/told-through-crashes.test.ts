/**
 * P18: an integration fails, and recovers; at each call of the runs that find it out, receivers among them, something
 * goes wrong. Whoever is told hears of it once by its id, the beginning before the end, and the lake says how it stands.
 */
import { expect, test } from 'vitest';
import { checkStanding, storedIntegrations } from '../checks/check-standing.ts';
import { readLake } from '../checks/read-lake.ts';
import { type Disturbance, Process } from '../lab/disturbance.ts';
import { type Lab, workspace } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';
import { alertPorts, checkOrder, RecordingSink } from '../lab/recording-sink.ts';
import { began, hour, minute, steady, sync, type TimedRow, timedLab } from '../lab/timed-world.ts';

/** Twenty days of hourly syncs: from the beginning on two fail, and the third brings rows again. */
const recovering: TimedRow[] = steady(480).map(({ listedAt }) => {
  const isWrong = listedAt > began && listedAt <= began + 2 * hour;
  return { listedAt, row: sync(listedAt, isWrong ? { job_status: 'error', rows_synced: 0 } : {}) };
});

interface Heard {
  readonly lab: Lab;
  readonly sinks: readonly RecordingSink[];
}

/** The place goes on where another one has come to, and its receivers remember what they have heard. */
function goingOn({ lab, sinks }: Heard): Heard {
  const next = lab.fork(new Random(7));
  const own = sinks.map(({ name, arrived }) => new RecordingSink(name, arrived));
  next.alerts = alertPorts(own);
  return { lab: next, sinks: own };
}

async function healthy(): Promise<Heard> {
  const lab = timedLab({ recovering, steady: steady(480) }, { now: began + 10 * minute });
  const sinks = [new RecordingSink('topic'), new RecordingSink('webhook')];
  lab.alerts = alertPorts(sinks);
  await lab.run();
  return { lab, sinks };
}

async function runAt({ lab }: Heard, at: number, disturbance?: Disturbance): Promise<Process> {
  lab.now = at;
  const process = new Process(disturbance ? [disturbance] : []);
  await lab.run({}, process);
  return process;
}

async function expectTold({ lab, sinks }: Heard, events: readonly string[], what: string): Promise<string> {
  const records = await lab.checkpoints.list(workspace);
  checkStanding(await readLake(lab.objects), records, { mayBeStale: false });
  for (const { standing } of storedIntegrations(records)) expect(standing.outbox, what).toEqual([]);
  for (const sink of sinks) {
    checkOrder(sink);
    const { arrived } = sink;
    expect(new Set(arrived.map(({ id, event }) => `${id} ${event}`)).size, what).toBe(events.length);
    expect([...new Set(arrived.map(({ event }) => event))], what).toEqual(events);
    // What is told once more was told right before: by a run that could not write it down.
    expect(arrived.length, what).toBeLessThanOrEqual(events.length + 1);
  }
  return sinks.flatMap(({ arrived }) => arrived)[0]?.id ?? 'nothing';
}

const modes = [
  { kind: 'crash', applied: false },
  { kind: 'crash', applied: true },
  { kind: 'failure', applied: false },
  { kind: 'failure', applied: true },
] as const;

test.each(modes)('P2 P18: $kind at every call, applied $applied', async (mode) => {
  const begin = await healthy();
  const raisedAt = began + hour + 10 * minute;
  const resolvedAt = began + 3 * hour + 10 * minute;

  const undisturbed = goingOn(begin);
  const { calls: callsToRaise } = await runAt(undisturbed, raisedAt);
  const id = await expectTold(undisturbed, ['raised'], 'undisturbed');
  const { calls: callsToResolve } = await runAt(goingOn(undisturbed), resolvedAt);
  expect(Math.min(callsToRaise, callsToResolve)).toBeGreaterThan(15);

  for (let call = 1; call <= callsToRaise; call += 1) {
    const what = `raised, call ${call}`;
    const one = goingOn(begin);
    await runAt(one, raisedAt, { ...mode, call });
    await runAt(one, raisedAt + 15 * minute);
    expect(await expectTold(one, ['raised'], what), what).toBe(id);
    await runAt(one, resolvedAt);
    expect(await expectTold(one, ['raised', 'resolved'], what), what).toBe(id);
    // It was over before anybody could be told that it had begun, or both are told.
    const blind = goingOn(begin);
    await runAt(blind, raisedAt, { ...mode, call });
    await runAt(blind, resolvedAt);
    for (const sink of blind.sinks) checkOrder(sink);
    const events = [...new Set(blind.sinks.flatMap(({ arrived }) => arrived.map(({ event }) => event)))];
    expect([[], ['raised', 'resolved']], what).toContainEqual(events);
  }
  for (let call = 1; call <= callsToResolve; call += 1) {
    const one = goingOn(undisturbed);
    await runAt(one, resolvedAt, { ...mode, call });
    await runAt(one, resolvedAt + 15 * minute);
    const what = `resolved, call ${call}`;
    expect(await expectTold(one, ['raised', 'resolved'], what), what).toBe(id);
  }
});

test.each(modes)(
  'P18: a place that is set up while an incident is open hears both: $kind, applied $applied',
  async (mode) => {
    const begin = await healthy();
    const raisedAt = began + hour + 10 * minute;
    const resolvedAt = began + 3 * hour + 10 * minute;
    // Nobody is there, and later others are.
    begin.lab.alerts = undefined;
    await runAt(begin, raisedAt);
    const { calls } = await runAt(goingOn(begin), raisedAt + 15 * minute);
    for (let call = 1; call <= calls; call += 1) {
      const one = goingOn(begin);
      await runAt(one, raisedAt + 15 * minute, { ...mode, call });
      await runAt(one, raisedAt + 30 * minute);
      const id = await expectTold(one, ['raised'], `set up, call ${call}`);
      await runAt(one, resolvedAt);
      expect(await expectTold(one, ['raised', 'resolved'], `set up, call ${call}`)).toBe(id);
    }
  },
);
