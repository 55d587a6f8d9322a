import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../lambda/rows/instant.ts';
import { type History, newHistory } from '../../../lambda/walk/history.ts';
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

/** This run reads a page. */
function meet(syncs: OpenSyncs, cursor: string | null, starts: Instant[], stillOpen: Instant[] = []): void {
  syncs.meet({ cursor, at: now, count: starts.length, starts, open: stillOpen });
}

describe('a page', () => {
  test('shows where an open sync stands now', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(3), 'before'), open(young(2), 'there')] });
    meet(syncs, 'here', [young(4), young(3)], [young(3)]);
    expect(history.opens).toEqual([open(young(3), 'here'), open(young(2), 'there')]);
    expect([syncs.hasMet(young(3)), syncs.hasMet(young(2))]).toEqual([true, false]);
  });

  test('meets one that has ended, too: what became of it, the lake says', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(3))] });
    meet(syncs, 'here', [young(3)]);
    expect([syncs.hasMet(young(3)), history.opens.length]).toEqual([true, 1]);
  });
});

describe('P5: the turn of open syncs', () => {
  test('is from the newest down, beginning with the one that was left longest', () => {
    const { syncs } = openSyncs({ opens: [open(young(5)), open(young(9)), open(young(2)), open(young(7))] });
    expect(syncs.inTurn.map(({ start }) => start)).toEqual([young(5), young(2), young(9), young(7)]);
  });

  test('of nothing is empty', () => {
    expect(openSyncs().syncs.inTurn).toEqual([]);
  });

  test('comes last for one that has had it', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(5), 'there'), open(young(9))] });
    syncs.hadItsTurn(young(5));
    expect(history.opens).toEqual([open(young(9)), open(young(5), 'there')]);
  });

  test('brings back none that a commit in between has found final', () => {
    const { history, syncs } = openSyncs({ opens: [open(young(9))] });
    syncs.hadItsTurn(young(5));
    expect(history.opens).toEqual([open(young(9))]);
  });
});

describe('P5: a sync that is still open seven days after its start', () => {
  test('is given up to the instant, and counted by its day', () => {
    const after = '2026-06-01T12:00:00.000001' as Instant;
    const { history, syncs } = openSyncs({
      opens: [open(limit), open(old(1)), open(after)],
      abandoned: { [oldDay]: 1, '2026-05-01': 4 },
    });
    syncs.giveUp(now);
    expect(history.opens).toEqual([open(after)]);
    expect(history.abandoned).toEqual({ [oldDay]: 3, '2026-05-01': 4 });
  });
});

describe('P5: what the lake says of a day', () => {
  test('is what is asked about again, with the page that each was read on', () => {
    const { history, syncs } = openSyncs();
    meet(syncs, 'here', [young(3), young(2)], [young(3)]);
    syncs.takeFromLake(today, [young(3), young(1)], now);
    expect(history.opens).toEqual([open(young(3), 'here'), open(young(1))]);
  });

  test('ends those that are final by now, and of no other day', () => {
    const other = open('2026-06-07T01:00:00' as Instant, 'there');
    const { history, syncs } = openSyncs({ opens: [open(young(3), 'here'), open(young(1), 'here'), other] });
    syncs.takeFromLake(today, [young(1)], now);
    expect(history.opens).toEqual([open(young(1), 'here'), other]);
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
    expect(history.opens).toEqual([open(young(3), null)]);
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

  test('counts fewer as given up where one of them has ended after all', () => {
    const { history, syncs } = openSyncs({ abandoned: { [oldDay]: 2 } });
    syncs.takeFromLake(oldDay, [old(3)], now);
    expect(history.abandoned).toEqual({ [oldDay]: 1 });
    syncs.takeFromLake(oldDay, [], now);
    expect(history.abandoned).toEqual({});
  });
});
