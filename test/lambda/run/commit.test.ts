import { describe, expect, test } from 'vitest';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { WriteBuffer } from '../../../lambda/run/write-buffer.ts';
import { quarantineKey, syncsKey } from '../../../lambda/schema/keys.ts';
import { gapsOf } from '../../../lambda/walk/history.ts';
import { appliedThenFailed, bufferOf, Desk, june, type Read, today } from './commit-desk.ts';
import { ago, historyOf, readHead, runOf, stretch } from './integrations.ts';

const whole = () => historyOf([stretch(1, 9, { closed: true })]);

describe('commit', () => {
  test('P2: notes the month, writes days, then the month, then quarantine, then the lease, then the records', async () => {
    const desk = new Desk();
    const buffer = bufferOf({ id: 'a', hours: 1 }, { id: 'a', hours: 2 });
    buffer.quarantine({ integrationId: 'a', reason: 'Odd.', raw: '5' });

    expect(await desk.commit(buffer, runOf('a'))).toEqual([]);

    const records = ['lease', 'integration#a'];
    expect(desk.written).toEqual(['lease', today, june, quarantineKey('w', 'a'), ...records]);
    expect(await desk.linesOf(today)).toHaveLength(2);
    expect(desk.receipt).toMatchObject({
      rows: { new: 2, updated: 0, unchanged: 0, quarantined: 1 },
      objects: { read: 0, written: 3 },
    });
  });

  test('P11: writes nothing but the lease where nothing was learned', async () => {
    const desk = new Desk();
    const integration = runOf('a');
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), integration);
    desk.written.length = 0;

    await desk.commit(bufferOf({ id: 'a', hours: 1 }), integration);

    expect(desk.written).toEqual(['lease']);
    expect(desk.receipt.rows).toMatchObject({ new: 1, unchanged: 1 });
  });

  test('counts a row whose state has changed as updated', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ id: 'a', hours: 1, status: 'running' }), runOf('a'));
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a', historyOf([]), 1));
    expect(desk.receipt).toMatchObject({
      rows: { new: 1, updated: 1, unchanged: 0 },
      objects: { read: 2, written: 4 },
    });
  });

  test('P9: a run that has lost the lease before its days writes nothing', async () => {
    const desk = new Desk();
    desk.renewLease = async () => {
      throw new LostRace('The lease');
    };
    await expect(desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a'))).rejects.toThrow(LostRace);
    expect(desk.written).toEqual(['lease']);
  });

  test('P9: one that has lost it after them writes no record: the lake is ahead, which loses nothing', async () => {
    const desk = new Desk();
    desk.renewLease = async () => {
      if (desk.written.includes(today)) throw new LostRace('The lease');
    };
    await expect(desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a'))).rejects.toThrow(LostRace);
    expect(await desk.linesOf(today)).toHaveLength(1);
    expect(await desk.kept('a')).toBeUndefined();
  });

  test('P9: a run that has lost the lease between its note and a day writes no day', async () => {
    const desk = new Desk();
    desk.keepLease = async () => {
      throw new LostRace('The lease');
    };
    await expect(desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a'))).rejects.toThrow(LostRace);
    expect(desk.written).toEqual(['lease']);
  });

  test('P9: a run that has lost the lease puts nothing into quarantine', async () => {
    const desk = new Desk();
    desk.keepLease = async () => {
      throw new LostRace('The lease');
    };
    const buffer = new WriteBuffer();
    buffer.quarantine({ integrationId: 'a', reason: 'Odd.', raw: '5' });
    await expect(desk.commit(buffer, runOf('a'))).rejects.toThrow(LostRace);
    expect(desk.written).toEqual([]);
  });

  test('P2: a store that writes no day leaves every record as it was, and the lease', async () => {
    const desk = new Desk();
    desk.put = async () => {
      throw new StoreFailure('No room.');
    };
    const days = Array.from({ length: 8 }, (_, day) => ({ id: 'a', hours: 1 + day * 24 }));
    await expect(desk.commit(bufferOf(...days), runOf('a'), runOf('b'))).rejects.toThrow('No room.');
    expect(desk.written.filter((each) => !each.startsWith('syncs/'))).toEqual(['lease']);
  });

  test('P5: takes over from the day which syncs are open, also those that an earlier run has left there', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ id: 'a', hours: 3, status: 'running' }), runOf('crashed'));

    await desk.commit(bufferOf({ id: 'a', hours: 1 }, { id: 'a', hours: 2, status: 'running' }), runOf('a'));

    const opens = (await desk.kept('a'))?.opens.map(({ start }) => start);
    expect(opens?.sort()).toEqual([ago(3), ago(2)]);
  });

  test('P10: a quarantined row is counted once, however often it is seen and its write is lost', async () => {
    const desk = new Desk();
    desk.put = appliedThenFailed;
    const odd = { integrationId: 'a', reason: 'Odd.', raw: '5' };
    for (let times = 0; times < 2; times += 1) {
      const buffer = new WriteBuffer();
      buffer.quarantine(odd);
      await desk.commit(buffer);
    }
    expect(desk.receipt.rows).toMatchObject({ quarantined: 1, unchanged: 1 });
    expect(await desk.objects.get(quarantineKey('w', 'a'))).toBeDefined();
  });

  test('P2: rows are counted once where their day is looked at twice', async () => {
    const desk = new Desk();
    desk.put = appliedThenFailed;
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('a'));
    expect(desk.receipt.rows).toMatchObject({ new: 1, updated: 0, unchanged: 0 });
  });
});

