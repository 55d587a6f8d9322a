/** One run, from the lease to the receipt. */
import { beforeEach, describe, expect, test } from 'vitest';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import { daysKey } from '../../../lambda/schema/keys.ts';
import { type Lie, noAnswer } from '../../../local/simulator/lies/lie.ts';
import { readLake } from '../../simulation/checks/read-lake.ts';
import { type Lab, type LabOptions, workspace } from '../../simulation/lab/lab.ts';
import { alertPorts, RecordingSink } from '../../simulation/lab/recording-sink.ts';
import { minute, steady, sync, timedLab } from '../../simulation/lab/timed-world.ts';

const second = 1000;

/** Two integrations with three syncs each; an answer takes 100 ms. */
const laboratory = (options: LabOptions = {}) => timedLab({ a: steady(3), b: steady(3) }, options);

let lab: Lab;
beforeEach(() => {
  lab = laboratory();
});

const refusal = (status: number) => ({ status, headers: {}, body: '{"message":"no"}' });
const onlyOf =
  (id: string, answer: ReturnType<Lie>): Lie =>
  (truth, { integrationId }) =>
    integrationId === id ? answer : truth;

const recordOf = async (item: string) => await lab.checkpoints.get(workspace, item);
const factsOf = async () => (await recordOf('workspace'))?.data as Record<string, unknown>;

async function changeFacts(facts: Readonly<Record<string, unknown>>): Promise<void> {
  const record = await recordOf('workspace');
  if (!record) throw new Error('There is no record of the workspace.');
  const { version, data } = record;
  const changed = { ...record, version: version + 1, data: { ...(data as object), ...facts } };
  await lab.checkpoints.put(workspace, changed, version);
}

/** Called before each write of a record. */
function beforePut(watch: (item: string, data: Record<string, unknown>) => void | Promise<void>): void {
  const put = lab.checkpoints.put.bind(lab.checkpoints);
  lab.checkpoints.put = async (place, record, expected) => {
    await watch(record.item, record.data as Record<string, unknown>);
    await put(place, record, expected);
  };
}

describe('the receipt of a run', () => {
  test('says what it has done, and how long it took', async () => {
    const result = await lab.run();
    expect(result?.failures).toEqual([]);
    expect(result?.receipt).toMatchObject({
      outcome: 'complete',
      requests: { list: 1, status: 2 },
      pages: 2,
      rows: { new: 6, updated: 0, unchanged: 0, quarantined: 0 },
      integrations: { total: 2, failed: 0 },
      gaps: 0,
      open: 0,
      waited_seconds: 0,
      elapsed_seconds: 0.3,
    });
  });

  test('has seconds to a tenth', async () => {
    lab = laboratory({ latency: [130, 130] });
    expect((await lab.run())?.receipt.elapsed_seconds).toBe(0.4);
  });

  test('says how long it had to wait for the limit', async () => {
    lab = laboratory({ limits: { list: 1, status: 1 } });
    expect((await lab.run())?.receipt).toMatchObject({ waited_seconds: 60, elapsed_seconds: 60.3 });
  });
});

