/** Whole runs against a list of integrations that is long, or says something wrong. */
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../local/simulator/answer.ts';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import type { World } from '../../../local/simulator/world.ts';
import { SteadyWorld } from '../../bench/steady-world.ts';
import { readLake } from '../checks/read-lake.ts';
import { Process } from '../lab/disturbance.ts';
import { Lab } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';

const minute = 60_000;
const hour = 60 * minute;
const until = Date.UTC(2026, 5, 1, 12);
const generous = { list: 5000, status: 5000 };

function laboratory(integrations: number, limits = generous): Lab {
  const world = new SteadyWorld({ integrations, rows: 5, cadence: hour, until });
  return new Lab(new Random(1), world, { now: until + minute, limits, latency: [100, 100] });
}

/** Answers are what this makes of them from now on. */
function tamper(lab: Lab, change: (path: string, answer: Answer) => Answer): void {
  const answer = SimulatedBraze.prototype.answer.bind(lab.braze);
  lab.braze.answer = (request, at) => change(request.path, answer(request, at));
}

const secondPage = `/cdi/integrations?cursor=${encodeURIComponent(btoa('skip:10'))}`;
const isList = (path: string): boolean => !path.includes('job_sync_status');
const withoutRows = ({ headers, ...answer }: Answer): Answer => ({
  ...answer,
  headers,
  body: '{"results":[],"message":"success"}',
});
const emptyList = (path: string, answer: Answer): Answer =>
  isList(path)
    ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"results":[]}' }
    : answer;

const statesOf = async (lab: Lab): Promise<Set<unknown>> =>
  new Set((await readLake(lab.objects)).coverage.map(({ state }) => state));

describe('P8: a list that takes longer than a run', () => {
  const slow = { list: 50, status: 100 };

  test('is read over several runs, from where the last one has left it', async () => {
    const lab = laboratory(700, slow);
    await lab.run({ deadline: lab.now + minute });
    const before = lab.braze.log.length;
    lab.now += 14 * minute;
    const second = await lab.run({ deadline: lab.now + minute });
    const [first] = lab.braze.log.slice(before).filter(({ kind }) => kind === 'list');
    expect(first?.cursor).toBe(btoa('skip:500'));
    expect(second?.receipt.requests.list).toBe(20);
    lab.now += 14 * minute;
    const third = await lab.run({ deadline: lab.now + 10 * minute });
    expect(third?.receipt).toMatchObject({ outcome: 'complete', integrations: { total: 700 } });
    expect((await readLake(lab.objects)).integrations).toHaveLength(700);
    expect(await statesOf(lab)).toEqual(new Set(['complete']));
  });

  test('a run reads what it names while it is being read, and lets it go on for as long as it can', async () => {
    const lab = laboratory(600, slow);
    const result = await lab.run({ deadline: lab.now + minute });
    expect(result?.receipt).toMatchObject({ outcome: 'suspended', requests: { list: 50, status: 100 } });
    const kinds = lab.braze.log.slice(0, 10).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['list', 'status']));
    expect(kinds[0]).toBe('list');
    expect((await readLake(lab.objects)).integrations).toHaveLength(500);
  });

  test('P6: what is known is read while the list has to wait for its limit', async () => {
    const lab = laboratory(100, { list: 5, status: 100 });
    await lab.run({ deadline: lab.now + 30_000 });
    const before = lab.braze.log.length;
    const result = await lab.run({ deadline: lab.now + 20_000 });
    expect(lab.braze.log.slice(before).map(({ kind }) => kind)).toEqual(Array(50).fill('status'));
    expect(result?.receipt).toMatchObject({ outcome: 'suspended', requests: { list: 0 } });
  });

  test('P2: a crash before its place is kept names nobody missing', async () => {
    for (let call = 1; call <= 12; call += 1) {
      const lab = laboratory(40, { list: 2, status: 100 });
      await lab.run({ deadline: lab.now + 30_000 });
      await lab.run({ deadline: lab.now + 5_000 }, new Process([{ call, applied: true, kind: 'crash' }]));
      for (let runs = 0; runs < 4; runs += 1, lab.now += minute)
        await lab.run({ deadline: lab.now + 30_000 });
      const result = await lab.run();
      expect([result?.receipt.outcome, result?.failures], `call ${call}`).toEqual(['complete', []]);
      const records = await lab.checkpoints.list('tested');
      expect(JSON.stringify(records)).not.toMatch(/"missing_since":"/);
    }
  });
});

