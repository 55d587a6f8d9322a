import { describe, expect, test } from 'vitest';
import { fullScan, headOfUnordered, isPassDue, isProofLost } from '../../../lambda/walk/full-scan.ts';
import { contradict, gapsOf, type History, newHistory } from '../../../lambda/walk/history.ts';
import { type EndedPass, newPass, newScans } from '../../../lambda/walk/scans.ts';
import { at, hour, play, type Served, type ServedList, stretchOf } from './pages.ts';
import { ended, scan, walkOf } from './scanning.ts';

const whole = (newest: number, oldest: number) => [
  { ...stretchOf(newest, oldest, { closed: true }), deadEnd: false },
];
/** The last page of a list: it was reached by a link, and has one back. */
const end = (hours: readonly number[]): Served => [hours, { prev: 'back' }];
const empty: Served = [[], {}];

/** A history that was proved up to then, long ago or not. */
const proved = (newest: number, oldest: number, before: EndedPass, restingSince = before.began) => ({
  stretches: whole(newest, oldest),
  headAt: before.began,
  scans: { ...newScans(), before, restingSince, headAt: before.began },
});

describe('P4: a list in no order', () => {
  test('is whole when two passes in a row have met the same syncs', () => {
    const { walk, history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second', at: at(10) }]],
      second: [end([7, 1])],
    });
    expect(asked).toEqual(['first', 'second', 'first', 'second']);
    expect(history).toMatchObject({ order: 'unordered', stretches: whole(9, 1), headAt: at(10) });
    expect([walk.headRead, gapsOf(history), walk.obstacle]).toEqual([true, 0, null]);
    expect(history.scans.headAt).toBe(at(10));
  });

  test('is whole with one pass where it has one page, which is one moment of it', () => {
    const { history, asked } = scan({ first: [[[5, 9, 2]]] });
    expect([asked, history.stretches]).toEqual([['first'], whole(9, 2)]);
  });

  test('P16: but not where the pass before had more pages: one may have lost the link that it had', () => {
    const before = ended(10, [5, 9, 2, 7, 1]);
    const { history, asked } = scan({ first: [[[5, 9, 2]]] }, proved(9, 1, before));
    expect(asked).toEqual(['first', 'first']);
    // The second one of a single page is believed. What was known stays known.
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('is known to be empty where it has no row in two passes', () => {
    const { history, asked } = scan({ first: [empty] });
    expect(asked).toEqual(['first', 'first']);
    expect(history).toMatchObject({ empty: true, stretches: [], headAt: at(23) });
  });

  test('is read again where a row was met by only one of two', () => {
    const { history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [end([7, 1]), end([7, 3, 1])],
    });
    expect(asked).toEqual(['first', 'second', 'first', 'second', 'first', 'second']);
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('P8: is left for the next run where every pass meets other rows, and nothing is proved', () => {
    const { walk, history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [end([7, 1]), end([7, 3]), end([7, 4])],
    });
    expect([asked.length, walk.headRead, gapsOf(history)]).toEqual([6, false, 1]);
    expect(walk.obstacle).toContain('no order');
  });

  test('is left for the next run where a pass can not begin', () => {
    const { walk, asked } = scan({});
    expect([asked, walk.headRead]).toEqual([['first'], false]);
  });
});

describe('P15: syncs that begin while a list is read', () => {
  // The first pass begins at 10 o'clock, the second at 14.
  const first = (hours: number[], time: number) => [hours, { next: 'second', at: at(time) }] as const;

  test('do not prove the passes wrong, and it is whole only up to when the first began', () => {
    const { history, asked } = scan({
      first: [first([5, 9, 2], 10), first([5, 13, 9, 2], 14)],
      second: [end([12, 7, 1])],
    });
    expect(asked).toHaveLength(4);
    // The one of 12 was met by both; but one of 13 may have been missed by the first, and so may others before it.
    expect([history.headAt, history.stretches]).toEqual([at(10), whole(9, 1)]);
  });

  test('may be all that there is: up to when the first began, the list was empty', () => {
    const { history } = scan({ first: [first([11], 10), first([11, 13], 14)], second: [end([12])] });
    expect(history).toMatchObject({ stretches: [], empty: true, headAt: at(10) });
  });
});

describe('P15: what two passes have proved', () => {
  const before = ended(10, [5, 9, 2, 7, 1]);
  const list = (second: Served): ServedList => ({
    first: [[[5, 9, 2], { next: 'second', at: at(14) }]],
    second: [second],
  });

  test('is proved up to now by one more pass, which is compared with the one before', () => {
    const { walk, history, asked } = scan(list(end([7, 1])), proved(9, 1, before));
    expect(asked).toEqual(['first', 'second']);
    expect([walk.headRead, history.headAt, history.recheckedAt]).toEqual([true, at(10), at(14)]);
    const later = scan(list(end([7, 1])), { ...history, looks: newHistory().looks });
    expect(later.history.headAt).toBe(at(14));
  });

  test('stands while a pass is under way, and where it does not agree', () => {
    const walk = walkOf(proved(9, 1, before));
    const job = fullScan(walk);
    job.next();
    job.next({ cursor: null, at: at(14), count: 1, starts: [hour(5)], next: 'second' });
    expect([gapsOf(walk.history), walk.history.headAt]).toEqual([0, at(10)]);
    const { history } = scan(list(end([7])), proved(9, 1, before));
    expect([gapsOf(history), history.stretches]).toEqual([0, whole(9, 1)]);
  });

  test('and has left the list since stays proved, and the newer is joined to it', () => {
    const { history } = scan(list(end([7])), proved(9, 1, before));
    expect([history.stretches, history.headAt, history.lostGaps]).toEqual([whole(9, 1), at(14), 0]);
  });

  test('P16: is lost sight of where nothing of it is left in the list, and that is counted', () => {
    const known = proved(9, 1, before);
    const { history } = scan({ first: [[[12, 15, 13], { at: at(18) }]] }, { ...known, scans: newScans() });
    expect([history.stretches, history.lostGaps]).toEqual([whole(15, 12), 1]);
  });

  test('P16: is not given up where the list is empty, until it has been so for an hour', () => {
    const doubted = scan({ first: [[[], { at: at(14) }]] }, proved(9, 1, before));
    expect(doubted.history).toMatchObject({
      empty: false,
      headAt: at(10),
      doubt: { kind: 'emptied', since: at(14) },
    });
    expect([doubted.asked, doubted.walk.headRead]).toEqual([['first', 'first'], false]);
    const believed = scan({ first: [[[], { at: at(15) }]] }, doubted.history);
    expect(believed.history).toMatchObject({ empty: true, stretches: whole(9, 1), headAt: at(10) });
    expect(believed.walk.headRead).toBe(true);
    const seen = scan({ first: [[[5], { at: at(15) }]] }, doubted.history);
    expect(seen.history.doubt).toBeNull();
  });

  test('P16: is not called empty where all that it holds began after the pass that is to be proved', () => {
    const nothing: EndedPass = { ...ended(10, []), pages: 1 };
    const known = { ...proved(9, 1, ended(9, [9, 1])), scans: { ...newScans(), before: nothing } };
    const list: ServedList = {
      first: [[[12], { next: 'second', at: at(14) }]],
      second: [end([13])],
    };
    const { history, walk } = scan(list, known);
    expect(history).toMatchObject({ empty: false, doubt: null, headAt: at(9), stretches: whole(9, 1) });
    expect(walk.headRead).toBe(false);
  });

  test('P16: is not given up at once where the list holds nothing but rows that start later than now', () => {
    const ahead = (time: number): ServedList => ({ first: [[[20], { at: at(time) }]] });
    const doubted = scan(ahead(14), proved(9, 1, before));
    expect(doubted.history).toMatchObject({ empty: false, doubt: { kind: 'emptied', since: at(14) } });
    const believed = scan(ahead(15), doubted.history);
    expect(believed.history).toMatchObject({ empty: true, stretches: whole(9, 1), headAt: at(10) });
    expect(believed.walk.headRead).toBe(true);
  });

  test('P10: and nothing but rows without a usable start is no empty list', () => {
    const { walk, history } = scan({ first: [[[], { count: 2 }]] });
    expect([walk.headRead, history.empty]).toEqual([false, false]);
  });
});

describe('P15: a list of more than three pages that changes in every pass', () => {
  const before = ended(10, [5, 9, 2, 7, 1], 4);
  /** Each pass misses another one. */
  const purged: ServedList = {
    first: [[[5, 9, 2], { next: 'second', at: at(34) }]],
    second: [end([7]), end([1]), end([7, 1])],
  };
  const restless = scan(purged, proved(9, 1, { ...before, pages: 2 })).history;

  test('has lost its proof after three passes that do not agree, though what was proved stays', () => {
    expect([gapsOf(restless), restless.scans.disagreed]).toEqual([0, 3]);
    expect(isProofLost(restless)).toBe(true);
    expect(restless.stretches).toEqual(whole(9, 1));
  });

  test('says so in the runs that only read its head', () => {
    const walk = walkOf({ ...restless, scans: { ...restless.scans, before } });
    play(walk, headOfUnordered(walk), { first: [[[5, 9, 2], { next: 'second', at: at(34) }]] });
    expect([walk.headRead, walk.obstacle]).toEqual([true, expect.stringContaining('no order')]);
  });

  test('P7: is tried again after a minute for each of its pages', () => {
    const walk = walkOf({ ...restless, scans: { ...restless.scans, before } });
    const rested = (minutes: number) => {
      walk.askedAt = (restless.scans.restingSince ?? 0) + minutes * 60_000;
      return isPassDue(walk);
    };
    expect([rested(3), rested(4)]).toEqual([false, true]);
  });

  test('has its proof again when two passes agree', () => {
    const still: ServedList = {
      first: [[[5, 9, 2], { next: 'second', at: at(35) }]],
      second: [end([7])],
    };
    const { history } = scan(still, restless);
    expect([isProofLost(history), history.scans.disagreed, history.headAt]).toEqual([false, 0, at(35)]);
  });

  test('has lost it, too, where no pass has come to its end for two days', () => {
    const lost = (days: number) => {
      const { scans, ...rest } = proved(9, 1, before);
      const headAt = at(10 + 24 * days);
      return isProofLost({ ...newHistory(), order: 'unordered', ...rest, scans: { ...scans, headAt } });
    };
    expect([lost(1), lost(2)]).toEqual([false, true]);
  });
});

describe('P4: a list that is in order after all', () => {
  test('newest first, has that order again, and it is proved', () => {
    const { history } = scan({ first: [[[9, 8], { next: 'second' }]], second: [end([8, 7, 6])] });
    expect(history).toMatchObject({
      order: 'newest_first',
      proved: true,
      tail: null,
      stretches: whole(9, 6),
      scans: newScans(),
    });
  });

  test('oldest first, too, and its last page is kept', () => {
    const { history } = scan({ first: [[[6, 7], { next: 'second' }]], second: [end([8, 9])] });
    expect(history).toMatchObject({ order: 'oldest_first', proved: true, tail: 'second' });
  });

  test('of one sync could be in any', () => {
    expect(scan({ first: [[[6]]] }).history).toMatchObject({ order: 'unordered', proved: false });
  });
});

describe('P3: a pass over more than one run', () => {
  /** Reads so many pages, then the run ends. */
  function cutShort(list: ServedList, pages: number, history: Partial<History> = {}): History {
    const walk = walkOf(history);
    const job = fullScan(walk);
    const rest = Object.fromEntries(Object.entries(list));
    let left = pages;
    play(
      walk,
      (function* () {
        for (let step = job.next(); !step.done && left > 0; left -= 1) step = job.next(yield step.value);
      })(),
      rest,
    );
    // As it comes back from the store.
    return JSON.parse(JSON.stringify(walk.history));
  }

  const list: ServedList = {
    first: [[[5, 9, 2], { next: 'second', at: at(10) }]],
    second: [[[7, 1], { next: 'third', prev: 'back' }]],
    third: [end([4, 8])],
  };

  test('goes on with the page that it read last, and counts none of its rows twice', () => {
    const kept = cutShort(list, 2);
    expect(kept.scans.current).toMatchObject({ place: 'second', pages: 2, began: at(10), own: { count: 5 } });
    const { history, asked } = scan(list, kept);
    expect(asked).toEqual(['second', 'third', 'first', 'second', 'third']);
    expect([history.headAt, history.stretches, history.scans.current]).toEqual([at(10), whole(9, 1), null]);
  });

  test('is one and the same, wherever the runs end', () => {
    for (const [one, other] of [
      [1, 2],
      [2, 4],
      [3, 5],
    ] as const) {
      const kept = cutShort(list, other, cutShort(list, one));
      const { history } = scan(list, kept);
      expect(history.stretches).toEqual(whole(9, 1));
    }
  });

  test('counts a row once that moved down while no run was at work', () => {
    const kept = cutShort(list, 2);
    // Two came in above: the pages show what had been on those before them.
    const moved: ServedList = {
      first: [[[11, 12, 5], { next: 'second', at: at(13) }]],
      second: [[[9, 2, 7], { next: 'third', prev: 'back' }]],
      third: [end([1, 4, 8])],
    };
    const { history, asked } = scan(moved, kept);
    expect(asked).toEqual(['second', 'third', 'first', 'second', 'third']);
    expect([history.stretches, history.headAt]).toEqual([whole(9, 1), at(10)]);
  });

  test('that was robbed of a row by a purge in between is proved wrong by the next', () => {
    const kept = cutShort(list, 2);
    // Three are purged: the one of 4 o'clock moves up to the first page, past the place that was kept.
    const purged: ServedList = {
      first: [[[7, 1, 4], { next: 'second', at: at(13) }]],
      second: [end([8])],
    };
    const { history, asked } = scan(purged, kept);
    expect(asked).toEqual(['second', 'first', 'second', 'first', 'second']);
    expect([history.headAt, history.stretches]).toEqual([at(13), whole(8, 1)]);
  });

  test('remembers a hundred starts and no more', () => {
    const hours = Array.from({ length: 300 }, (_, index) => index - 300);
    const kept = cutShort({ first: [[hours, { next: 'second' }]] }, 1);
    expect(kept.scans.current?.recent).toEqual(hours.slice(-100).map(hour));
  });

  test('is brought to its end, though the list was proved not long ago', () => {
    const current = { ...newPass(at(13)), place: 'third', pages: 5 };
    const known = proved(9, 1, ended(10, [4, 8], 6), at(12));
    const { asked } = scan({ third: [end([4, 8])] }, { ...known, scans: { ...known.scans, current } });
    expect(asked).toEqual(['third']);
  });

  test('that began before a person asked for one is not what they asked for', () => {
    const looks = newHistory().looks;
    looks.asked.current = { until: hour(0), began: at(13), place: null };
    const { history, asked } = scan(list, { ...cutShort(list, 2), looks });
    expect(asked.slice(0, 3)).toEqual(['second', 'third', 'first']);
    // The next one of the list is asked for at 10 o'clock, as this list is served.
    expect(history.looks.asked.current).not.toBeNull();
  });

  test('has an end, however many pages there are', () => {
    const kept = cutShort(list, 2);
    const { current } = kept.scans;
    const scans = { ...kept.scans, current: current && { ...current, pages: 100_000 } };
    const { walk, asked } = scan(list, { ...kept, scans });
    expect([asked, walk.obstacle]).toEqual([['second'], expect.stringContaining('circle')]);
  });

  test('is forgotten where the order of the list was taken for another in between', () => {
    const kept = cutShort(list, 2);
    contradict(kept);
    expect(kept.scans).toEqual(newScans());
  });

  test('begins anew where its place is refused or empty, and says so', () => {
    for (const answer of ['refused', empty] as const) {
      const kept = cutShort(list, 2);
      const walk = walkOf(kept);
      const asked = play(walk, fullScan(walk), { ...list, second: [answer, end([7, 1])] });
      expect(asked.slice(0, 3)).toEqual(['second', 'first', 'second']);
      expect(walk.obstacle).toContain('no longer accepts');
    }
  });

  test('keeps the order that it has met', () => {
    const sorted: ServedList = {
      first: [[[9, 8], { next: 'second', at: at(10) }]],
      second: [[[7, 6], { next: 'third', prev: 'back' }]],
      third: [end([5])],
    };
    const kept = cutShort(sorted, 5);
    expect(scan(sorted, kept).history).toMatchObject({ order: 'newest_first', stretches: whole(9, 5) });
    const inverted: ServedList = { ...sorted, first: [[[8, 9], { next: 'second', at: at(10) }]] };
    expect(scan(inverted, cutShort(inverted, 5)).history.order).toBe('unordered');
  });
});

describe('P3: the end of a pass', () => {
  test('is a link that leads nowhere only when its page, read anew, leads nowhere again', () => {
    const { history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [empty, end([7, 1])],
    });
    expect(asked.slice(0, 4)).toEqual(['first', 'second', 'first', 'second']);
    expect(history.stretches).toEqual(whole(9, 1));
    const ending = scan({ first: [[[5, 9, 2], { next: 'second' }]], second: [empty] });
    expect([ending.asked.slice(0, 4), ending.history.stretches]).toEqual([
      ['first', 'second', 'first', 'second'],
      whole(9, 2),
    ]);
  });

  test('P16: is not a page that names no other, though it was reached by a link and has none back', () => {
    const { history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[7, 1]], [[7, 1], { next: 'third', prev: 'back' }]],
      third: [end([4])],
    });
    expect(asked.slice(0, 4)).toEqual(['first', 'second', 'second', 'third']);
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('is not a link that had waited for so long that it may have gone stale', () => {
    const late = ['refused late', 'refused late', 'refused late', 'refused late'] as const;
    const { history } = scan({ first: [[[5, 9, 2], { next: 'second' }]], second: [...late, end([7, 1])] });
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('is looked for twice each time, not only the first', () => {
    const { asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [empty, [[7, 1], { next: 'third' }]],
      third: [empty],
    });
    const scanned = ['first', 'second', 'third', 'second', 'third'];
    expect(asked).toEqual(['first', 'second', ...scanned, ...scanned]);
  });

  test('proves nothing where its page can not be read anew', () => {
    const { walk, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[7, 1], { next: 'third' }], 'refused'],
    });
    expect([asked, walk.headRead]).toEqual([['first', 'second', 'third', 'second'], false]);
  });

  test('never comes where it goes in circles: it is left, with a sentence that says so', () => {
    const { walk, history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[7, 1], { next: 'third' }]],
      third: [[[3, 4], { next: 'second' }]],
    });
    expect(asked).toEqual(['first', 'second', 'third']);
    expect([walk.obstacle, gapsOf(history), history.scans.current]).toEqual([
      expect.stringContaining('circle'),
      1,
      null,
    ]);
  });
});

