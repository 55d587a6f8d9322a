/** How integrations stand where the lake or the checkpoint is not as the last run has left it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../lambda/alerts/alert.ts';
import type { FinishedSync } from '../../../lambda/alerts/finished-syncs.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { run } from '../../../lambda/run/run.ts';
import { refreshFacts } from '../../../lambda/run/standing-facts.ts';
import { coverageKey, standingKey, syncsKey } from '../../../lambda/schema/keys.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { findingsAt } from '../../simulation/audit/audited-history.ts';
import { Process } from '../../simulation/lab/disturbance.ts';
import { Lab, workspace } from '../../simulation/lab/lab.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { Random } from '../../simulation/lab/random.ts';
import { alertPorts, RecordingSink } from '../../simulation/lab/recording-sink.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 5, 1, 12);

const sync = (start: number, job_status = 'success') => ({
  job_status,
  rows_synced: 5,
  rows_failed_with_errors: 0,
  sync_start_time: new Date(start).toISOString(),
  sync_finish_time: new Date(start + minute).toISOString(),
});
/** Of each hour, up to now; what has started more than so many hours before it was a success. */
const hourly = (hours: number, failingHours = 0) =>
  Array.from({ length: hours }, (_, at) => hours - at).map((ago) =>
    sync(now - ago * hour, ago > failingHours ? 'success' : 'error'),
  );

class Workspace extends Lab {
  readonly rows: Record<string, object[]>;

  constructor(rows: Record<string, object[]>) {
    const listed = (id: string) => ({ integration_id: id, integration_name: id, contact_emails: null });
    const world = {
      integrations: () => Object.keys(rows).map(listed) as never[],
      rows: (id: string) => rows[id],
    };
    super(new Random(1), world, { now, limits: { list: 5000, status: 5000 } });
    this.rows = rows;
  }

  /** A quarter of an hour later. */
  async next() {
    this.now += 15 * minute;
    return await this.run();
  }

  async standingOf(id: string) {
    const body = this.objects.bodyOf(standingKey(workspace)) ?? '';
    const lines = gunzipSync(body).toString().trim().split('\n');
    return lines.map((line) => JSON.parse(line)).find(({ integration_id }) => integration_id === id);
  }

  async rewrite(daysAgo: number, change: (text: string) => string | Buffer): Promise<void> {
    const key = syncsKey(workspace, new Date(now - daysAgo * day).toISOString().slice(0, 10));
    const stored = await this.objects.get(key);
    const changed = change(gunzipSync(stored?.body ?? '').toString());
    await this.objects.put(key, typeof changed === 'string' ? gzipSync(changed) : changed, stored?.etag);
  }

  /** From now on, whatever else is written fails. */
  writeNothingBut(prefix: string): void {
    const put = this.objects.put.bind(this.objects);
    this.objects.put = async (key, ...rest) => {
      if (!key.startsWith(prefix))
        throw new StoreFailure('The bucket could not be written.', { isOfWholeStore: true });
      await put(key, ...rest);
    };
  }

  /** As after a run that was killed. */
  async forgetWhatIsKnown(): Promise<void> {
    const record = await this.checkpoints.get(workspace, 'workspace');
    if (!record) throw new Error('There is no record of the workspace.');
    const data = { ...(record.data as object), lake_ahead: true };
    await this.checkpoints.put(workspace, { ...record, version: record.version + 1, data }, record.version);
  }

  async loseRecord(item: string): Promise<void> {
    const kept = new MemoryCheckpointStore();
    for (const record of await this.checkpoints.list(workspace)) {
      if (record.item === item) continue;
      await kept.put(workspace, { ...record, version: 1 }, undefined);
    }
    this.checkpoints.copyFrom(kept);
  }
}

