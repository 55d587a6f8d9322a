/** What fails for its own reason holds back what belongs to it, and nothing else. */
import { describe, expect, test } from 'vitest';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { readLake } from '../../simulation/checks/read-lake.ts';
import { Process } from '../../simulation/lab/disturbance.ts';
import { Lab } from '../../simulation/lab/lab.ts';
import { Random } from '../../simulation/lab/random.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const now = Date.UTC(2026, 5, 1, 12);

const sync = (start: number, fields: object = {}) => ({
  job_status: 'success',
  sync_start_time: new Date(start).toISOString(),
  sync_finish_time: new Date(start + 60_000).toISOString(),
  ...fields,
});
/** Of the hours before now, the oldest first. */
const syncs = (count: number) => Array.from({ length: count }, (_, at) => sync(now - (count - at) * hour));

function laboratory(rows: Readonly<Record<string, readonly unknown[]>>): Lab {
  const listed = (id: string) => ({ integration_id: id, integration_name: id, contact_emails: null });
  const world = {
    integrations: () => Object.keys(rows).map(listed) as never[],
    rows: (id: string) => rows[id],
  };
  return new Lab(new Random(1), world, { now, limits: { list: 5000, status: 5000 } });
}

const statesOf = async (lab: Lab) =>
  (await readLake(lab.objects)).coverage.map(({ integration_id, state }) => [integration_id, state]);

function refuse(lab: Lab, isRefused: (what: string) => boolean, message = 'It is too large.'): void {
  const { objects, checkpoints } = lab;
  const [putObject, putRecord] = [objects.put.bind(objects), checkpoints.put.bind(checkpoints)];
  objects.put = async (key, body, expected) => {
    if (isRefused(key)) throw new StoreFailure(message);
    return putObject(key, body, expected);
  };
  checkpoints.put = async (workspace, record: CheckpointRecord, expected) => {
    if (isRefused(record.item)) throw new StoreFailure(message);
    return putRecord(workspace, record, expected);
  };
}

describe('P10: holds back its integrations, and the others are exported:', () => {
  test('a record that is too large', async () => {
    const lab = laboratory({ a: syncs(15), b: syncs(15) });
    let isTooLarge = true;
    refuse(lab, (what) => isTooLarge && what === 'integration#a');
    const result = await lab.run();
    expect(result?.failures).toEqual(['It is too large.']);
    expect(result?.receipt).toMatchObject({ outcome: 'failed', integrations: { total: 2, failed: 1 } });
    expect(await statesOf(lab)).toEqual([
      ['a', 'failing'],
      ['b', 'complete'],
    ]);

    isTooLarge = false;
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 0 } });
  });

  test('one object that may not be written', async () => {
    const old = [sync(now - 40 * day), ...syncs(3)];
    const lab = laboratory({ a: old, b: syncs(15), c: old.slice(0, 1) });
    let isForbidden = true;
    refuse(lab, (what) => isForbidden && what.includes('dt=2026-04-22'));
    const result = await lab.run();
    expect(result?.failures).toEqual(['It is too large.']);
    expect(await statesOf(lab)).toEqual([
      ['a', 'failing'],
      ['b', 'complete'],
      ['c', 'failing'],
    ]);
    expect((await readLake(lab.objects)).syncs).toHaveLength(3 + 15);

    isForbidden = false;
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 2 } });
  });

  test('a row that is nested too deep, and one of a hundred thousand values', async () => {
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const rows = [JSON.parse(deep), sync(now - day, { long: Array(200_000).fill(1) }), ...syncs(3)];
    const { RawJson } = await import('../../../local/simulator/world.ts');
    const lab = laboratory({ a: [new RawJson(deep), ...rows.slice(1)], b: syncs(2) });
    const result = await lab.run();
    expect(result?.receipt).toMatchObject({
      outcome: 'complete',
      rows: { new: 6, quarantined: 1 },
    });
    expect((await readLake(lab.objects)).quarantine).toEqual([
      { integration_id: 'a', reason: 'It is nested more than 500 levels deep.', raw: deep },
    ]);
  });
});

