import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { newWorkspaceFacts, type WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { sumsLine } from '../../../lambda/lake/day-sums.ts';
import { joinDay } from '../../../lambda/lake/sync-day.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { MonthCommit } from '../../../lambda/run/month-commit.ts';
import { rebuildMonths } from '../../../lambda/run/month-rebuild.ts';
import { MonthsBehind } from '../../../lambda/run/months-behind.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import { daysKey, syncsKey } from '../../../lambda/schema/keys.ts';
import { syncFactOf } from '../../../lambda/standing/sync-fact.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { placed } from '../rows/rows.ts';

const second = 1000;
const for1000Years = Number.MAX_SAFE_INTEGER;

/** A lake of syncs, the table over it, and a clock that each reading of an object moves. */
class Desk {
  readonly objects = new MemoryObjectStore();
  readonly facts = newWorkspaceFacts();
  readonly failures = new Failures(() => {});
  readonly receipt = newReceipt('w');
  /** What the workspace's record said was behind, each time that it was written. */
  readonly noted: unknown[] = [];
  readonly puts: string[] = [];
  /** Called before an object is written. */
  beforePut: (key: string) => Promise<void> = async () => {};
  afterGet: (key: string) => Promise<void> = async () => {};
  afterPut: (key: string) => void = () => {};
  now = Date.UTC(2026, 5, 15);
  monthsBehind = this.nextRun([]);

  /** @param found what the runs before have left behind. */
  nextRun(
    found: readonly string[] = this.facts.monthsBehind as readonly string[],
    isOvertaken = false,
  ): MonthsBehind {
    const { facts } = this;
    facts.monthsBehind = found;
    facts.overtakenUntil = isOvertaken ? this.now + 60 * second : null;
    const writeFacts = async () => void this.noted.push(facts.monthsBehind);
    this.monthsBehind = new MonthsBehind({ facts, writeFacts, now: () => this.now });
    return this.monthsBehind;
  }

  get ports() {
    const { failures, receipt, monthsBehind } = this;
    return {
      workspace: 'w',
      objects: {
        get: async (key: string) => {
          this.now += second;
          const stored = await this.objects.get(key);
          await this.afterGet(key);
          return stored;
        },
        put: async (key: string, body: Uint8Array, expected: string | undefined) => {
          await this.beforePut(key);
          await this.objects.put(key, body, expected);
          this.puts.push(key);
          this.afterPut(key);
        },
      },
      failures,
      receipt,
      monthsBehind,
      now: () => this.now,
      renewLease: async () => void this.noted.push(this.facts.monthsBehind),
    };
  }

  /** A sync of that integration at noon. */
  async addSync(day: string, id = 'a'): Promise<void> {
    const row = placed({ job_status: 'success', sync_start_time: `${day}T12:00:00Z` }, id);
    const key = syncsKey('w', day);
    const stored = await this.objects.get(key);
    const { body } = await joinDay(stored?.body, key, [row]);
    if (body) await this.objects.put(key, body, stored?.etag);
  }

  async rebuild(forMs = for1000Years): Promise<void> {
    await rebuildMonths(this.ports, this.now + forMs);
  }

  /** Day and integration of the month's lines. */
  daysOf(month: string): string[] {
    const body = this.objects.bodyOf(daysKey('w', month)) ?? gzipSync('');
    const lines = gunzipSync(body).toString().split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line)).map(({ dt, integration_id }) => `${dt} ${integration_id}`);
  }

  async damage(key: string): Promise<void> {
    this.objects.lose(key);
    await this.objects.put(key, Buffer.from('damaged'), undefined);
  }
}

/** What a commit says of a day: the rows of that integration in it, one at noon. */
function sumsOf(day: string, id = 'a') {
  const { line } = placed({ job_status: 'success', sync_start_time: `${day}T12:00:00Z` }, id);
  return new Map([[id, sumsLine(id, day, [syncFactOf(line)])]]);
}

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