describe('the lease', () => {
  test('is held by one run: another steps aside, and asks for nothing', async () => {
    const until = new Date(lab.now + minute).toISOString();
    await lab.run();
    Object.assign(lab.checkpoints, { ownerIsDead: () => false });
    await changeFacts({ lease: { owner: 'other', until } });
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'busy', requests: { list: 0, status: 0 } });
  });

  test('that can not be taken is a failure; a fault of this program is thrown', async () => {
    beforePut(() => {
      throw new StoreFailure('There is no such table.');
    });
    const result = await lab.run();
    expect([result?.receipt.outcome, result?.failures]).toEqual(['failed', ['There is no such table.']]);
    beforePut(() => {
      throw new TypeError('A fault.');
    });
    await expect(lab.run()).rejects.toThrow('A fault.');
  });

  test('that another run has taken over ends this one: it keeps nothing, and does not give it back', async () => {
    const put = lab.objects.put.bind(lab.objects);
    lab.objects.put = async (key, ...rest) => {
      lab.objects.put = put;
      await changeFacts({ lease: { owner: 'other', until: new Date(lab.now + minute).toISOString() } });
      await put(key, ...rest);
    };
    const result = await lab.run();
    expect([result?.receipt.outcome, result?.failures]).toEqual(['suspended', []]);
    expect(await factsOf()).toMatchObject({ lease: { owner: 'other' } });
    expect(await recordOf('integration#a')).toBeUndefined();
    expect((await readLake(lab.objects)).coverage).toEqual([]);
  });

  test('that can not be given back runs out by itself: that is no failure; a fault of this program is thrown', async () => {
    const failToGiveBack = (error: Error) =>
      beforePut((item, { lease }) => {
        if (item === 'workspace' && lease === null) throw error;
      });
    failToGiveBack(new StoreFailure('No answer.'));
    const result = await lab.run();
    expect([result?.receipt.outcome, result?.failures]).toEqual(['complete', []]);
    expect(await factsOf()).toMatchObject({ lease: { owner: 'run-1' } });
    failToGiveBack(new TypeError('A fault.'));
    await expect(lab.run()).rejects.toThrow('A fault.');
  });

  test('is given back by a run that has failed, too', async () => {
    lab.braze.lie = () => refusal(401);
    await lab.run();
    expect(await factsOf()).toMatchObject({ lease: null });
  });
});

describe('a run ends before its end', () => {
  test('for want of time: what it has read is kept, and nobody has failed', async () => {
    const result = await lab.run({ deadline: lab.now + 250 });
    expect([result?.receipt.outcome, result?.failures]).toEqual(['suspended', []]);
    expect(result?.receipt).toMatchObject({ pages: 1, rows: { new: 3 }, integrations: { failed: 0 } });
  });

  test('where the key is refused: that is said once, and of each integration in its coverage', async () => {
    await lab.run();
    lab.braze.lie = () => refusal(401);
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringMatching(/does not accept the API key/)]);
    expect(result?.receipt).toMatchObject({ outcome: 'failed', integrations: { total: 2, failed: 2 } });
    const { coverage } = await readLake(lab.objects);
    expect(coverage.map(({ state, failure }) => [state, failure])).toEqual(
      ['a', 'b'].map(() => ['failing', result?.failures[0]]),
    );
  });

  test('where what is stored belongs to another source: nothing is written', async () => {
    await lab.run({ source: 'one.example' });
    const before = await readLake(lab.objects);
    const result = await lab.run({ source: 'other.example', integrations: ['a'] });
    expect(result?.receipt).toMatchObject({ outcome: 'failed', requests: { list: 0, status: 0 } });
    expect(result?.failures).toEqual([expect.stringMatching(/was read from one\.example/)]);
    expect(await readLake(lab.objects)).toEqual(before);
  });

  test('where its list is another workspace’s: nothing is written, of nobody’s failure either', async () => {
    await lab.run();
    const before = await readLake(lab.objects);
    lab.braze.lie = (truth) => ({ ...truth, body: truth.body.replaceAll('"group"', '"other"') });
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringMatching(/belongs to another Braze workspace/)]);
    expect(await readLake(lab.objects)).toEqual(before);
  });

  test('with a fault of this program: it is thrown, and the coverage says nothing of it', async () => {
    await lab.run();
    const before = await readLake(lab.objects);
    lab.objects.get = async () => {
      throw new TypeError('A fault.');
    };
    lab.now += 60 * minute;
    await expect(lab.run()).rejects.toThrow('A fault.');
    expect(await readLake(lab.objects)).toEqual(before);
  });

  test('where the store does nothing of what it is asked: coverage goes back to what was kept before', async () => {
    await lab.run();
    lab.now += 60 * minute;
    const put = lab.objects.put.bind(lab.objects);
    lab.objects.put = async (key, ...rest) => {
      if (key.startsWith('syncs/')) throw new StoreFailure('No room.', { isOfWholeStore: true });
      await put(key, ...rest);
    };
    const result = await lab.run();
    expect([result?.receipt.outcome, result?.failures]).toEqual(['failed', ['No room.']]);
    const { coverage } = await readLake(lab.objects);
    expect(coverage.map(({ state, failure }) => [state, failure])).toEqual([
      ['failing', 'No room.'],
      ['failing', 'No room.'],
    ]);
  });

  test('where the records can not be listed: coverage stays as it was', async () => {
    await lab.run();
    const before = (await readLake(lab.objects)).coverage;
    lab.checkpoints.list = async () => {
      throw new StoreFailure('No answer.');
    };
    const result = await lab.run();
    expect([result?.receipt.outcome, result?.failures]).toEqual(['failed', ['No answer.']]);
    expect((await readLake(lab.objects)).coverage).toEqual(before);
  });

  test('where not even the coverage can be written: that is said once', async () => {
    lab.objects.put = async () => {
      throw new StoreFailure('No room.', { isOfWholeStore: true });
    };
    expect((await lab.run())?.failures).toEqual(['No room.']);
  });
});