describe('P3: a row that the lake should have had', () => {
  const expected: Read = { id: 'a', hours: 2, isExpected: true };

  test('and did not shows that its history is not whole, and it is not written down as whole', async () => {
    const desk = new Desk();
    const [a, b] = [runOf('a', whole()), runOf('b', whole())];
    const buffer = new WriteBuffer();
    buffer.add(readHead(a, [1, 2, 3]));
    await desk.commit(buffer, a, b);
    expect(desk.events).toEqual([{ kind: 'late', integrationId: 'a', rows: 3 }]);
    expect(desk.receipt.late).toBe(3);
    const kept = [await desk.kept('a'), await desk.kept('b')];
    expect(kept.map((each) => each && [gapsOf(each), each.lateRows])).toEqual([
      [1, 3],
      [0, 0],
    ]);
  });

  test('does so, too, where the second look meets this run’s own write', async () => {
    const desk = new Desk();
    desk.put = appliedThenFailed;
    await desk.commit(bufferOf(expected), runOf('a', whole()));
    expect(desk.events).toEqual([{ kind: 'late', integrationId: 'a', rows: 1 }]);
  });

  test('and had shows nothing', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ ...expected, isExpected: false }), runOf('a', whole()));
    await desk.commit(bufferOf(expected), runOf('a', whole(), 1));
    expect(desk.events).toEqual([]);
  });

  test('P11: cuts as far whichever of its days is written first', async () => {
    const desk = new Desk();
    await desk.commit(bufferOf({ id: 'a', hours: 1 }), runOf('b'));
    const older = syncsKey('w', '2026-05-31');
    let writeToday = () => {};
    const todayIsWritten = new Promise<void>((resolve) => {
      writeToday = resolve;
    });
    desk.put = async (real, ...put) => {
      if (put[0] === older) await todayIsWritten;
      await real(...put);
      if (put[0] === today) writeToday();
    };
    const integration = runOf('a', historyOf([stretch(1, 90, { closed: true })]));
    const buffer = new WriteBuffer();
    // Of today's one is new to the lake; of yesterday's, all are.
    buffer.add(readHead(integration, [1, 2, 13]));
    await desk.commit(buffer, integration);
    const { stretches = [] } = (await desk.kept('a')) ?? {};
    expect(stretches.map(({ newest }) => newest)).toEqual([ago(1), '2026-05-30T23:59:59.999']);
  });

  test('and is the only one of its day that was met there: its day is read again, and no other', async () => {
    const desk = new Desk();
    const stored = bufferOf({ id: 'a', hours: 1 }, { id: 'a', hours: 13 });
    await desk.commit(stored, runOf('b'));
    const integration = runOf('a', historyOf([stretch(1, 90, { closed: true })]));
    const buffer = new WriteBuffer();
    // Of yesterday one was there and one was not; of the day before yesterday's rows none was.
    buffer.add(readHead(integration, [1, 13, 14, 40]));
    await desk.commit(buffer, integration);
    const { stretches = [] } = (await desk.kept('a')) ?? {};
    expect(stretches.map(({ newest, oldest }) => [newest, oldest])).toEqual([
      [ago(1), ago(40)],
      ['2026-05-29T23:59:59.999', ago(90)],
    ]);
  });

  test('of one integration says nothing of another that shares its day', async () => {
    const desk = new Desk();
    const rows = [
      { ...expected, isExpected: false },
      { ...expected, id: 'b' },
    ];
    await desk.commit(bufferOf(...rows), runOf('a', whole()), runOf('b', whole()));
    expect(desk.events).toEqual([{ kind: 'late', integrationId: 'b', rows: 1 }]);
  });
});

