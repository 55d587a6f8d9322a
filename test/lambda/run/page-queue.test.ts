import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { PageQueue } from '../../../lambda/run/page-queue.ts';
import type { History } from '../../../lambda/walk/history.ts';
import { ago, answerOf, asked, historyOf, now, stretch } from './integrations.ts';

/** A list as pages of syncs that started so many hours ago; the cursor of the third page is `2`. */
type List = readonly (readonly number[])[];

interface Due {
  readonly list: List;
  readonly history?: History;
  readonly checkedAt?: number;
}

interface Conditions {
  /** How long the run may take. */
  readonly runMs?: number;
  /** What a request takes. */
  readonly latencyMs?: number;
  readonly random?: () => number;
}

/** Reads what the queue says until it says nothing more. @returns the id and the cursor of each page, `a` or `a 2`. */
function readAll(due: Readonly<Record<string, Due>>, conditions: Conditions = {}): string[] {
  const { runMs = Number.POSITIVE_INFINITY, latencyMs = 0, random = () => 0 } = conditions;
  const runs = Object.entries(due).map(([id, { history, checkedAt = null }]) => {
    const fresh = newIntegrationState(id);
    return new IntegrationRun({ ...fresh, history: history ?? fresh.history, checkedAt });
  });
  let time = now;
  const queue = new PageQueue(runs, {
    clock: { now: () => time, sleep: async () => {} },
    random,
    deadline: now + runMs,
    limiter: new RateLimiter(11, now),
  });
  const read: string[] = [];
  for (let page = queue.next(new Set()); page; page = queue.next(new Set())) {
    const { integration: next, cursor } = page;
    read.push(cursor === null ? next.id : `${next.id} ${cursor}`);
    if (read.length > 200) throw new Error('The queue goes in circles.');
    const pages = due[next.id]?.list ?? [];
    const at = Number(cursor ?? 0);
    const links = {
      ...(at + 1 < pages.length ? { next: String(at + 1) } : {}),
      ...(at > 0 ? { prev: String(at - 1) } : {}),
    };
    time += latencyMs;
    next.take(answerOf(pages[at] ?? [], links), asked(cursor, { now: time }));
  }
  return read;
}

const ids = (read: readonly string[]) => read.map((each) => each.split(' ')[0]);

describe('P6: heads', () => {
  const whole = { list: [[0, 1]], history: historyOf([stretch(1, 1, { closed: true })]) };

  test('come first, the least recently read before the others', () => {
    const due = {
      recent: { ...whole, checkedAt: now - 1000 },
      older: { ...whole, checkedAt: now - 2000 },
      never: whole,
    };
    expect(readAll(due)).toEqual(['never', 'older', 'recent']);
  });

  test('are read once more, and only once, where all else has taken longer than an hour', () => {
    const due = {
      a: {
        list: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
      b: whole,
    };
    const minuteMs = 60_000;
    expect(readAll(due, { latencyMs: 15 * minuteMs })).toEqual(['a', 'b', 'a 1', 'a 2']);
    expect(readAll(due, { latencyMs: 16 * minuteMs })).toEqual(['a', 'b', 'a 1', 'a 2', 'a', 'b']);
  });

  test('come so in whatever order they are known', () => {
    const of = { recent: now - 1000, older: now - 2000, never: null } as const;
    const ids = ['recent', 'older', 'never'] as const;
    for (const [first, second, third] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const) {
      const order = [ids[first], ids[second], ids[third]];
      const due = order.map((id) => [id, { ...whole, ...(of[id] === null ? {} : { checkedAt: of[id] }) }]);
      expect(readAll(Object.fromEntries(due))).toEqual(['never', 'older', 'recent']);
    }
  });

  test('read at the same time come in the order of their ids', () => {
    expect(readAll({ b: whole, c: whole, a: whole })).toEqual(['a', 'b', 'c']);
  });

  test('take three pages at the most before all others have had theirs', () => {
    // Oldest first, and its last page is not known: its newest end is six pages away.
    const list = [
      [60, 51],
      [50, 41],
      [40, 31],
      [30, 21],
      [20, 11],
      [10, 1],
    ];
    const read = readAll({ a: { list }, b: whole });
    expect(read.slice(0, 7)).toEqual(['a', 'a 1', 'a 2', 'b', 'a 3', 'a 4', 'a 5']);
  });
});

describe('open syncs', () => {
  const opens = [{ start: ago(10), place: '1' }];
  const history = () => historyOf([stretch(2, 10, { place: '1' })], { opens });
  const list = [
    [1, 2, 3],
    [9, 10],
    [11, 12],
  ];

  test('P5: come after the heads and before the gaps', () => {
    const due = { a: { list, history: history() }, b: { list, history: history() } };
    expect(readAll(due)).toEqual(['a', 'b', 'a 1', 'b 1', 'a 2', 'b 2']);
  });

  test('P5: come in that order also where some have none to be looked for', () => {
    // The first is drawn for the second looks.
    const lots = [0, 0.9, 0.1, 0.5];
    const none = { list, history: historyOf([stretch(2, 10, { place: '1' })]) };
    const due = { a: { list, history: history() }, b: none, c: { list, history: history() } };
    expect(readAll(due, { random: () => lots.shift() ?? 0 }).slice(3, 5)).toEqual(['c 1', 'a 1']);
  });

  test('P6: take half of what is left, and then wait for the gaps: many would keep them open for ever', () => {
    const open = () => ({
      list: list.slice(0, 2),
      history: historyOf([stretch(2, 10, { closed: true })], { opens: [...opens] }),
    });
    const six = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, open()]));
    const gap = { list, history: historyOf([stretch(2, 10, { place: '1' })]) };
    // Eleven requests fit.
    const read = readAll({ ...six, gap }, { runMs: 30_000 });
    expect(read.slice(7)).toEqual(['a 1', 'b 1', 'c 1', 'd 1', 'e 1', 'gap 1', 'gap 2', 'f 1']);
  });

  test('P5: come in an order that is drawn by lot, so that nobody is always last', () => {
    const lots = [0.9, 0.1];
    const due = { a: { list, history: history() }, b: { list, history: history() } };
    expect(readAll(due, { random: () => lots.shift() ?? 0 }).slice(2, 4)).toEqual(['b 1', 'a 1']);
  });
});