describe('who was not answered when a run ends for want of time', () => {
  const silent = { ...noAnswer, delayMs: 3_600_000 };

  test('has failed by himself, where others were answered', async () => {
    lab.braze.lie = onlyOf('a', refusal(500));
    const result = await lab.run({ deadline: lab.now + 20 * minute });
    expect(result?.failures).toEqual([expect.stringMatching(/^Integration a .* did not answer in 5 tries/)]);
  });

  test('has failed where he was refused and another was answered, though there was no time for a third', async () => {
    lab = timedLab({ a: steady(3), b: steady(3), c: steady(3) }, { limits: { list: 10, status: 2 } });
    lab.braze.lie = onlyOf('b', refusal(403));
    const result = await lab.run({ deadline: lab.now + 30 * second });
    expect(result?.failures).toEqual([expect.stringMatching(/^Integration b .* refuses this integration/)]);
  });

  test('is everybody, where nobody was: that is an outage', async () => {
    lab.braze.lie = () => silent;
    const result = await lab.run({ deadline: lab.now + 10 * second });
    expect(result?.failures).toEqual([expect.stringMatching(/^Braze answers nothing/)]);
  });

  test('is nobody, where a person has stopped it', async () => {
    const stop = new AbortController();
    lab.braze.lie = () => {
      stop.abort();
      return silent;
    };
    const result = await lab.run({ signal: stop.signal });
    expect([result?.receipt.outcome, result?.failures]).toEqual(['suspended', []]);
  });
});

describe('a run for integrations that are named by hand', () => {
  test('does not ask for the list, and leaves its reading and the table as they are', async () => {
    lab = timedLab(Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`i${at + 10}`, steady(1)])));
    await lab.run({ deadline: lab.now + 150 });
    const { list_reading } = await factsOf();
    expect(list_reading).toMatchObject({ place: expect.any(String) });
    const before = (await readLake(lab.objects)).integrations;
    const result = await lab.run({ integrations: ['i10', 'i30'] });
    expect(result?.receipt).toMatchObject({
      outcome: 'complete',
      requests: { list: 0, status: 2 },
      integrations: { total: 2 },
    });
    expect(await factsOf()).toMatchObject({ list_reading });
    expect((await readLake(lab.objects)).integrations).toEqual(before);
  });

  test('shows that Braze answers again', async () => {
    await lab.run();
    lab.braze.lie = () => refusal(401);
    await lab.run();
    expect(await factsOf()).toMatchObject({ denied_since: expect.any(String) });
    lab.braze.lie = undefined;
    await lab.run({ integrations: ['a'] });
    expect(await factsOf()).toMatchObject({ denied_since: null });
  });

  test('says of an id that nobody knows that it is a mistake', async () => {
    const result = await lab.run({ integrations: ['a', 'nobody'] });
    expect(result?.failures).toEqual([expect.stringMatching(/^Integration nobody .*Check the id/)]);
  });
});

