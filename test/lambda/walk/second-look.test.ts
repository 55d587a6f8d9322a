import { describe, expect, test } from 'vitest';
import { type Instant, instantOf } from '../../../lambda/rows/instant.ts';
import { type History, newHistory, type Reach, type SecondLook } from '../../../lambda/walk/history.ts';
import {
  askForLook,
  compareLooks,
  countLooksFrom,
  type DueLook,
  dueLook,
  lookAgain,
  nextLook,
} from '../../../lambda/walk/second-look.ts';
import { Walk } from '../../../lambda/walk/walk.ts';
import { at, back, hour, play, type ServedList, stretchOf } from './pages.ts';

const hourMs = 60 * 60_000;
const now = at(24 * 60);
const beginning = '0001-01-01T00:00:00' as Instant;
type Current = NonNullable<SecondLook['current']>;

/** A whole history, with these looks. */
function historyWith(
  looks: Partial<Record<Reach, Partial<SecondLook>>> = {},
  more: Partial<History> = {},
): History {
  const history = newHistory();
  for (const reach of ['day', 'week', 'month', 'asked'] as const)
    Object.assign(history.looks[reach], looks[reach]);
  return {
    ...history,
    order: 'newest_first',
    headAt: now,
    stretches: [stretchOf(1000, 1, { closed: true })],
    ...more,
  };
}

const just = { last: now };
/** All looks are new but this one. */
const onlyOld = (reach: 'day' | 'week' | 'month', last: number) =>
  historyWith({ day: just, week: just, month: just, [reach]: { last } });

describe('P3: a second look is due', () => {
  test.each([
    ['day', 23.5 * hourMs],
    ['week', 6.75 * 24 * hourMs],
    ['month', 27 * 24 * hourMs],
  ] as const)('a little more often than each %s', (reach, everyMs) => {
    const early = onlyOld(reach, now - everyMs + 1);
    expect([dueLook(early, now), early.looks[reach].current]).toEqual([undefined, null]);
    expect(dueLook(onlyOld(reach, now - everyMs), now)).toBe(reach);
  });

  test.each([
    ['day', instantOf(now - 26 * hourMs)],
    ['week', instantOf(now - 7.25 * 24 * hourMs)],
    ['month', beginning],
  ] as const)('and goes a little further back than a %s', (reach, until) => {
    const history = onlyOld(reach, 0);
    dueLook(history, now);
    expect(history.looks[reach]).toEqual({ last: 0, current: { until, began: now, place: null } });
  });

  test('one after the other, the nearest first', () => {
    const old = { last: 0 };
    const history = historyWith({ day: old, week: old, month: old });
    expect(dueLook(history, now)).toBe('day');
    history.looks.day = { last: now, current: null };
    expect(dueLook(history, now)).toBe('week');
    expect(history.looks.month.current).toBeNull();
  });

  test('as long as it is under way, from where it came to', () => {
    const current: Current = { until: hour(1), began: now - hourMs, place: 'there' };
    const history = historyWith({ day: just, week: { last: now, current }, month: just });
    expect(dueLook(history, now)).toBe('week');
    expect(history.looks.week.current).toEqual(current);
  });

  test('first of all where a person asks for it', () => {
    const history = historyWith({ day: { last: 0 } });
    askForLook(history, now, undefined);
    expect(dueLook(history, now)).toBe('asked');
  });

  test.each<[string, History]>([
    ['before the history was whole: it was just read', historyWith()],
    ['of a list in no order: its scans read it all', { ...onlyOld('day', 0), order: 'unordered' }],
    ['of a history of which nothing is known', { ...onlyOld('day', 0), stretches: [] }],
  ])('but not %s', (_, history) => {
    expect(dueLook(history, now)).toBeUndefined();
  });
});

describe('a look that a person asks for', () => {
  test('goes as far back as asked, or over all', () => {
    const history = historyWith();
    askForLook(history, now, 3 * hourMs);
    expect(history.looks.asked.current).toEqual({
      until: instantOf(now - 3 * hourMs),
      began: now,
      place: null,
    });
    askForLook(history, now, undefined);
    expect(history.looks.asked.current?.until).toBe(beginning);
  });

  test('goes on where one that goes as far is under way', () => {
    const current: Current = { until: hour(500), began: now - hourMs, place: 'there' };
    const history = historyWith({ asked: { current: { ...current } } });
    askForLook(history, now, now - at(500));
    expect(history.looks.asked.current).toEqual(current);
    askForLook(history, now, now - at(499));
    expect(history.looks.asked.current).toEqual({ until: hour(499), began: now, place: null });
  });
});

