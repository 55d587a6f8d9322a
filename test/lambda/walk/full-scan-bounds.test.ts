/** What a pass through a list in no order concludes, to the instant, and what the head of a long one says. */
import { describe, expect, test } from 'vitest';
import {
  headOfUnordered,
  isPassDue,
  isProofLost,
  isScannedInEveryRun,
} from '../../../lambda/walk/full-scan.ts';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
import { newPass, newScans, type Scans } from '../../../lambda/walk/scans.ts';
import { at, back, hour, play, type Served, type ServedList, stretchOf } from './pages.ts';
import { ended, scan, walkOf } from './scanning.ts';

const whole = (newest: number, oldest: number) => [stretchOf(newest, oldest, { closed: true })];

/** Proved from 9 down to 1 up to 10, by passes of so many pages. */
const known = (scans: Partial<Scans> = {}, pages = 4): Partial<History> => ({
  stretches: whole(9, 1),
  headAt: at(10),
  scans: {
    ...newScans(),
    before: ended(10, [1, 2, 5, 7, 9], pages),
    restingSince: at(10),
    headAt: at(10),
    ...scans,
  },
});

const end = (hours: readonly number[], time = 23): Served => [hours, { ...back, at: at(time) }];

describe('P15: a pass of a single page', () => {
  test('proves the list up to its own beginning, also where the one before had one page and other syncs', () => {
    const { history, asked } = scan({ first: [[[5, 8, 1], { at: at(14) }]] }, known({}, 1));
    expect(asked).toEqual(['first']);
    expect(history).toMatchObject({
      headAt: at(14),
      stretches: whole(8, 1),
      recheckedAt: at(14),
      empty: false,
    });
  });

  test('of the first list is no reading again', () => {
    expect(scan({ first: [[[5, 8, 1], { at: at(14) }]] }).history.recheckedAt).toBeNull();
  });

  test('joins what is known where its oldest sync started at the very moment up to which that is whole', () => {
    const oldestAt = (number: number) =>
      scan({ first: [[[13, number, 12], { at: at(14) }]] }, known({}, 1)).history;
    expect(oldestAt(10)).toMatchObject({ lostGaps: 0, stretches: whole(13, 1) });
    expect(oldestAt(11)).toMatchObject({ lostGaps: 1, stretches: whole(13, 11) });
  });

  test('reaches as far down as what it has met, where that is older than all that was known', () => {
    const list: ServedList = { first: [[[9, 0, 5], { at: at(14) }]] };
    expect(scan(list, known({}, 1)).history.stretches).toEqual(whole(9, 0));
  });

  test('answers a person who asked for it at the moment at which it began', () => {
    const asked = (began: number) => {
      const { looks } = newHistory();
      looks.asked.current = { until: hour(0), began: at(began), place: null };
      return scan({ first: [[[5, 8, 1], { at: at(14) }]] }, { ...known({}, 1), looks }).history.looks.asked;
    };
    expect(asked(14).current).toBeNull();
  });
});

describe('P4: passes that do not agree', () => {
  const before = ended(10, [1, 2, 5, 7, 9], 2);
  const list = (...second: (Served | 'refused')[]): ServedList => ({
    first: [[[5, 9, 2], { next: 'second', at: at(34) }]],
    second,
  });

  test('rest from when the last page of the third was read, and not before', () => {
    const cut = scan(
      { first: [[[5, 9, 2], { next: 'second', at: at(34) }], 'refused'], second: [end([7], 35)] },
      known({ before, restingSince: at(10) }),
    );
    expect(cut.history.scans).toMatchObject({ disagreed: 1, restingSince: at(10) });
    const three = scan(
      list(end([7], 35), end([1], 36), end([7, 1], 37)),
      known({ before, restingSince: at(10) }),
    );
    expect(three.history.scans).toMatchObject({ disagreed: 3, restingSince: at(37) });
  });

  test('rest from when the last page was read, too, where they agree', () => {
    const { history } = scan(list(end([7, 1], 35)), known({ before }));
    expect(history.scans).toMatchObject({ disagreed: 0, restingSince: at(35) });
  });

  test('are gone on with at once after one of them, however long the list is', () => {
    const walk = walkOf(known({ disagreed: 1, restingSince: at(10) }));
    walk.askedAt = at(10);
    expect(isPassDue(walk)).toBe(true);
    const three = walkOf(known({ disagreed: 3, restingSince: at(10) }));
    three.askedAt = at(10);
    expect(isPassDue(three)).toBe(false);
  });
});

describe('P16: a list that holds nothing that has begun', () => {
  const nothing = { ...ended(10, []), pages: 1 };
  /** Nothing of the first page has begun when that is read; the second is read an hour later. */
  const list = (...second: number[]): ServedList => ({
    first: [[[20, 21], { next: 'second', at: at(14) }]],
    second: [end(second, 15)],
  });

  test('is not called empty where the first of its rows began just when its last page was read', () => {
    const { history } = scan(list(15), known({ before: nothing }));
    expect([history.doubt, history.empty, history.order]).toEqual([null, false, 'unordered']);
  });

  test('is doubted to be empty as of when that was read, and shows no order', () => {
    const { history } = scan(list(22), known({ before: nothing }));
    expect(history).toMatchObject({ doubt: { kind: 'emptied', since: at(15) }, order: 'unordered' });
  });

  test('P10: withdraws no doubt, but rows that can not be placed do', () => {
    const doubt = { kind: 'emptied', since: at(14) - 1 } as const;
    const { history } = scan({ first: [[[], { at: at(14) }]] }, { ...known({}, 1), doubt });
    expect(history.doubt).toEqual(doubt);
    const placeless = scan({ first: [[[], { count: 2, at: at(14) }]] }, { ...known({}, 1), doubt });
    expect(placeless.history.doubt).toBeNull();
    const head = walkOf({ ...known(), doubt });
    play(head, headOfUnordered(head), { first: [[[], { count: 2, at: at(14) }]] });
    expect(head.history.doubt).toBeNull();
    const empty = walkOf({ ...known(), doubt });
    play(empty, headOfUnordered(empty), { first: [[[], { at: at(14) }]] });
    expect(empty.history.doubt).toEqual(doubt);
  });
});