describe('P16: a list that says something wrong', () => {
  test('a page without rows that names a next one: what lies behind it is read', async () => {
    const lab = laboratory(25);
    tamper(lab, (path, answer) => (path === secondPage ? withoutRows(answer) : answer));
    await lab.run();
    expect((await readLake(lab.objects)).integrations).toHaveLength(15);
  });

  test('and those on such a page are not gone, in a run that lacks it', async () => {
    const lab = laboratory(25);
    await lab.run();
    tamper(lab, (path, answer) => (path === secondPage ? withoutRows(answer) : answer));
    const result = await lab.run();
    expect([result?.receipt.outcome, result?.receipt.requests]).toEqual([
      'complete',
      { list: 3, status: 25 },
    ]);
    expect(await statesOf(lab)).toEqual(new Set(['complete']));
    expect((await readLake(lab.objects)).integrations.every(({ listed }) => listed)).toBe(true);
  });

  test('an empty list, once: a doubt that is said, and everybody is exported as before', async () => {
    const lab = laboratory(12);
    await lab.run();
    lab.now += hour;
    tamper(lab, emptyList);
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringContaining('names none of the 12 that are known')]);
    expect(result?.receipt).toMatchObject({
      outcome: 'failed',
      rows: { new: 12 },
      integrations: { failed: 0 },
    });
    tamper(lab, (_, answer) => answer);
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', integrations: { total: 12 } });
    expect(await statesOf(lab)).toEqual(new Set(['complete']));
  });

  test('an empty list, for an hour: everybody is gone, and comes back with the list', async () => {
    const lab = laboratory(12);
    await lab.run();
    tamper(lab, emptyList);
    await lab.run();
    lab.now += hour;
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', integrations: { total: 0 } });
    expect(await statesOf(lab)).toEqual(new Set(['gone']));
    expect((await readLake(lab.objects)).integrations.some(({ listed }) => listed)).toBe(false);
    tamper(lab, (_, answer) => answer);
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', integrations: { total: 12 } });
    expect(await statesOf(lab)).toEqual(new Set(['complete']));
  });

  test('every integration that it names is unknown to the status endpoint: failed, and nobody is gone', async () => {
    const lab = laboratory(5);
    tamper(lab, (path, answer) =>
      isList(path) ? answer : { status: 404, headers: {}, body: '{"message":"Invalid URL"}' },
    );
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({ outcome: 'failed', integrations: { total: 5, failed: 5 } });
    expect(result?.failures).toEqual([expect.stringContaining('lists 5 integrations')]);
    expect(await statesOf(lab)).toEqual(new Set(['failing']));
    tamper(lab, (_, answer) => answer);
    expect((await lab.run())?.receipt.outcome).toBe('complete');
  });

  test('without a header, once: the next page is read all the same', async () => {
    const lab = laboratory(25);
    let pages = 0;
    tamper(lab, (path, answer) => {
      if (isList(path)) pages += 1;
      const { link: _, ...headers } = answer.headers as Record<string, string>;
      return isList(path) && pages === 2 ? { ...answer, headers } : answer;
    });
    expect((await lab.run())?.receipt).toMatchObject({ requests: { list: 4 }, integrations: { total: 25 } });
  });
});

test('P5: an integration that is no longer asked for gives its open syncs up', async () => {
  const start = new Date(until).toISOString();
  const open = { job_status: 'running', sync_start_time: start, sync_finish_time: null };
  const world: World = { integrations: () => [], rows: (id) => (id === 'a' ? [open] : []) };
  const lab = new Lab(new Random(1), world, { now: until + minute });
  await lab.run({ integrations: ['a', 'b'] });
  lab.now += 6 * 24 * hour;
  await lab.run({ integrations: ['b'] });
  expect((await readLake(lab.objects)).coverage[0]).toMatchObject({ open_syncs: 1, abandoned_syncs: 0 });
  lab.now += 2 * 24 * hour;
  await lab.run({ integrations: ['b'] });
  expect((await readLake(lab.objects)).coverage[0]).toMatchObject({ open_syncs: 0, abandoned_syncs: 1 });
});

describe('P19: another workspace’s key', () => {
  const bytesOf = async (lab: Lab): Promise<string[]> =>
    Promise.all(
      lab.objects
        .keys()
        .map(
          async (key) => `${key} ${Buffer.from((await lab.objects.get(key))?.body ?? []).toString('hex')}`,
        ),
    );
  const ofAnother = (path: string, answer: Answer): Answer =>
    isList(path)
      ? {
          ...answer,
          body: answer.body.replaceAll('5f3c1d2e4b6a790011223344', 'another').replaceAll('-4000-', '-4999-'),
        }
      : answer;

  test('is refused before anything is written, and the right one goes on', async () => {
    const lab = laboratory(12);
    await lab.run();
    const records = async () =>
      (await lab.checkpoints.list('tested')).filter(({ item }) => item !== 'workspace');
    const before = [await bytesOf(lab), await records()];
    lab.now += hour;
    tamper(lab, ofAnother);
    const result = await lab.run();
    expect(result?.receipt.outcome).toBe('failed');
    expect(result?.failures).toEqual([expect.stringContaining('app_group_id is another, and not 5f3c')]);
    expect([await bytesOf(lab), await records()]).toEqual(before);
    tamper(lab, (_, answer) => answer);
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 12 } });
  });

  test('P2: is refused too where the first run died at any call, once it had written to the lake', async () => {
    for (let call = 1; call <= 25; call += 1) {
      const lab = laboratory(2);
      await lab.run({}, new Process([{ call, applied: true, kind: 'crash' }]));
      if (lab.objects.keys().length === 0) continue;
      const before = await bytesOf(lab);
      tamper(lab, ofAnother);
      expect((await lab.run())?.receipt.outcome, `call ${call}`).toBe('failed');
      expect(await bytesOf(lab), `call ${call}`).toEqual(before);
    }
  });

  test('P20: also in a lake of an earlier version, whose record names no source', async () => {
    const lab = laboratory(12);
    await lab.run();
    const record = await lab.checkpoints.get('tested', 'workspace');
    const data = { format: 1, lease: null, requests: { list: {}, status: {} } };
    const older = { item: 'workspace', version: 99, data };
    await lab.checkpoints.put('tested', older, record?.version);
    tamper(lab, ofAnother);
    expect((await lab.run())?.receipt.outcome).toBe('failed');
    tamper(lab, (_, answer) => answer);
    expect((await lab.run())?.receipt.outcome).toBe('complete');
  });
});