describe('P17: who is looked at first', () => {
  const sorted = (...due: DueLook[]) => due.toSorted(compareLooks).map(({ since }) => since);

  test('is what a person asks for, then what changes soonest, however long it has waited', () => {
    const asked: DueLook = { reach: 'asked', since: 9 };
    const [day, week, month] = (['day', 'week', 'month'] as const).map((reach, index) => ({
      reach,
      since: 8 - index,
    })) as [DueLook, DueLook, DueLook];
    expect(sorted(month, week, asked, day)).toEqual([9, 8, 7, 6]);
    expect(sorted(day, asked, week, month)).toEqual([9, 8, 7, 6]);
  });

  test('is, of equals, who has waited longest', () => {
    const day = (since: number): DueLook => ({ reach: 'day', since });
    expect(sorted(day(3), day(1), day(2))).toEqual([1, 2, 3]);
    expect(compareLooks(day(1), day(2))).toBeLessThan(0);
    expect(compareLooks(day(2), day(1))).toBeGreaterThan(0);
  });

  test('has waited since its last look, or since a person asked', () => {
    expect(nextLook(onlyOld('week', 5), now)).toEqual({ reach: 'week', since: 5 });
    const history = historyWith();
    askForLook(history, 7, undefined);
    expect(nextLook(history, now)).toEqual({ reach: 'asked', since: 7 });
  });
});

test('looks are counted from when the history became whole, and from no time after', () => {
  const history = historyWith({ week: { last: 5 } });
  countLooksFrom(history, now);
  const { day, week, month, asked } = history.looks;
  expect([day.last, week.last, month.last, asked.last]).toEqual([now, 5, now, null]);
});

/** Looks again, in a run whose head named `second`; over all unless it is said how far. */
function look(
  list: ServedList,
  current: Partial<Current> = {},
  {
    reach = 'month' as Reach,
    history = {} as Partial<History>,
    firstLink = 'second' as string | null,
    headIsAll = false,
  } = {},
) {
  const looks = { [reach]: { current: { until: beginning, began: now, place: null, ...current } } };
  const walk = new Walk(
    historyWith(looks, { stretches: [stretchOf(20, 1, { closed: true, place: 'last' })], ...history }),
  );
  walk.firstLink = firstLink ?? undefined;
  walk.headIsAll = headIsAll;
  const asked = play(walk, lookAgain(walk, reach), list);
  return { asked, walk, look: walk.history.looks[reach], history: walk.history };
}

const page = (hours: readonly number[], next?: string) =>
  [hours, { ...back, at: now, ...(next === undefined ? {} : { next }) }] as const;
const three: ServedList = {
  second: [page([17, 16], 'third')],
  third: [page([15, 14], 'last')],
  last: [page([2, 1])],
};