describe('P20: the lake of an earlier version', () => {
  test('gets the table month by month, the newest first, over as many runs as it takes', async () => {
    for (const day of ['2026-06-01', '2026-05-31', '2026-05-01', '2022-01-01']) await desk.addSync(day);
    desk.monthsBehind.begin(true);
    // A month of 30 days takes 31 seconds here.
    await desk.rebuild(35 * second);
    expect(desk.puts).toEqual([daysKey('w', '2026-06'), daysKey('w', '2026-05')]);
    expect(desk.daysOf('2026-05')).not.toContain('2026-05-31 a');
    expect(desk.monthsBehind.due.slice(0, 2)).toEqual(['2026-05', '2026-04']);
    await desk.rebuild(40 * second);
    expect(desk.daysOf('2026-05')).toEqual(['2026-05-01 a', '2026-05-31 a']);
    // Written down between two months, so that a crash does not begin anew.
    expect(desk.noted.at(-1)).toHaveLength(52);
    await desk.rebuild();
    expect(desk.daysOf('2022-01')).toEqual(['2022-01-01 a']);
    expect(desk.monthsBehind.due).toEqual([]);
  });

  test('is left to the next run where the time is over to the moment: no day of it is read', async () => {
    await desk.addSync('2026-06-01');
    desk.nextRun(['2026-06']);
    // The month itself takes a second.
    for (const forMs of [0, second]) await desk.rebuild(forMs);
    expect([desk.monthsBehind.due, desk.puts, desk.receipt.objects.read]).toEqual([['2026-06'], [], 0]);
  });

  test('P10: is made anew where a month is damaged; a fault of this program is thrown', async () => {
    const key = daysKey('w', '2026-06');
    await desk.addSync('2026-06-01');
    desk.nextRun(['2026-06']);
    await desk.damage(key);
    const { ports } = desk;
    const faulty = async (name: string) => {
      const stored = await ports.objects.get(name);
      if (name !== key || !stored) return stored;
      return {
        etag: stored.etag,
        get body(): never {
          throw new TypeError('A fault.');
        },
      };
    };
    const objects = { ...ports.objects, get: faulty };
    await expect(rebuildMonths({ ...ports, objects }, desk.now + for1000Years)).rejects.toThrow('A fault.');
    expect(desk.puts).toEqual([]);
    await desk.rebuild();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a']);
  });

  test('that has none is left alone', async () => {
    desk.monthsBehind.begin(false);
    await desk.rebuild();
    expect([desk.puts, desk.receipt.objects]).toEqual([[], { read: 0, written: 0 }]);
  });
});

