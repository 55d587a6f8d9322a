import { describe, expect, test } from 'vitest';
import { type Instant, instantOf } from '../../../lambda/rows/instant.ts';
import { countOpen, type History, newHistory } from '../../../lambda/walk/history.ts';
import { OpenSyncs } from '../../../lambda/walk/open-syncs.ts';

const now = Date.UTC(2026, 5, 8, 12);
/** Seven days before. */
const limit = '2026-06-01T12:00:00' as Instant;
const oldDay = '2026-06-01';
const old = (hour: number) => `${oldDay}T${String(hour).padStart(2, '0')}:00:00` as Instant;
const today = '2026-06-08';
const young = (hour: number) => `${today}T${String(hour).padStart(2, '0')}:00:00` as Instant;

function openSyncs(history: Partial<History> = {}) {
  const whole: History = { ...newHistory(), ...history };
  return { history: whole, syncs: new OpenSyncs(whole) };
}

const open = (start: Instant, place: string | null = null) => ({ start, place });
/** Read by this run. */
const readNow = (start: Instant, place: string | null = null) => ({ start, place, askedAt: now });

/** This run reads a page. */
function meet(syncs: OpenSyncs, cursor: string | null, starts: Instant[], stillOpen: Instant[] = []): void {
  syncs.meet({ cursor, at: now, count: starts.length, starts, open: stillOpen });
}

const hoursAgo = (hours: number) => instantOf(now - hours * 3_600_000);
/** Its list goes up to now. */
const upToNow = {
  stretches: [
    { newest: hoursAgo(0), oldest: hoursAgo(300), place: null, closed: true, refused: false, deadEnd: false },
  ],
};

/** Whether one of that age is due that was last asked for so long ago. */
function isDue(ageHours: number, askedHours: number, history: Partial<History> = {}): boolean {
  const asked = { start: hoursAgo(ageHours), place: 'there', askedAt: now - askedHours * 3_600_000 };
  const { syncs } = openSyncs({ ...history, opens: [asked] });
  meet(syncs, null, []);
  return syncs.due.length > 0;
}

describe('a page', () => {
  test('shows where an open sync stands now', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(3), 'before'), open(young(2), 'there')] });
    meet(syncs, 'here', [young(4), young(3)], [young(3)]);
    expect(history.opens).toEqual([readNow(young(3), 'here'), open(young(2), 'there')]);
    expect([syncs.hasMet(young(3)), syncs.hasMet(young(2))]).toEqual([true, false]);
  });

  test('P12: does not show one that began within the same second', () => {
    const of = (fraction: string) => `${young(3)}.${fraction}` as Instant;
    const { history, syncs } = openSyncs({ opens: [open(of('18')), open(of('19'))] });
    meet(syncs, 'here', [of('184')]);
    expect(history.opens).toEqual([readNow(of('18'), 'here'), open(of('19'))]);
    expect([syncs.hasMet(of('18')), syncs.hasMet(of('19'))]).toEqual([true, false]);
  });

  test('meets one that has ended, too: what became of it, the lake says', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(3))] });
    meet(syncs, 'here', [young(3)]);
    expect([syncs.hasMet(young(3)), history.opens.length]).toEqual([true, 1]);
  });
});

describe('P5: the turn of open syncs', () => {
  test('is from the newest down, beginning with the one that was left longest', () => {
    const asked = (hour: number, askedAt: number) => ({ ...open(young(hour)), askedAt });
    const { syncs } = openSyncs({ opens: [asked(9, 30), asked(5, 10), asked(2, 20), asked(7, 30)] });
    expect(syncs.due.map(({ start }) => start)).toEqual([young(5), young(2), young(9), young(7)]);
  });

  test('of nothing is empty', () => {
    expect(openSyncs().syncs.due).toEqual([]);
  });

  test('is over for a while for one that was looked for, also in vain', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(5), 'there'), open(young(9))] });
    meet(syncs, null, []);
    syncs.hadItsTurn(young(5));
    expect(history.opens).toEqual([readNow(young(5), 'there'), open(young(9))]);
    expect(syncs.due.map(({ start }) => start)).toEqual([young(9)]);
  });

  test('does not make one that was read look as if it was read later', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(5), 'there')] });
    meet(syncs, 'here', [young(5)], [young(5)]);
    syncs.meet({ cursor: 'on', at: now + 60_000, count: 0, starts: [] });
    syncs.hadItsTurn(young(5));
    expect(history.opens).toEqual([readNow(young(5), 'here')]);
  });

  test('brings back none that a commit in between has found final', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(9))] });
    syncs.hadItsTurn(young(5));
    expect(history.opens).toEqual([open(young(9))]);
  });
});