describe('P3: a second look', () => {
  test('goes from below the head, which was just read, to the end of the list', () => {
    const { asked, look: done, history } = look(three);
    expect(asked).toEqual(['second', 'third', 'last']);
    expect(done).toEqual({ last: now, current: null });
    expect(history.stretches).toEqual([stretchOf(20, 1, { closed: true, place: 'last' })]);
  });

  test('goes no further than it reaches', () => {
    expect(look(three, { until: hour(14) }).asked).toEqual(['second', 'third']);
    expect(look(three, { until: hour(13) }).asked).toEqual(['second', 'third', 'last']);
  });

  test('is done with the head where that is all there is', () => {
    const { asked, look: done } = look({}, {}, { firstLink: null, headIsAll: true });
    expect([asked, done]).toEqual([[], { last: now, current: null }]);
  });

  test('begins at the newest end where the head names no other page, and does not state that there is none', () => {
    const first = [page([20, 19], 'second')];
    expect(look({ ...three, first }, {}, { firstLink: null }).asked).toEqual([
      'first',
      'second',
      'third',
      'last',
    ]);
    const oldestFirst = { order: 'oldest_first', tail: 'tail' } as const;
    expect(look({}, {}, { firstLink: null, history: oldestFirst }).asked).toEqual(['tail']);
  });

  test('goes on from the page that it came to, which is read again', () => {
    const { asked, look: done } = look(three, { place: 'third', began: now - 5 });
    expect([asked, done.last]).toEqual([['third', 'last'], now - 5]);
    // Even where the head says that it is all there is.
    expect(look(three, { place: 'third' }, { headIsAll: true }).asked).toEqual(['third', 'last']);
  });

  test('keeps the page that it came to', () => {
    const walk = new Walk(historyWith({ day: { current: { until: beginning, began: now, place: null } } }));
    walk.firstLink = 'second';
    const job = lookAgain(walk, 'day');
    job.next();
    job.next({ cursor: 'second', at: now, count: 2, starts: [hour(17), hour(16)], next: 'third', ...back });
    expect(walk.history.looks.day.current?.place).toBe('second');
  });

  test.each<[string, ServedList]>([
    ['is refused', {}],
    ['is empty', { there: [[[], back]] }],
  ])('begins anew in the next run where the place that it came to %s, and is not done', (_, list) => {
    const { asked, look: left } = look(list, { place: 'there' });
    expect(asked).toEqual(['there']);
    expect(left).toEqual({ last: null, current: { until: beginning, began: now, place: null } });
  });

  test.each<[string, Reach, number, boolean]>([
    ['is left after three days', 'day', 72 * hourMs + 1, true],
    ['is not left sooner', 'day', 72 * hourMs, false],
    ['is never left where a person asks for it', 'asked', 300 * hourMs, false],
  ])('whose place is refused again and again %s', (_, reach, age, isLeft) => {
    const began = now - age;
    const { look: left } = look({}, { place: 'there', began }, { reach });
    expect(left).toEqual(
      isLeft
        ? { last: began, current: null }
        : { last: null, current: { until: beginning, began, place: null } },
    );
  });

  test('goes on down however many pages there are, as long as each leads further', () => {
    const names = Array.from({ length: 150 }, (_, index) => index);
    const list = Object.fromEntries(
      names.map((index) => [`${index}`, [page([-index], index < 149 ? `${index + 1}` : undefined)]]),
    );
    const { asked, look: done, history } = look({ second: [page([17, 16], '0')], ...list });
    expect([asked.length, done.current, history.recheckedAt]).toEqual([151, null, now]);
  });

  test('asks for no page again that goes back as far as it reaches, though that names no older one', () => {
    const { asked, look: done } = look({ second: [[[17, 16], { at: now }]] }, { until: hour(16) });
    expect([asked, done.current]).toEqual([['second'], null]);
  });

  test('joins what it finds, and a stretch that it shows to go on opens again', () => {
    const { history } = look({ second: [page([17, 16], 'third')], third: [page([2, 1, 0])] });
    expect(history.stretches).toEqual([stretchOf(20, 0, { place: 'third' })]);
  });

  test('concludes nothing of the end of the list, wherever that is', () => {
    const { history } = look({ second: [page([17, 16])] });
    expect(history).toMatchObject({
      doubt: null,
      lostGaps: 0,
      stretches: [stretchOf(20, 1, { closed: true, place: 'last' })],
    });
  });

  test('asks a second time where the list only looks as if it ended: its header may be lost', () => {
    const list = { ...three, second: [[[17, 16], { at: now }] as const, page([17, 16], 'third')] };
    expect(look(list).asked).toEqual(['second', 'second', 'third', 'last']);
    const { asked, look: done } = look({ second: [[[17, 16], { at: now }]] });
    expect([asked, done.last]).toEqual([['second', 'second'], now]);
  });

  test.each<[string, ServedList[string]]>([
    ['is refused', ['refused']],
    ['is empty', [[[], back]]],
  ])('asks the page before it a second time where a link %s', (_, third) => {
    expect(look({ ...three, third: [...third, page([15, 14], 'last')] }).asked).toEqual([
      'second',
      'third',
      'second',
      'third',
      'last',
    ]);
    const { asked, look: done } = look({ ...three, third });
    expect([asked, done.last]).toEqual([['second', 'third', 'second', 'third'], now]);
  });

  test('goes on over an empty page that names an older one, and over rows that tell no time', () => {
    const list = {
      ...three,
      second: [page([], 'odd')],
      odd: [[[], { count: 10, ...back, next: 'third' }] as const],
    };
    expect(look(list).asked).toEqual(['second', 'odd', 'third', 'last']);
  });

  test('asks a second time at each page where the list looks as if it ended, not only at the first', () => {
    const list: ServedList = {
      second: [[[17, 16], { at: now }], page([17, 16], 'third')],
      third: ['refused', [[15, 14], { at: now }], page([15, 14], 'last')],
      last: [page([2, 1])],
    };
    const { asked, look: done } = look(list);
    expect(asked).toEqual(['second', 'second', 'third', 'second', 'third', 'third', 'last']);
    expect(done.current).toBeNull();
  });

  test('P8: leaves a circle', () => {
    expect(look({ second: [page([17, 16], 'third')], third: [page([15, 14], 'second')] }).asked).toEqual([
      'second',
      'third',
    ]);
  });

  test('P8: leaves pages that lead no further into the past, under ever new cursors', () => {
    const again = (name: string) => [page([15, 14], name)];
    const names = Array.from({ length: 300 }, (_, index) => [`${index}`, again(`${index + 1}`)]);
    const { asked, look: done, history } = look({ second: again('0'), ...Object.fromEntries(names) });
    expect([asked.length, done.current]).toEqual([102, null]);
    // Nothing says that all of it was read.
    expect([done.last, history.recheckedAt, history.looks.week.last]).toEqual([now, null, null]);
  });

  test('P8: leaves pages that tell no time, under ever new cursors', () => {
    const odd = (name: string) => [[[], { count: 10, ...back, next: name }] as const];
    const list = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`odd ${index}`, odd(`odd ${index + 1}`)]),
    );
    const { asked, look: done } = look({ second: odd('odd 0'), ...list });
    expect([asked.length, done.current]).toEqual([101, null]);
  });

  test('oldest first, goes along the links to the pages before, and ends where the first one names itself', () => {
    const rising = (hours: readonly number[], prev: string) => [
      [hours, { next: 'newer', prev, at: now }] as const,
    ];
    const list = {
      second: rising([14, 15], 'first'),
      first: rising([1, 2], 'same'),
      same: rising([1, 2], 'again'),
    };
    expect(look(list, {}, { history: { order: 'oldest_first' } }).asked).toEqual(['second', 'first', 'same']);
  });

  test('oldest first, goes on from a page that was read a second time since its link led to nothing', () => {
    const rising = (hours: readonly number[], prev: string) =>
      [hours, { next: 'newer', prev, at: now }] as const;
    const list: ServedList = {
      second: [rising([14, 15], 'first')],
      first: ['refused', [[1, 2], { next: 'second', at: now }]],
    };
    expect(look(list, {}, { history: { order: 'oldest_first' } }).asked).toEqual([
      'second',
      'first',
      'second',
      'first',
    ]);
  });

  test('P8: oldest first, ends there, too, where a header was lost before', () => {
    const rising = (hours: readonly number[], prev: string) =>
      [hours, { next: 'newer', prev, at: now }] as const;
    const names = Array.from({ length: 50 }, (_, index) => [`${index}`, [rising([1, 2], `${index + 1}`)]]);
    const list = { second: [[[14, 15], { at: now }], rising([14, 15], '0')], ...Object.fromEntries(names) };
    expect(look(list, {}, { history: { order: 'oldest_first' } }).asked).toEqual([
      'second',
      'second',
      '0',
      '1',
    ]);
  });

  test('that is not under way asks for nothing', () => {
    const walk = new Walk(historyWith());
    expect(play(walk, lookAgain(walk, 'day'), {})).toEqual([]);
  });
});