test('P8: a store that does nothing of what it is asked fails the run, with one sentence', async () => {
  const daily = Array.from({ length: 60 }, (_, age) => sync(now - (60 - age) * day));
  const lab = laboratory({ a: daily, b: syncs(15) });
  const refused: string[] = [];
  const isRefused = (what: string) => {
    if (what.startsWith('syncs/')) refused.push(what);
    return what.startsWith('syncs/');
  };
  refuse(lab, isRefused, 'The store is not open to this user.');
  const result = await lab.run();
  expect(result?.failures).toEqual(['The store is not open to this user.']);
  expect(result?.receipt).toMatchObject({ outcome: 'failed', integrations: { total: 2, failed: 2 } });
  expect(await statesOf(lab)).toEqual([
    ['a', 'failing'],
    ['b', 'failing'],
  ]);
  // Not every one of the sixty days was tried.
  expect(new Set(refused).size).toBeLessThan(20);
});

describe('a row that lay more than a day ahead', () => {
  const ahead = sync(now + 3 * day);
  const started = async () => {
    const lab = laboratory({ a: [...syncs(3), ahead], b: [...syncs(2), 5] });
    await lab.run();
    expect((await readLake(lab.objects)).quarantine).toHaveLength(2);
    lab.now += 3 * day;
    return lab;
  };

  test('P10: leaves the quarantine when it is placed, and the others stay', async () => {
    const lab = await started();
    expect((await lab.run())?.receipt.rows).toMatchObject({ new: 1, quarantined: 0 });
    const { syncs: lines, quarantine } = await readLake(lab.objects);
    expect(lines).toHaveLength(6);
    expect(quarantine.map(({ integration_id, raw }) => [integration_id, raw])).toEqual([['b', '5']]);
  });

  test('P2: and whatever call dies on the way, it is never in neither, and in the end in the lake alone', async () => {
    let calls = Number.POSITIVE_INFINITY;
    for (let call = 1; call <= calls; call += 1) {
      for (const applied of [false, true]) {
        const lab = await started();
        const process = new Process([{ call, applied, kind: 'crash' }]);
        await lab.run({}, process);
        if (!process.dead) calls = process.calls;
        const between = await readLake(lab.objects);
        const isHeld = ({ raw }: { raw?: unknown }) => raw === JSON.stringify(ahead);
        expect(between.syncs.some(isHeld) || between.quarantine.some(isHeld)).toBe(true);
        await lab.run();
        const { syncs: lines, quarantine } = await readLake(lab.objects);
        expect([lines.filter(isHeld).length, quarantine.filter(isHeld).length]).toEqual([1, 0]);
      }
    }
    expect(calls).toBeGreaterThan(10);
  });
});