test('P8: a list that shows the same rows under ever new cursors is left', () => {
  const pages = Array.from({ length: 150 }, (_, index): [string, Served[]] => [
    `page ${index}`,
    [[[7, 1, 5], { next: `page ${index + 1}`, prev: 'back' }]],
  ]);
  const { walk, asked } = scan({
    first: [[[7, 1, 5], { next: 'page 0' }]],
    ...Object.fromEntries(pages),
  });
  expect([asked.length, walk.obstacle]).toEqual([102, expect.stringContaining('circle')]);
});

describe('a list that is too long to be read whole in every run', () => {
  const long = ended(10, [1, 2, 5, 7, 9], 4);
  const list: ServedList = {
    first: [[[5, 9, 2], { next: 'second', at: at(14) }]],
    second: [[[7, 1], { next: 'third', prev: 'back', at: at(14) }]],
    third: [[[4], { next: 'fourth', prev: 'back', at: at(14) }]],
    fourth: [end([3])],
  };

  function headOf(served: ServedList, history: Partial<History>) {
    const walk = walkOf(history);
    const asked = play(walk, headOfUnordered(walk), served);
    const due = play(walk, fullScan(walk), served);
    return { walk, asked, due };
  }

  test('costs a page a run, and the run is complete', () => {
    const { walk, asked, due } = headOf(list, proved(9, 1, long));
    expect([asked, due, walk.headRead, walk.history.scans.headAt]).toEqual([['first'], [], true, at(14)]);
    // What it shows proves nothing.
    expect(walk.history.headAt).toBe(at(10));
  });

  test('P6: and more while a page brings syncs that are new since the last time, three at the most', () => {
    const first: Served = [[5, 11, 2], { next: 'second', at: at(14) }];
    expect(headOf({ ...list, first: [first] }, proved(9, 1, long)).asked).toEqual(['first', 'second']);
    const second: Served = [[12, 1], { next: 'third', prev: 'back', at: at(14) }];
    const third: Served = [[13], { next: 'fourth', prev: 'back', at: at(14) }];
    const news = { ...list, first: [first], second: [second], third: [third] };
    expect(headOf(news, proved(9, 1, long)).asked).toEqual(['first', 'second', 'third']);
  });

  test('is read whole a day after it was proved, not before', () => {
    const almost = proved(9, 1, long, at(14) - 24 * 3_600_000 + 1);
    expect(headOf(list, almost).due).toEqual([]);
    const aDay = proved(9, 1, long, at(14) - 24 * 3_600_000);
    expect(headOf(list, aDay).due.slice(0, 4)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  test('rests for a day after three passes that do not agree, and what was proved stands', () => {
    const changing = { ...list, fourth: [end([3]), end([6]), end([8]), end([0])] };
    const { walk, due } = headOf(changing, proved(9, 1, long, at(14) - 24 * 3_600_000));
    expect([due.length, walk.history.scans.disagreed, gapsOf(walk.history)]).toEqual([12, 3, 0]);
    expect(play(walk, fullScan(walk), changing)).toEqual([]);
  });

  test('is read whole where a person asks for it', () => {
    const looks = newHistory().looks;
    looks.asked.current = { until: hour(0), began: at(13), place: null };
    const { walk, due } = headOf({ ...list, fourth: [end([3])] }, { ...proved(9, 1, long), looks });
    expect(due.slice(0, 4)).toEqual(['first', 'second', 'third', 'fourth']);
    expect([walk.history.looks.asked.current, walk.history.recheckedAt]).toEqual([null, expect.any(Number)]);
  });

  test('has no head of its own while it is short', () => {
    const { asked } = headOf(list, proved(9, 1, ended(10, [1, 2, 5, 7, 9], 3)));
    expect(asked).toEqual([]);
  });
});

test('a list that is in order is not scanned', () => {
  expect(scan({}, { order: 'newest_first' }).asked).toEqual([]);
});