describe('a second look that has come to its end', () => {
  const began = now - hourMs;
  const lastsAfter = (reach: Reach, until: Instant) => {
    const { history } = look(three, { until, began }, { reach });
    const { day, week, month, asked } = history.looks;
    expect(asked.last).toBeNull();
    return [day.last, week.last, month.last, history.recheckedAt];
  };
  const day = instantOf(began - 26 * hourMs);
  const week = instantOf(began - 7.25 * 24 * hourMs);

  test.each<[Reach, Instant, (number | null)[]]>([
    ['day', day, [began, null, null, null]],
    ['week', week, [began, began, null, null]],
    ['month', beginning, [began, began, began, began]],
    ['asked', beginning, [began, began, began, began]],
    ['asked', instantOf(began - 8 * 24 * hourMs), [began, began, null, null]],
    ['asked', instantOf(began - 26 * hourMs + 1), [null, null, null, null]],
  ])('(%s, down to %s) has looked at what those would that go less far', (reach, until, lasts) => {
    expect(lastsAfter(reach, until)).toEqual(lasts);
  });

  test('takes nothing back from one that began later', () => {
    const looks = historyWith({
      day: { last: now },
      month: { current: { until: beginning, began, place: null } },
    });
    const walk = new Walk(looks);
    walk.headIsAll = true;
    play(walk, lookAgain(walk, 'month'), {});
    expect(walk.history.looks).toMatchObject({
      day: { last: now },
      week: { last: began },
      month: { last: began },
    });
  });
});