describe('P5: an open sync', () => {
  test.each([
    ['in every run for two hours', 1.9, 0.01],
    ['every hour for a day', 2.1, 1],
    ['every hour for a day', 23.9, 1],
    ['every day for a week', 24.1, 23.9],
    ['every day for a week', 167, 24],
    ['once more when its week is over', 168, 0.01],
    ['every hour, a little earlier', 3, 0.9],
    ['every day, a little earlier', 30, 0.95 * 24],
    ['at once where a clock was set back', 100, -5],
  ])('is asked for %s', (_, age, asked) => {
    expect(isDue(age, asked)).toBe(true);
  });

  test.each([
    [2, 0.8],
    [2.1, 0.8],
    [24, 2],
    [23.9, 0.8],
    [24.1, 22],
    [167, 22],
  ])('of %d hours is not asked for %d hours after the last time', (age, asked) => {
    expect(isDue(age, asked)).toBe(false);
  });

  test('that a newer one has followed is over: it is asked for hourly from the start, and not counted', () => {
    expect([isDue(1, 0.25, upToNow), isDue(1, 1, upToNow)]).toEqual([false, true]);
    const { history } = openSyncs({ ...upToNow, opens: [open(hoursAgo(0)), open(hoursAgo(1))] });
    expect(countOpen(history, null)).toBe(1);
  });
});

describe('P5: a sync that is still open seven days after its start', () => {
  test('is given up to the instant, and counted by its day', () => {
    const after = '2026-06-01T12:00:00.000001' as Instant;
    const { history, syncs } = openSyncs({
      opens: [open(limit), open(old(1)), open(after)],
      abandoned: { [oldDay]: 1, '2026-05-01': 4 },
    });
    for (const { start } of history.opens) syncs.hadItsTurn(start);
    syncs.giveUp(now, false);
    expect(history.opens).toEqual([open(after)]);
    expect(history.abandoned).toEqual({ [oldDay]: 3, '2026-05-01': 4 });
  });

  test('is not given up before this run has looked for it, unless it can not', () => {
    const { history, syncs } = openSyncs({ opens: [open(old(1)), open(old(2))] });
    meet(syncs, 'here', [old(2)], [old(2)]);
    syncs.giveUp(now, false);
    expect(history.opens).toEqual([open(old(1))]);
    syncs.giveUp(now, true);
    expect([history.opens, history.abandoned]).toEqual([[], { [oldDay]: 2 }]);
  });
});