describe('a quarantine', () => {
  const ahead = sync(now + 3 * day);
  /** Before what was seen of a quarantine is a day old. */
  const soon = sync(now + day + 90 * 60_000);
  const looksOf = (lab: Lab) => {
    const { objects } = lab;
    const get = objects.get.bind(objects);
    const looks: string[] = [];
    objects.get = async (key) => {
      if (key.startsWith('quarantine/')) looks.push(key.slice(-'a.ndjson.gz'.length));
      return get(key);
    };
    return () => looks.splice(0);
  };

  test('that is empty is looked at once a day, and one that is not in every run that meets rows', async () => {
    const rows = { a: syncs(3), b: [...syncs(3), 5] };
    const lab = laboratory(rows);
    const looks = looksOf(lab);
    const afterRun = async () => {
      await lab.run();
      return looks().sort();
    };
    expect(await afterRun()).toEqual(['a.ndjson.gz', 'b.ndjson.gz']);
    for (const news of ['a', 'b', 'a'] as const) {
      lab.now += hour;
      rows[news].push(sync(lab.now));
      expect(await afterRun()).toEqual(['b.ndjson.gz']);
    }
    lab.now = now + day - hour;
    expect(await afterRun()).toEqual(['b.ndjson.gz']);
    lab.now = now + day + hour;
    expect(await afterRun()).toEqual(['a.ndjson.gz', 'b.ndjson.gz']);
    // The clock was wrong before, or is now.
    lab.now = now + hour;
    expect(await afterRun()).toEqual(['a.ndjson.gz', 'b.ndjson.gz']);
  });

  test('P20: is looked at again after the checkpoint was restored, though its record says that it is empty', async () => {
    const rows = { a: syncs(3) };
    const lab = laboratory(rows);
    await lab.run();
    const { checkpoints: backup } = lab.fork(new Random(2));
    lab.now += hour;
    rows.a.push(ahead);
    await lab.run();
    expect((await readLake(lab.objects)).quarantine).toHaveLength(1);
    lab.checkpoints.copyFrom(backup);
    lab.now += 3 * day;
    await lab.run();
    const { syncs: lines, quarantine } = await readLake(lab.objects);
    expect([lines.length, quarantine.length]).toEqual([4, 0]);
  });

  test('P2: that was empty before a run died is looked at, whatever call that run died at', async () => {
    let calls = Number.POSITIVE_INFINITY;
    for (let call = 1; call <= calls; call += 1) {
      for (const applied of [false, true]) {
        const rows = { a: syncs(3) };
        const lab = laboratory(rows);
        await lab.run();
        lab.now += hour;
        rows.a.push(soon);
        const process = new Process([{ call, applied, kind: 'crash' }]);
        await lab.run({}, process);
        if (!process.dead) calls = process.calls;
        lab.now += hour;
        await lab.run();
        const { syncs: lines, quarantine } = await readLake(lab.objects);
        expect([call, applied, lines.length, quarantine.length]).toEqual([call, applied, 4, 0]);
      }
    }
    expect(calls).toBeGreaterThan(10);
  });

  test.each(['a', '__proto__'])('that was empty before %s was held back is looked at', async (id) => {
    const rows = syncs(3);
    const lab = laboratory(Object.fromEntries([[id, rows]]));
    await lab.run();
    lab.now += hour;
    rows.push(soon);
    let isTooLarge = true;
    refuse(lab, (what) => isTooLarge && what === `integration#${id}`);
    await lab.run();
    expect((await readLake(lab.objects)).quarantine).toHaveLength(1);
    isTooLarge = false;
    lab.now += hour;
    await lab.run();
    const { syncs: lines, quarantine } = await readLake(lab.objects);
    expect([lines.length, quarantine.length]).toEqual([4, 0]);
  });
});

test('a history of which no row can be placed has failed, with the reason, until one can; the others are exported', async () => {
  const odd = [1, 2, 3].map((minute) => sync(now, { sync_start_time: `01.06.2026 10:0${minute}` }));
  const lab = laboratory({ a: odd, b: syncs(2) });
  const result = await lab.run();
  expect(result?.receipt).toMatchObject({ outcome: 'failed', rows: { new: 2, quarantined: 3 } });
  // A list that holds nothing usable is asked more than once, and each reading counts.
  expect(result?.failures?.map((failure) => failure.replace(/ \d+ rows/, ' n rows'))).toEqual([
    'Integration a could not be exported. None of the n rows read could be placed. sync_start_time is not an ' +
      'ISO 8601 time. It has the form "99.99.9999 99:99", with 9 for digits and a for letters. They are kept ' +
      'in the quarantine.',
  ]);
  expect(await statesOf(lab)).toEqual([
    ['a', 'failing'],
    ['b', 'complete'],
  ]);
  odd.push(sync(now));
  expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 1 } });
});

test.each(['newest_first', 'oldest_first'] as const)(
  'P3: %s, a link to the page before without a cursor is the first page',
  async (order) => {
    const rows = syncs(35);
    const world = {
      integrations: () => [{ integration_id: 'a', contact_emails: null }] as never[],
      rows: () => rows,
    };
    const options = {
      now,
      limits: { list: 5000, status: 5000 },
      quirks: { order, linkForm: 'relative' },
    } as const;
    const lab = new Lab(new Random(1), world, options);
    const answer = lab.braze.answer.bind(lab.braze);
    lab.braze.answer = (request, at) => {
      const { status, headers, body } = answer(request, at);
      const link = headers.link?.replace('?cursor=c2tpcDow>', '>');
      return { status, headers: { ...headers, ...(link === undefined ? {} : { link }) }, body };
    };
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 35 } });
    rows.push(sync(now));
    lab.now += hour;
    expect((await lab.run())?.receipt).toMatchObject({ outcome: 'complete', rows: { new: 1 } });
  },
);