describe('P10: what is damaged holds back', () => {
  const torn = Buffer.from('not gzip');

  test('the records of those that have rows in it, and nothing else', async () => {
    const desk = new Desk();
    await desk.objects.put(today, torn, undefined);
    const [a, b] = [runOf('a'), runOf('b')];

    const damages = await desk.commit(bufferOf({ id: 'a', hours: 1 }, { id: 'b', hours: 30 }), a, b);

    expect(damages).toEqual([expect.stringContaining(today)]);
    expect([a.isHeldBack, b.isHeldBack]).toEqual([true, false]);
    expect(await desk.kept('a')).toBeUndefined();
    expect(await desk.kept('b')).toBeDefined();
    expect(Buffer.from((await desk.objects.get(today))?.body ?? [])).toEqual(torn);
  });

  test('the integration whose quarantine it is', async () => {
    const desk = new Desk();
    await desk.objects.put(quarantineKey('w', 'a'), torn, undefined);
    const buffer = new WriteBuffer();
    buffer.quarantine({ integrationId: 'a', reason: 'Odd.', raw: '5' });
    const [a, b] = [runOf('a'), runOf('b')];
    expect(await desk.commit(buffer, a, b)).toHaveLength(1);
    expect([a.isHeldBack, b.isHeldBack]).toEqual([true, false]);
    expect(desk.receipt.rows.quarantined).toBe(0);
  });

  test('and so does a history that contradicts itself: it is never written', async () => {
    const desk = new Desk();
    const broken = historyOf([stretch(5, 9), stretch(6, 12)]);
    const [a, b] = [runOf('a', broken), runOf('b')];
    const faults = await desk.commit(new WriteBuffer(), a, b);
    expect(faults).toEqual([expect.stringContaining('integration a ')]);
    expect([a.isHeldBack, b.isHeldBack]).toEqual([true, false]);
    expect([await desk.kept('a'), await desk.kept('b')]).toEqual([undefined, expect.anything()]);
  });

  test('the integration whose record it is', async () => {
    const desk = new Desk();
    const put = desk.checkpoints.put.bind(desk.checkpoints);
    desk.checkpoints.put = async (workspace, record, expected) => {
      if (record.item === 'integration#a') throw new Damaged('integration#a is damaged.');
      await put(workspace, record, expected);
    };
    const [a, b] = [runOf('a'), runOf('b')];
    const damages = await desk.commit(bufferOf({ id: 'a', hours: 1 }), a, b);
    expect(damages).toEqual(['integration#a is damaged.']);
    expect([a.isHeldBack, b.isHeldBack]).toEqual([true, false]);
    expect(await desk.kept('b')).toBeDefined();
  });
});