describe('P10: open syncs that the record has no room for', () => {
  /** Open for so many hours; the record takes 100 bytes for each. */
  function crowded(hours: number[], most: number) {
    const { history, syncs } = openSyncs({ opens: hours.map((each) => open(hoursAgo(each))) });
    syncs.makeRoom(() => history.opens.length * 100, most);
    return { history, syncs, left: history.opens.map(({ start }) => start) };
  }

  test('are given up, the oldest first, and counted', () => {
    const { history, syncs, left } = crowded([5, 1, 4, 2, 3], 290);
    expect(left).toEqual([hoursAgo(1), hoursAgo(2)]);
    expect(history.abandoned).toEqual({ [today]: 3 });
    expect(syncs.givenUpEarly(now)).toBe(hoursAgo(3));
  });

  test('are none where there is room', () => {
    const { history, syncs, left } = crowded([2, 1], 200);
    expect([left.length, history.abandoned, syncs.givenUpEarly(now)]).toEqual([2, {}, undefined]);
  });

  test('stay given up when the lake names them again, and when their page is read again', () => {
    const { history, syncs } = crowded([5, 1], 150);
    syncs.takeFromLake(today, [hoursAgo(5), hoursAgo(1)], now);
    expect([history.opens.length, history.abandoned]).toEqual([1, { [today]: 1 }]);
    meet(syncs, 'here', [hoursAgo(5)], [hoursAgo(5)]);
    syncs.takeFromLake(today, [hoursAgo(5), hoursAgo(1)], now);
    expect([history.opens.length, history.abandoned]).toEqual([1, { [today]: 1 }]);
  });

  test('are all of them, and it ends there, where even that is not enough', () => {
    const opens = [1, 2, 3].map((each) => open(hoursAgo(each)));
    const { history, syncs } = openSyncs({ opens });
    syncs.makeRoom(() => 10_000, 50);
    expect([history.opens, history.givenUpTo]).toEqual([[], hoursAgo(1)]);
  });

  test('are given up to the latest of all, whichever was given up last', () => {
    const givenUpTo = (before: number) => {
      const { history, syncs } = openSyncs({ opens: [open(hoursAgo(5))], givenUpTo: hoursAgo(before) });
      syncs.makeRoom(() => history.opens.length * 100, 50);
      return history.givenUpTo;
    };
    expect(givenUpTo(9)).toBe(hoursAgo(5));
    expect(givenUpTo(2)).toBe(hoursAgo(2));
  });

  test('are not asked about where none is open', () => {
    const { syncs } = openSyncs();
    const never = () => {
      throw new Error('It costs time.');
    };
    expect(() => syncs.makeRoom(never, 50)).not.toThrow();
  });

  test('that were given up long ago do not keep those that are a week old', () => {
    const { history, syncs } = openSyncs({
      opens: [open(old(3))],
      givenUpTo: '2026-05-01T00:00:00' as Instant,
    });
    syncs.giveUp(now, true);
    expect(history.opens).toEqual([]);
    expect(syncs.givenUpEarly(now)).toBeUndefined();
  });

  test('are not spoken of any more from the moment on at which they would have been given up', () => {
    const { syncs } = openSyncs({ givenUpTo: limit });
    expect(syncs.givenUpEarly(now - 1)).toBe(limit);
    expect(syncs.givenUpEarly(now)).toBeUndefined();
  });

  test('are not spoken of any more when they would have been given up by now', () => {
    const { syncs } = crowded([5, 1], 150);
    expect(syncs.givenUpEarly(now + 163.1 * 3_600_000)).toBeUndefined();
  });
});

describe('P1: a final row that is seen open again', () => {
  const later = now + 3_600_000;

  function seenOpenAgain() {
    const { history, syncs } = openSyncs();
    meet(syncs, 'here', [young(3)], [young(3)]);
    syncs.takeFromLake(today, [], now);
    return history;
  }

  test('is followed, though the lake keeps it as it was', () => {
    expect(seenOpenAgain().opens).toEqual([{ ...readNow(young(3), 'here'), again: true }]);
  });

  test('is followed by later runs, too, also where they join other rows of its day', () => {
    const history = seenOpenAgain();
    new OpenSyncs(history).takeFromLake(today, [], later);
    expect(history.opens.map(({ start }) => start)).toEqual([young(3)]);
  });

  test('is followed until it is read as final', () => {
    const history = seenOpenAgain();
    const syncs = new OpenSyncs(history);
    meet(syncs, 'here', [young(3)]);
    syncs.takeFromLake(today, [], later);
    expect(history.opens).toEqual([]);
  });

  test('is not followed where it is older than a week', () => {
    const { history, syncs } = openSyncs();
    meet(syncs, 'here', [limit], [limit]);
    syncs.takeFromLake(oldDay, [], now);
    expect(history.opens).toEqual([]);
  });

  test('is not counted as abandoned: the lake has its end', () => {
    const history = seenOpenAgain();
    new OpenSyncs(history).giveUp(now + 8 * 24 * 3_600_000, true);
    expect([history.opens, history.abandoned]).toEqual([[], {}]);
  });
});