describe('while it goes on, a run tells', () => {
  const eventsOf = async (options: Parameters<Lab['run']>[0] = {}) => {
    const events: RunEvent[] = [];
    lab.report = (event) => events.push(event);
    await lab.run(options);
    return events;
  };

  test('how many are to be exported, as far as it is known: before the list, and when it has named more', async () => {
    const told = (await eventsOf()).filter(({ kind }) => kind === 'listed');
    expect(told).toEqual([0, 2].map((integrations) => ({ kind: 'listed', integrations })));
  });

  test('that there are syncs which the tables do not show, where they are older than the first day', async () => {
    const hidden = async (firstDay: string) =>
      (await eventsOf({ firstDay })).filter(({ kind }) => kind === 'hidden');
    expect(await hidden('2026-06-02')).toEqual([
      { kind: 'hidden', oldest: '2026-06-01', firstDay: '2026-06-02' },
    ]);
    expect(await hidden('2026-06-01')).toEqual([]);
    expect((await eventsOf()).filter(({ kind }) => kind === 'hidden')).toEqual([]);
  });

  test('nothing of that where there are no syncs', async () => {
    lab = timedLab({});
    expect((await eventsOf({ firstDay: '2026-06-02' })).map(({ kind }) => kind)).toEqual([
      'listed',
      'commit',
    ]);
  });
});

describe('months that may be behind', () => {
  /** All months may be; to read one takes so long. @returns how many were made anew. */
  async function madeAnew(readMs: number, deadlineMs: number): Promise<number> {
    await lab.run();
    await changeFacts({ months_behind: 'all' });
    const months = new Set<string>();
    const get = lab.objects.get.bind(lab.objects);
    lab.objects.get = async (key) => {
      if (key.startsWith('days/')) {
        months.add(key);
        await lab.clock.sleep(readMs);
      }
      return await get(key);
    };
    const result = await lab.run({ deadline: lab.exporterClock.now() + deadlineMs });
    expect(result).toMatchObject({ failures: [], receipt: { outcome: 'suspended' } });
    return months.size;
  }

  test('are made anew for ten seconds after the deadline, and the next run goes on', async () => {
    expect(await madeAnew(10 * second, 200 * second)).toBe(21);
    expect((await factsOf()).months_behind).not.toContain('2026-06');
  });

  test('of a short run, for a tenth of it', async () => {
    expect(await madeAnew(second, 20 * second)).toBe(22);
  });

  test('are made anew as the last thing, where all else was kept', async () => {
    await lab.run();
    await changeFacts({ months_behind: ['2026-06'] });
    lab.objects.lose(daysKey(workspace, '2026-06'));
    expect((await lab.run())?.receipt.outcome).toBe('complete');
    expect((await readLake(lab.objects)).sums).toHaveLength(2);
  });
});

describe('who is not answered', () => {
  const by = (answers: Readonly<Record<string, number>>): Lie => {
    return (truth, { integrationId = '' }) => {
      const status = answers[integrationId];
      return status === undefined ? truth : refusal(status);
    };
  };
  const fourOf = () => timedLab(Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, steady(3)])));

  test('as the last ones that are asked, and nobody else is there: that is one outage, and not theirs', async () => {
    lab.braze.lie = by({ a: 500, b: 500 });
    const result = await lab.run({ integrations: ['a', 'b'] });
    expect(result?.failures).toEqual([expect.stringMatching(/^Braze answers nothing/)]);
  });

  test('has failed by himself also where the reading ends since the key is refused', async () => {
    lab = fourOf();
    lab.braze.lie = by({ a: 500, b: 403, c: 403, d: 403 });
    const result = await lab.run({ integrations: ['a', 'b', 'c', 'd'] });
    expect(result?.failures.toSorted()).toEqual([
      expect.stringMatching(/^Braze forbids this to the API key/),
      expect.stringMatching(/^Integration a .*did not answer/),
    ]);
  });

  test('is told of once, where all are refused from some time on: it is about the key', async () => {
    const ids = Array.from({ length: 17 }, (_, index) => `i${index + 10}`);
    lab = timedLab(Object.fromEntries(ids.map((id) => [id, steady(3)])));
    lab.braze.lie = by(Object.fromEntries(ids.slice(1).map((id) => [id, 403])));
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringMatching(/^Braze forbids this to the API key/)]);
  });
});