describe('a commit', () => {
  /** @param meanwhile comes between the reading of the month and its writing. */
  async function commit(days: readonly string[], meanwhile = async () => {}, isNew = false): Promise<void> {
    const months = new MonthCommit(desk.ports, days);
    for (const day of days) await months.open(day);
    await meanwhile();
    for (const day of days) await months.take(day, sumsOf(day), isNew);
    await months.write();
  }

  test('P2: notes its months before a day is written, and writes each once', async () => {
    await commit(['2026-06-01', '2026-05-31', '2026-05-30'], async () => {
      expect(desk.noted).toEqual([expect.arrayContaining(['2026-06', '2026-05'])]);
      expect(desk.puts).toEqual([]);
    });
    expect(desk.puts.toSorted()).toEqual([daysKey('w', '2026-05'), daysKey('w', '2026-06')]);
    expect(desk.daysOf('2026-05')).toEqual(['2026-05-30 a', '2026-05-31 a']);
    expect(desk.monthsBehind.due).toEqual([]);
  });

  test('P9: where another run has written the month meanwhile, its lines stay, and the days are asked once more', async () => {
    await desk.addSync('2026-06-01', 'a');
    await desk.addSync('2026-06-01', 'b');
    const other = new Desk();
    await commit(['2026-06-01'], async () => {
      const months = new MonthCommit({ ...desk.ports, monthsBehind: other.monthsBehind }, ['2026-06-01']);
      await months.open('2026-06-01');
      await months.take('2026-06-01', sumsOf('2026-06-01', 'b'), false);
      await months.write();
    });
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 b']);
    expect(desk.monthsBehind.due).toEqual(['2026-06']);
    // By the other one.
    expect(desk.receipt.objects.written).toBe(1);
    await desk.rebuild();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a', '2026-06-01 b']);
    expect(desk.monthsBehind.due).toEqual([]);
  });

  test('P2: knows its own write again when the answer was lost', async () => {
    desk.afterPut = () => {
      throw new StoreFailure('No answer.');
    };
    await commit(['2026-06-01']);
    expect(desk.puts).toHaveLength(1);
    expect(desk.monthsBehind.due).toEqual([]);
  });

  test('P2: leaves the month behind where it is not known whether a day was written', async () => {
    const months = new MonthCommit(desk.ports, ['2026-06-01']);
    await months.open('2026-06-01');
    await months.write();
    expect(desk.monthsBehind.due).toEqual(['2026-06']);
  });

  test('P10: that can’t write a month, or read it, goes on, and the end of the run tries again', async () => {
    await desk.addSync('2026-06-01');
    await desk.damage(daysKey('w', '2026-06'));
    await commit(['2026-06-01']);
    desk.beforePut = async () => {
      throw new StoreFailure('Denied.');
    };
    await commit(['2026-05-01']);
    expect(desk.monthsBehind.due).toEqual(['2026-06', '2026-05']);
    desk.beforePut = async () => {};
    await desk.rebuild();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a']);
    expect([desk.monthsBehind.due, desk.failures.sentences]).toEqual([[], []]);
  });

  test('P10: a fault of this program, at reading or writing a month, is thrown', async () => {
    const fault = new TypeError('A fault.');
    desk.afterGet = async () => {
      throw fault;
    };
    await expect(commit(['2026-06-01'])).rejects.toThrow(fault);
    desk.afterGet = async () => {};
    desk.beforePut = async () => {
      throw fault;
    };
    await expect(commit(['2026-06-01'])).rejects.toThrow(fault);
  });

  test('P10: goes on where a month can not be read: it is behind, and its days are not held up', async () => {
    desk.afterGet = async () => {
      throw new StoreFailure('Denied.');
    };
    await commit(['2026-06-01']);
    expect([desk.monthsBehind.due, desk.puts]).toEqual([['2026-06'], []]);
  });

  test('P11: of what the month says already writes nothing, and it is not behind', async () => {
    await commit(['2026-06-01']);
    const before = { ...desk.receipt.objects };
    await commit(['2026-06-01']);
    expect(desk.puts).toHaveLength(1);
    expect([before, desk.receipt.objects]).toEqual([
      { read: 0, written: 1 },
      { read: 1, written: 1 },
    ]);
    expect(desk.monthsBehind.due).toEqual([]);
  });

  test('notes a month once, and that only where it was not noted before', async () => {
    const months = new MonthCommit(desk.ports, ['2026-06-01', '2026-06-02']);
    for (const day of ['2026-06-01', '2026-06-02']) await months.open(day);
    expect(desk.noted).toEqual([['2026-06']]);
    desk.nextRun(['2026-06']);
    await commit(['2026-06-01']);
    expect(desk.noted).toHaveLength(1);
  });

  test('of a month of an earlier version’s lake does not say that it is not behind', async () => {
    desk.monthsBehind.begin(true);
    await commit(['2026-06-01']);
    expect([desk.facts.monthsBehind, desk.monthsBehind.due[0]]).toEqual(['all', '2026-06']);
  });

  test('of a month that was behind before does not say that it is not', async () => {
    desk.nextRun(['2026-06']);
    await commit(['2026-06-01']);
    expect(desk.monthsBehind.due).toEqual(['2026-06']);
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a']);
  });

  test('P2: does not say it either of one that an earlier commit of the run could not write', async () => {
    desk.beforePut = async () => {
      throw new StoreFailure('Denied.');
    };
    await commit(['2026-06-01']);
    desk.beforePut = async () => {};
    await commit(['2026-06-02']);
    expect(desk.monthsBehind.due).toEqual(['2026-06']);
  });

  test('of a day that was lost drops what its month said of it', async () => {
    await commit(['2026-06-01']);
    const months = new MonthCommit(desk.ports, ['2026-06-01']);
    await months.open('2026-06-01');
    await months.take('2026-06-01', sumsOf('2026-06-01', 'b'), true);
    await months.write();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 b']);
  });
});