describe('P10: a day of the lake that can not be read', () => {
  const damages: readonly [string, (text: string) => string | Buffer][] = [
    [
      'has a line of another that is none',
      (text) => text.replace('"sync_start_time":"', '"sync_start_time":"\u0001'),
    ],
    [
      'has a line of another without a start',
      (text) => text.replace(/"sync_start_time":"[^"]*"/, '"sync_start_time":null'),
    ],
    ['is no gzip', () => Buffer.from('nonsense')],
  ];
  for (const [what, damage] of damages) {
    test(`that ${what} is told, and does not keep from being told how others stand`, async () => {
      const lab = new Workspace({ a: hourly(24 * 10), b: hourly(24 * 10) });
      await lab.run();
      await lab.rewrite(3, damage);
      await lab.forgetWhatIsKnown();
      lab.rows.b?.push(sync(now + minute, 'error'));
      const result = await lab.next();
      expect(result?.failures).toEqual([expect.stringContaining('dt=2026-05-29/syncs.ndjson.gz is damaged')]);
      expect(result?.receipt.incidents).toEqual({ raised: 1, resolved: 0 });
      expect(await lab.standingOf('b')).toMatchObject({
        state: 'failing',
        last_success: '2026-06-01 11:00:00.000',
      });
    });
  }

  test('is known again once it was restored', async () => {
    const lab = new Workspace({ a: hourly(24 * 10, 24 * 5) });
    await lab.run();
    const before = await lab.standingOf('a');
    let whole = '';
    await lab.rewrite(3, (text) => {
      whole = text;
      return Buffer.from('nonsense');
    });
    await lab.forgetWhatIsKnown();
    await lab.next();
    expect((await lab.standingOf('a'))?.syncs_without_success).toBe(24 * 4);
    const key = syncsKey(workspace, '2026-05-29');
    const damaged = await lab.objects.get(key);
    await lab.objects.put(key, gzipSync(whole), damaged?.etag);
    expect((await lab.next())?.receipt.outcome).toBe('complete');
    expect(await lab.standingOf('a')).toMatchObject({
      syncs_without_success: 24 * 5,
      failing_since: before?.failing_since,
      incidents: before?.incidents,
    });
  });
});

test('P18: one whose record was moved away stands as before, in the same incident', async () => {
  const lab = new Workspace({ a: hourly(100, 40) });
  await lab.run();
  const before = await lab.standingOf('a');
  await lab.loseRecord('integration#a');
  expect((await lab.next())?.receipt.rows).toMatchObject({ new: 0, unchanged: 100 });
  const told = ['incidents', 'since', 'failing_since', 'last_success', 'syncs_without_success'] as const;
  for (const column of told) expect((await lab.standingOf('a'))?.[column]).toEqual(before?.[column]);
});

describe('P18: how one stands follows the lake where its history does not reach', () => {
  const daysOf = (lab: Lab) => lab.objects.keys().filter((key) => key.startsWith('syncs/'));
  const ofDay = (key: string | undefined, time: string) => key && `${key.replace(/.*=|\/.*/g, '')} ${time}`;

  test('as where a run that never came to its newest has read old ones', async () => {
    const daily = Array.from({ length: 40 }, (_, at) => sync(now - (39 - at) * day));
    const lab = new Workspace({ a: daily, b: hourly(1) });
    lab.braze.quirks.order = 'oldest_first';
    // Time for the list and one page of each.
    await lab.run({ deadline: lab.now + 450 });
    const newest = daysOf(lab).sort();
    expect(newest.length).toBe(11);
    expect(await lab.standingOf('a')).toMatchObject({ last_start: ofDay(newest.at(-2), '12:00:00.000') });
  });

  test('as where a killed run has read what Braze has purged since', async () => {
    let written = 0;
    for (let call = 4; call < 18; call += 1) {
      const rows: Record<string, object[]> = { a: [] };
      const lab = new Workspace(rows);
      await lab.run();
      lab.now = now + day;
      rows.a = [sync(lab.now - hour)];
      await lab.run({}, new Process([{ kind: 'crash', applied: true, call }]));
      rows.a = [];
      lab.now += 9 * day;
      await lab.run();
      const [key] = daysOf(lab);
      if (key) written += 1;
      const expected = ofDay(key, '11:00:00.000') ?? null;
      expect(await lab.standingOf('a'), `call ${call}`).toMatchObject({ last_start: expected });
    }
    expect(written).toBeGreaterThan(3);
  });
});