describe('P5: what the lake says of a day', () => {
  test('is what is asked about again, with the page that each was read on', () => {
    const { history, syncs } = openSyncs();
    meet(syncs, 'here', [young(3), young(2)], [young(3)]);
    syncs.takeFromLake(today, [young(3), young(1)], now);
    expect(history.opens).toEqual([readNow(young(3), 'here'), open(young(1))]);
  });

  test('ends those that are final by now, and of no other day', () => {
    const other = open('2026-06-07T01:00:00' as Instant, 'there');
    const { history, syncs } = openSyncs({ opens: [open(young(3), 'here'), open(young(1), 'here'), other] });
    syncs.takeFromLake(today, [young(1)], now);
    expect(history.opens).toEqual([other, open(young(1), 'here')]);
  });

  test('puts none on the list twice', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(3), 'there')] });
    syncs.takeFromLake(today, [young(3)], now);
    expect(history.opens).toEqual([open(young(3), 'there')]);
  });

  test('moves to the first page one that was read there', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(3), 'there')] });
    meet(syncs, null, [young(3)], [young(3)]);
    syncs.takeFromLake(today, [young(3)], now);
    expect(history.opens).toEqual([readNow(young(3), null)]);
  });

  test('gives up an old one that this run has read and found open', () => {
    const { history, syncs } = openSyncs({ opens: [open(old(3), 'there'), open(limit, 'there')] });
    meet(syncs, 'there', [limit, old(3)], [limit, old(3)]);
    syncs.takeFromLake(oldDay, [old(3), limit], now);
    expect([history.opens, history.abandoned]).toEqual([[], { [oldDay]: 2 }]);
  });

  test('leaves on the list an old one that has not been looked for yet', () => {
    const { history, syncs } = openSyncs({ opens: [open(old(3), 'there')] });
    syncs.takeFromLake(oldDay, [old(3)], now);
    expect([history.opens, history.abandoned]).toEqual([[open(old(3), 'there')], {}]);
  });

  test('does not ask again about those that were given up before', () => {
    const { history, syncs } = openSyncs({ abandoned: { [oldDay]: 2 } });
    syncs.takeFromLake(oldDay, [old(3), old(4)], now);
    expect([history.opens, history.abandoned]).toEqual([[], { [oldDay]: 2 }]);
  });

  test('asks about old ones where there are more than were given up: a run that crashed has left them', () => {
    const { history, syncs } = openSyncs({ abandoned: { [oldDay]: 1 } });
    syncs.takeFromLake(oldDay, [old(3), old(4)], now);
    expect([history.opens, history.abandoned]).toEqual([[open(old(3)), open(old(4))], {}]);
  });

  test('does not take for one that was given up what is on the list, and waits to be looked for', () => {
    const { history, syncs } = openSyncs({ opens: [open(old(4), 'there')], abandoned: { [oldDay]: 1 } });
    syncs.takeFromLake(oldDay, [old(3), old(4)], now);
    expect([history.opens, history.abandoned]).toEqual([[open(old(4), 'there')], { [oldDay]: 1 }]);
  });

  test('nor what this run has read', () => {
    const { history, syncs } = openSyncs({ abandoned: { [oldDay]: 1 } });
    meet(syncs, 'here', [old(4)], [old(4)]);
    syncs.takeFromLake(oldDay, [old(3), old(4)], now);
    expect([history.opens, history.abandoned]).toEqual([[], { [oldDay]: 2 }]);
  });

  test('counts fewer as given up where one of them has ended after all', () => {
    const { history, syncs } = openSyncs({ abandoned: { [oldDay]: 2 } });
    syncs.takeFromLake(oldDay, [old(3)], now);
    expect(history.abandoned).toEqual({ [oldDay]: 1 });
    syncs.takeFromLake(oldDay, [], now);
    expect(history.abandoned).toEqual({});
  });
});