describe('that Braze answers again', () => {
  const isDenied = async () => (await factsOf()).denied_since !== null;

  beforeEach(async () => {
    await lab.run();
    lab.braze.lie = () => refusal(401);
    await lab.run();
    lab.braze.lie = undefined;
    expect(await isDenied()).toBe(true);
  });

  test('is shown by the list alone', async () => {
    await lab.run({ deadline: lab.exporterClock.now() + 150 });
    expect(await isDenied()).toBe(false);
  });

  test('is not shown by a run that has asked nobody', async () => {
    await lab.run({ deadline: lab.exporterClock.now() });
    await lab.run({ deadline: lab.exporterClock.now(), integrations: ['a'] });
    expect(await isDenied()).toBe(true);
  });
});

describe('what a run has read', () => {
  test('is committed on the way, after as many answers as the limit allows in a minute', async () => {
    lab = timedLab({ a: steady(60) }, { limits: { list: 50, status: 3 } });
    const commits: RunEvent[] = [];
    lab.report = (event) => void (event.kind === 'commit' && commits.push(event));
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', pages: 6 });
    expect(commits.map((event) => 'rows' in event && event.rows)).toEqual([30, 30, 0]);
  });

  test('and the lake has lost meanwhile is read again in the same run', async () => {
    lab = timedLab({ a: steady(40) });
    await lab.run();
    const before = await readLake(lab.objects);
    for (const key of before.days.keys()) lab.objects.lose(key);
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({ outcome: 'complete', gaps: 0, rows: { new: 40 } });
    expect(result?.receipt.late).toBeGreaterThan(0);
    expect((await readLake(lab.objects)).syncs).toEqual(before.syncs);
  });

  test('names as listed whom the list names', async () => {
    await lab.run();
    const { integrations } = await readLake(lab.objects);
    expect(integrations.map(({ listed }) => listed)).toEqual([true, true]);
  });

  test('and nobody believes yet is a failure: a list of syncs that is suddenly empty', async () => {
    const rows = { a: steady(3), b: steady(3) };
    lab = timedLab(rows);
    await lab.run();
    rows.a.length = 0;
    lab.now += 60 * minute;
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringMatching(/^Integration a could not be exported\./)]);
  });

  test('and can not place, for the most part, is a failure', async () => {
    const odd = steady(21).slice(0, 21);
    for (const each of odd) each.row.sync_start_time = '01.06.2026';
    lab = timedLab({ a: [...odd, ...steady(2)], b: steady(3) });
    const result = await lab.run();
    expect(result?.failures).toEqual([expect.stringMatching(/^Most rows of this run/)]);
  });
});

describe('what is to be told', () => {
  test('of what nobody was told of for a week, nobody is told the end', async () => {
    const rows = { a: steady(3).slice(0, 3) };
    const [, , newest] = rows.a;
    if (newest) newest.row.job_status = 'error';
    lab = timedLab(rows);
    const sink = new RecordingSink('topic');
    lab.alerts = alertPorts([sink]);
    sink.receive = () => 'is refused';
    expect((await lab.run())?.receipt.incidents).toEqual({ raised: 1, resolved: 0 });
    lab.now += 8 * 24 * 60 * minute;
    rows.a.push({ listedAt: 0, row: sync(lab.now - minute) });
    expect((await lab.run())?.receipt.incidents).toEqual({ raised: 0, resolved: 1 });
    sink.receive = () => 'arrives';
    await lab.run();
    expect(sink.arrived).toEqual([]);
  });

  test('of finished syncs is kept for nobody where nobody wants to hear of them: each record is written once', async () => {
    await lab.run();
    lab.now += 60 * minute;
    const written: string[] = [];
    beforePut((item) => void (item !== 'workspace' && written.push(item)));
    await lab.run();
    expect(written.toSorted()).toEqual(['integration#a', 'integration#b']);
  });
});

test('months are not made anew in a steady run, nor in the first one', async () => {
  const months: string[] = [];
  const get = lab.objects.get.bind(lab.objects);
  lab.objects.get = async (key) => {
    if (key.startsWith('days/')) months.push(key);
    return await get(key);
  };
  await lab.run();
  expect((await factsOf()).months_behind).toEqual([]);
  await lab.run();
  expect(months).toEqual([daysKey(workspace, '2026-06')]);
});