describe('P18: after the checkpoint was restored, the sums are made anew', () => {
  /** A sync of the past has ended well after all, and the restored checkpoint does not know of it. */
  async function restored() {
    const rows = { a: hourly(100, 20) };
    const lab = new Workspace(rows);
    await lab.run();
    const checkpoint = new MemoryCheckpointStore();
    checkpoint.copyFrom(lab.checkpoints);
    rows.a[90] = sync(now - 10 * hour);
    lab.now += 15 * minute;
    await lab.run({ recheck: 'all' });
    expect(await lab.standingOf('a')).toMatchObject({ syncs_without_success: 9 });
    lab.checkpoints.copyFrom(checkpoint);
    await lab.next();
    expect(await lab.standingOf('a')).toMatchObject({ syncs_without_success: 20 });
    return lab;
  }

  test('when a person has all of it read again', async () => {
    const lab = await restored();
    lab.now += 15 * minute;
    await lab.run({ recheck: 'all' });
    expect(await lab.standingOf('a')).toMatchObject({ syncs_without_success: 9 });
  });

  test('within a month, and no more often', async () => {
    const lab = await restored();
    const read: number[] = [];
    const again: number[] = [];
    for (let days = 0; days < 62; days += 1) {
      lab.now += day;
      read.push((await lab.run())?.receipt.objects.read ?? 0);
      again.push((await lab.next())?.receipt.objects.read ?? 0);
      if (days === 30) expect(await lab.standingOf('a')).toMatchObject({ syncs_without_success: 9 });
    }
    expect(read.filter((objects) => objects > 10)).toHaveLength(2);
    expect(Math.max(...again)).toBe(4);
  });
});

test('P18: one that is gone and comes back is told of what was wrong before once', async () => {
  const rows: Record<string, object[]> = { a: hourly(30, 1), b: hourly(30), c: hourly(30) };
  const lab = new Workspace(rows);
  const sink = new RecordingSink('webhook');
  lab.alerts = alertPorts([sink]);
  const told = () => sink.arrived.map(({ event, kind }) => `${event} ${kind}`);
  await lab.run();
  const { a = [] } = rows;
  delete rows.a;
  for (let runs = 0; runs < 8; runs += 1) await lab.next();
  rows.a = a;
  await lab.next();
  await lab.next();
  expect(told()).toEqual(['raised failed', 'raised gone', 'resolved failed', 'resolved gone']);
  rows.a.push(sync(lab.now, 'error'));
  await lab.next();
  expect(told().slice(4)).toEqual(['raised failed']);
});

test('P18: one whose rows have all left Braze is read in every run, and stands as it is listed', async () => {
  const rows: Record<string, object[]> = { a: hourly(30), b: hourly(30) };
  const lab = new Workspace(rows);
  await lab.run();
  rows.b = [];
  for (let runs = 0; runs < 8; runs += 1) await lab.next();
  lab.now += 3 * day;
  await lab.run();
  const asOf = expect.stringContaining('2026-06-04');
  for (const id of ['a', 'b'])
    expect(await lab.standingOf(id)).toMatchObject({ state: 'resting', last_status: 'success', as_of: asOf });
  expect(await findingsAt({ lab })).toEqual([]);
});