describe('gaps', () => {
  test('P6: are closed from the newest edge down, whichever integration it belongs to', () => {
    const due = {
      a: {
        list: [
          [1, 10],
          [11, 20],
          [21, 30],
        ],
      },
      b: {
        list: [
          [1, 5],
          [6, 12],
          [13, 22],
          [23, 24],
        ],
      },
    };
    expect(readAll(due)).toEqual(['a', 'b', 'b 1', 'a 1', 'b 2', 'a 2', 'b 3']);
  });

  test('take turns with full scans of lists that are in no order', () => {
    const list = [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ];
    const due = {
      gaps: { list },
      scans: { list, history: historyOf([], { order: 'unordered' as const }) },
    };
    expect(ids(readAll(due)).slice(0, 6)).toEqual(['gaps', 'scans', 'gaps', 'scans', 'gaps', 'scans']);
  });
});

describe('P8: in a run that has a deadline', () => {
  const gap = () => ({
    list: [
      [1, 2],
      [3, 4],
    ],
    history: historyOf([stretch(2, 2)]),
  });
  const twenty = (one: () => Due) =>
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index + 10}`, one()]));
  /** Pages of heads before anything else is read. */
  const headsFirst = (read: readonly string[]) => read.findIndex((each) => each.includes(' '));

  test('heads leave a tenth of the requests that fit to the rest, rounded by chance', () => {
    // Eleven fit into less than a minute.
    expect(headsFirst(readAll(twenty(gap), { runMs: 30_000, random: () => 0 }))).toBe(9);
    expect(headsFirst(readAll(twenty(gap), { runMs: 30_000, random: () => 0.2 }))).toBe(10);
  });

  test('heads leave a tenth of the time to the rest, however slow the answers', () => {
    expect(headsFirst(readAll(twenty(gap), { runMs: 30_000, latencyMs: 5000 }))).toBe(6);
    // The seventh would begin with that tenth.
    expect(headsFirst(readAll(twenty(gap), { runMs: 30_000, latencyMs: 4500 }))).toBe(6);
  });

  test('heads that were left out are read when all else is done', () => {
    const few = readAll(twenty(gap), { runMs: 30_000 });
    const slow = readAll(twenty(gap), { runMs: 30_000, latencyMs: 5000 });
    expect([new Set(ids(few)).size, new Set(ids(slow)).size]).toEqual([20, 20]);
  });

  test('heads leave it also where only open syncs are to be read, and only of one', () => {
    const list = [
      [1, 2],
      [9, 10],
    ];
    const opens = [{ start: ago(10), place: '1' }];
    const open = { list, history: historyOf([stretch(2, 10, { closed: true })], { opens }) };
    const whole = () => ({ list: [[1, 2]], history: historyOf([stretch(2, 2, { closed: true })]) });
    expect(headsFirst(readAll({ ...twenty(whole), '05': open }, { runMs: 30_000 }))).toBe(9);
  });

  test('heads take all of it where nothing else is to be read', () => {
    const whole = () => ({ list: [[1, 2]], history: historyOf([stretch(2, 2, { closed: true })]) });
    const read = readAll(twenty(whole), { runMs: 30_000 });
    expect(read).toHaveLength(20);
  });
});