test('of a workspace that is new nobody knows yet whether there is a lake', () => {
  const monthsOf = (monthsBehind: WorkspaceFacts['monthsBehind']) => {
    const facts = { ...newWorkspaceFacts(), monthsBehind };
    return new MonthsBehind({ facts, writeFacts: async () => {}, now: () => desk.now });
  };
  expect([monthsOf(null), monthsOf('all'), monthsOf([])].map(({ isUnknown }) => isUnknown)).toEqual([
    true,
    false,
    false,
  ]);
  expect(monthsOf(null).due).toEqual([]);
});

test('P20: all months are those from 2022 on, up to that of tomorrow', () => {
  desk.monthsBehind.begin(true);
  const { due } = desk.monthsBehind;
  expect([due[0], due.at(-1), due.length]).toEqual(['2026-06', '2022-01', 54]);
  desk.now = Date.UTC(2026, 5, 30, 12);
  expect(desk.monthsBehind.due[0]).toBe('2026-07');
});

describe('a month that is made anew', () => {
  beforeEach(() => {
    desk.nextRun(['2026-06']);
  });

  test('says of each of its days what stands in it, and its objects are counted', async () => {
    for (const day of ['2026-04-01', '2026-04-30', '2026-05-01']) await desk.addSync(day);
    desk.nextRun(['2026-04']);
    await desk.rebuild();
    expect(desk.daysOf('2026-04')).toEqual(['2026-04-01 a', '2026-04-30 a']);
    expect(desk.receipt.objects).toEqual({ read: 2, written: 1 });
    await desk.addSync('2026-04-02');
    desk.nextRun(['2026-04']);
    await desk.rebuild();
    expect(desk.receipt.objects).toEqual({ read: 2 + 4, written: 2 });
  });

  test('is not begun when time is over, and of one that could not be read to its end it is said', async () => {
    await desk.addSync('2026-06-01');
    const before = desk.now;
    await desk.rebuild(0);
    expect([desk.puts, desk.monthsBehind.due, desk.now]).toEqual([[], ['2026-06'], before]);
    // The month and its first nine days are read, up to the last moment.
    await desk.rebuild(10 * second);
    expect([desk.daysOf('2026-06'), desk.monthsBehind.due]).toEqual([['2026-06-01 a'], ['2026-06']]);
  });

  test('says no more of a day what no longer stands in it', async () => {
    await desk.addSync('2026-06-01', 'a');
    await desk.addSync('2026-06-01', 'b');
    await desk.rebuild();
    desk.objects.lose(syncsKey('w', '2026-06-01'));
    await desk.addSync('2026-06-01', 'a');
    desk.nextRun(['2026-06']);
    await desk.rebuild();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a']);
  });

  test('P10: of which the store refuses a day is not written: it is told, and stays behind', async () => {
    await desk.addSync('2026-06-02');
    desk.afterGet = async (key) => {
      if (key === syncsKey('w', '2026-06-01')) throw new StoreFailure('Denied.');
    };
    await desk.rebuild();
    expect([desk.puts, desk.failures.sentences]).toEqual([[], ['Denied.']]);
    expect(desk.monthsBehind.due).toEqual(['2026-06']);
  });

  test('renews the lease between two, and not before the first', async () => {
    await desk.rebuild();
    expect(desk.noted).toEqual([]);
    desk.nextRun(['2026-06', '2026-05', '2026-04']);
    await desk.rebuild();
    expect(desk.noted).toHaveLength(2);
  });

  test('P9: is left behind where another run writes it again and again', async () => {
    await desk.addSync('2026-06-01');
    const month = daysKey('w', '2026-06');
    let readings = 0;
    desk.afterGet = async (key) => {
      if (key !== syncsKey('w', '2026-06-02')) return;
      readings += 1;
      desk.objects.lose(month);
      await desk.objects.put(month, gzipSync(`{"odd":${readings}}\n`), undefined);
    };
    await desk.rebuild();
    expect([readings, desk.monthsBehind.due, desk.puts]).toEqual([3, ['2026-06'], []]);
  });

  test('P10: that is damaged is made of its days alone, also where they are empty', async () => {
    await desk.damage(daysKey('w', '2026-06'));
    await desk.rebuild();
    expect([desk.daysOf('2026-06'), desk.monthsBehind.due]).toEqual([[], []]);
  });

  test('P10: a fault of this program is thrown, and is none of the store', async () => {
    await desk.addSync('2026-06-01');
    desk.afterGet = async (key) => {
      if (key.startsWith('syncs/')) throw new TypeError('A fault.');
    };
    await expect(desk.rebuild()).rejects.toThrow('A fault.');
  });

  test('P10: says of a day that is damaged what it said before, and stays behind; the run says so', async () => {
    desk.nextRun(['2026-05']);
    await desk.addSync('2026-05-01');
    await desk.addSync('2026-05-02');
    await desk.rebuild();
    await desk.addSync('2026-05-03');
    await desk.damage(syncsKey('w', '2026-05-01'));
    desk.nextRun(['2026-05']);
    await desk.rebuild();
    expect(desk.daysOf('2026-05')).toEqual(['2026-05-01 a', '2026-05-02 a', '2026-05-03 a']);
    expect(desk.monthsBehind.due).toEqual(['2026-05']);
    expect(desk.failures.sentences).toEqual([expect.stringContaining('dt=2026-05-01/')]);
  });

  test('P9: asks its days again where another run has written it meanwhile', async () => {
    await desk.addSync('2026-06-01');
    const month = daysKey('w', '2026-06');
    desk.afterGet = async (key) => {
      if (key !== syncsKey('w', '2026-06-02') || desk.objects.bodyOf(month)) return;
      await desk.addSync('2026-06-02');
      await desk.objects.put(month, gzipSync(''), undefined);
    };
    await desk.rebuild();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a', '2026-06-02 a']);
    expect(desk.monthsBehind.due).toEqual([]);
  });

  test('P9: is made once more by the next run, where the run before may still have been at work', async () => {
    await desk.addSync('2026-06-01');
    desk.nextRun(['2026-06'], true);
    await desk.rebuild();
    expect(desk.monthsBehind.due).toEqual([]);
    // It has lost its lease, and writes the day that it had in hand.
    await desk.addSync('2026-06-02');
    desk.nextRun();
    await desk.rebuild();
    expect(desk.daysOf('2026-06')).toEqual(['2026-06-01 a', '2026-06-02 a']);
    expect(desk.facts.monthsBehind).toEqual([]);
  });

  test('P11: is not written where it says that already', async () => {
    await desk.addSync('2026-06-01');
    await desk.rebuild();
    desk.nextRun(['2026-06']);
    await desk.rebuild();
    expect(desk.puts).toHaveLength(1);
  });

  test('P10: that can’t be written is told, and the others are made', async () => {
    await desk.addSync('2026-06-01');
    await desk.addSync('2026-05-01');
    desk.nextRun(['2026-06', '2026-05']);
    desk.beforePut = async (key) => {
      if (key.includes('2026-06')) throw new StoreFailure('Denied.');
    };
    await desk.rebuild();
    expect(desk.daysOf('2026-05')).toEqual(['2026-05-01 a']);
    expect(desk.monthsBehind.due).toEqual(['2026-06']);
    expect(desk.failures.sentences).toEqual(['Denied.']);
  });
});