test('P18: of a wrong id that was named by hand nothing is left to be told when the list was read', async () => {
  const lab = new Workspace({ a: hourly(30) });
  const sink = new RecordingSink('webhook');
  lab.alerts = alertPorts([sink]);
  await lab.run({ integrations: ['a', 'wrong'] });
  expect(await lab.standingOf('wrong')).toMatchObject({ state: 'unread' });
  lab.now += 2 * hour;
  await lab.run({ integrations: ['a', 'wrong'] });
  for (let runs = 0; runs < 6; runs += 1) await lab.next();
  expect(sink.arrived.map(({ event, kind }) => `${event} ${kind}`)).toEqual([
    'raised not_exported',
    'resolved not_exported',
  ]);
  const coverage = () => gunzipSync(lab.objects.bodyOf(coverageKey(workspace)) ?? '').toString();
  expect([await lab.standingOf('wrong'), coverage().includes('wrong')]).toEqual([undefined, false]);
  expect(await findingsAt({ lab })).toEqual([]);
  // Nor where nothing of a run can be kept.
  lab.writeNothingBut('coverage/');
  // It fails before anybody is judged.
  lab.rows.a?.push(sync(lab.now));
  await lab.next();
  expect(coverage()).toContain('The bucket could not be written.');
  expect(coverage()).not.toContain('wrong');
});

test('P15: one that was listed, and gone before anybody could read it, has its line also where nothing of a run is kept', async () => {
  const lab = new Workspace({ a: hourly(30), b: hourly(30) });
  lab.braze.quirks.lies = [{ name: 'forbidden', integrationId: 'b', after: 0, times: null }];
  await lab.run();
  delete lab.rows.b;
  for (let runs = 0; runs < 8; runs += 1) await lab.next();
  const coverage = () => gunzipSync(lab.objects.bodyOf(coverageKey(workspace)) ?? '').toString();
  const lineOfGone = /"integration_id":"b",.*"state":"gone"/;
  expect(coverage()).toMatch(lineOfGone);
  lab.writeNothingBut('coverage/');
  // It fails before anybody is judged.
  lab.rows.a?.push(sync(lab.now));
  await lab.next();
  expect(coverage()).toContain('The bucket could not be written.');
  expect(coverage()).toMatch(lineOfGone);
});

test('P8: what was found out before time ran out is kept, and the next run goes on with the others', async () => {
  const objects = new MemoryObjectStore();
  const lab = new Workspace({ a: hourly(24), b: hourly(24), c: hourly(24) });
  await lab.run();
  for (const key of lab.objects.keys().filter((each) => each.startsWith('syncs/')))
    await objects.put(key, lab.objects.bodyOf(key) ?? new Uint8Array(), undefined);
  let asked = 0;
  const ports = {
    workspace,
    objects,
    receipt: newReceipt(workspace),
    failures: new Failures(() => {}),
    refusedShare: 0.01,
    now: () => now + asked++,
  };
  const kept = ['a', 'b', 'c'].map((id) => ({
    id,
    facts: { ...newStandingFacts(), habit: null },
    oldest: now - day,
  }));
  // Asked for the day, for the newest of the days, before the days are read, and before each of the first two.
  const fresh = await refreshFacts(ports, kept, now + 4);
  expect([...fresh.keys()]).toEqual(['a', 'b']);
});

test('one that there was no time to look up is not said to have never synced', async () => {
  const lab = new Workspace({ a: hourly(30) });
  const get = lab.objects.get.bind(lab.objects);
  lab.objects.get = async (key) => {
    if (key.startsWith('syncs/')) await lab.clock.sleep(minute);
    return await get(key);
  };
  const result = await lab.run({ deadline: lab.now + minute / 2 });
  expect(result?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 30 } });
  expect(await lab.standingOf('a')).toMatchObject({
    state: 'unread',
    reason: 'It was read, and there was no time left to judge it: the next run does.',
  });
  await lab.next();
  expect(await lab.standingOf('a')).toMatchObject({
    state: 'resting',
    last_start: '2026-06-01 11:00:00.000',
  });
});