describe('whether a list in no order is read whole in every run', () => {
  test('hangs on how long it was, and not where a pass is under way', () => {
    const every = (scans: Partial<Scans>) =>
      isScannedInEveryRun({ ...newHistory(), scans: { ...newScans(), ...scans } });
    expect(every({})).toBe(true);
    expect(every({ before: ended(10, [1], 3) })).toBe(true);
    expect(every({ before: ended(10, [1], 4) })).toBe(false);
    expect(every({ current: newPass(at(10)) })).toBe(false);
  });

  test('it is read whole, too, where it is long and nothing of it is known to be whole', () => {
    const walk = walkOf({ ...known(), stretches: [] });
    walk.askedAt = at(10);
    expect(isPassDue(walk)).toBe(true);
  });

  test('no page was asked for yet: it is not due', () => {
    expect(isPassDue(walkOf(known()))).toBe(false);
  });
});

describe('P6: the head of a long list in no order', () => {
  function head(list: ServedList, history: Partial<History> = known()) {
    const walk = walkOf(history);
    const asked = play(walk, headOfUnordered(walk), list);
    return { walk, asked, headAt: walk.history.scans.headAt };
  }

  test('is known as of its first page, however many are read', () => {
    const { asked, headAt } = head({
      first: [[[5, 13, 2], { next: 'second', at: at(14) }]],
      second: [[[7, 1], { ...back, next: 'third', at: at(15) }]],
    });
    expect([asked, headAt]).toEqual([['first', 'second'], at(14)]);
  });

  test('is one page where its newest sync started just when it was last read', () => {
    const second = [[[7, 1], { ...back, at: at(14) }]] as const;
    expect(head({ first: [[[5, 10, 2], { next: 'second', at: at(14) }]], second }).asked).toEqual(['first']);
    expect(head({ first: [[[5, 11, 2], { next: 'second', at: at(14) }]], second }).asked).toEqual([
      'first',
      'second',
    ]);
  });

  test('ends with the list, whatever is new on its last page', () => {
    expect(head({ first: [[[5, 13, 2], { at: at(14) }]] }).asked).toEqual(['first']);
  });

  test('that is refused was not read', () => {
    const { walk, asked, headAt } = head({});
    expect([asked, walk.headRead, headAt]).toEqual([['first'], false, at(10)]);
  });

  test('P15: says what is lost of the proof, and nothing where it is good', () => {
    const obstacle = (scans: Partial<Scans>) =>
      head({ first: [[[5, 9, 2], { next: 'second', at: at(14) }]] }, known(scans)).walk.obstacle;
    expect(obstacle({})).toBeNull();
    expect(obstacle({ disagreed: 3 })).toContain('changed in every sweep');
    expect(obstacle({ headAt: at(10 + 48) })).toContain('no reading of the whole list');
  });

  test('of a list in order is no proof that could be lost', () => {
    const history = { ...newHistory(), ...known({ disagreed: 3 }) };
    expect(isProofLost({ ...history, order: 'unordered' })).toBe(true);
    expect(isProofLost({ ...history, order: 'newest_first' })).toBe(false);
  });
});

test('P15: a run in which no pass is due is not told as restless', () => {
  const { asked, walk } = scan({}, known());
  expect([asked, walk.obstacle]).toEqual([[], null]);
});

describe('P3: a pass', () => {
  test('goes on over an empty page that names a further one', () => {
    const { history, asked } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: [[[], { ...back, next: 'third' }]],
      third: [end([7, 1])],
    });
    expect(asked).toEqual(['first', 'second', 'third', 'first', 'second', 'third']);
    expect(history.stretches).toEqual(whole(9, 1));
  });

  test('may have a hundred thousand pages', () => {
    const current = { ...newPass(at(13)), place: 'second', pages: 99_999 };
    const { asked } = scan({ second: [[[7, 1], { next: 'third' }]], third: [end([4])] }, known({ current }));
    expect(asked.slice(0, 2)).toEqual(['second', 'third']);
  });

  test('ends with a page that names no other twice, though it never states that there is none', () => {
    const { asked } = scan({ first: [[[5, 9, 2], { next: 'second' }]], second: [[[7, 1]]] });
    expect(asked).toEqual(['first', 'second', 'second', 'first', 'second', 'second']);
  });

  test('ends where a link is refused twice, the second time right after its page was read', () => {
    const { history, asked } = scan({ first: [[[5, 9, 2], { next: 'second' }]] });
    expect(asked).toEqual(['first', 'second', 'first', 'second', 'first', 'second', 'first', 'second']);
    expect(history.stretches).toEqual(whole(9, 2));
  });

  test('P8: is left where a link is refused for ever, each time after a while', () => {
    const { asked, walk } = scan({
      first: [[[5, 9, 2], { next: 'second' }]],
      second: ['refused late'],
    });
    expect([asked.length, walk.headRead, walk.history.scans.current]).toEqual([103, false, null]);
  });
});