test('one that could be looked up in part only is judged, and its reason says that it is not sure', async () => {
  const lab = new Workspace({ a: hourly(24 * 10, 3) });
  await lab.run();
  await lab.forgetWhatIsKnown();
  const get = lab.objects.get.bind(lab.objects);
  lab.objects.get = async (key) => {
    if (key.startsWith('syncs/')) await lab.clock.sleep(minute);
    return await get(key);
  };
  lab.now += 15 * minute;
  await lab.run({ deadline: lab.now + minute / 2 });
  const unsure = await lab.standingOf('a');
  expect(unsure).toMatchObject({ state: 'failing', last_start: '2026-06-01 11:00:00.000' });
  expect(unsure?.reason).toMatch(/^The newest 3 syncs .* What is said of its older syncs may be short: they/);
  lab.objects.get = get;
  await lab.next();
  expect((await lab.standingOf('a'))?.reason).toMatch(/ began 4 hours ago\.$/);
});

test('P10: a line of another in the day does not keep finished syncs from being told, nor incidents from being told once', async () => {
  const lab = new Workspace({ a: hourly(30), b: hourly(30) });
  const told: { finished: string[]; alerts: Alert[] } = { finished: [], alerts: [] };
  const alerts = {
    sinks: [
      {
        name: 'webhook' as const,
        deliver: async (sent: readonly Alert[]) => {
          told.alerts.push(...sent);
          return new Set(sent.map(({ id, event }) => `${id}/${event}`));
        },
      },
    ],
    finished: {
      deliverFinished: async (_: string, syncs: readonly FinishedSync[]) => {
        const lines = syncs.map(({ line }) => line);
        told.finished.push(...lines);
        return new Set(lines);
      },
    },
    settings: { refusedShare: 0.01, muted: new Set<string>() },
  };
  const tell = () =>
    run(
      { workspace, limits: lab.limits },
      {
        transport: async ({ path }) => {
          const { status, headers, body } = lab.braze.answer({ path }, lab.now);
          return { status, headers: new Headers(headers), body };
        },
        objects: lab.objects,
        checkpoints: lab.checkpoints,
        clock: lab.clock,
        random: () => 0.5,
        owner: `run-${lab.now}`,
        report: () => {},
        alerts,
      },
    );
  await tell();
  lab.rows.b?.push(sync(now + minute, 'error'));
  await lab.rewrite(0, (text) => `${text}{"integration_id":"z",?}\n`);
  for (let runs = 0; runs < 2; runs += 1) {
    lab.now += 15 * minute;
    await tell();
  }
  expect(told.finished).toHaveLength(1);
  expect(told.alerts).toHaveLength(1);
});

test('P18: raised is what stands in a record: what could not be written is counted by the run that writes it', async () => {
  const lab = new Workspace({ a: hourly(3, 3), b: hourly(3, 3) });
  const put = lab.checkpoints.put.bind(lab.checkpoints);
  lab.checkpoints.put = async (of, record, expected) => {
    if (record.item === 'integration#a') throw new StoreFailure('It is too large.');
    await put(of, record, expected);
  };
  expect((await lab.run())?.receipt).toMatchObject({
    outcome: 'failed',
    incidents: { raised: 1, resolved: 0 },
  });
  lab.checkpoints.put = put;
  expect((await lab.next())?.receipt).toMatchObject({ outcome: 'complete', incidents: { raised: 1 } });
  expect((await lab.next())?.receipt.incidents).toEqual({ raised: 0, resolved: 0 });
});

test('P18: the outboxes of many are written side by side: whoever is killed meanwhile tells all of them again', async () => {
  const ids = Array.from({ length: 80 }, (_, index) => `i${index}`);
  const lab = new Workspace(Object.fromEntries(ids.map((id) => [id, hourly(3, 3)])));
  const put = lab.checkpoints.put.bind(lab.checkpoints);
  lab.checkpoints.put = async (...record) => {
    await lab.clock.sleep(1000);
    await put(...record);
  };
  const began = lab.now;
  expect((await lab.run())?.receipt.incidents.raised).toBe(80);
  // Twice each, eight at once, and some of the lease.
  expect((lab.now - began) / 1000).toBeLessThan(60);
});
