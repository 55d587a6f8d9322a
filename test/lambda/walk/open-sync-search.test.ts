import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../lambda/rows/instant.ts';
import { newHistory } from '../../../lambda/walk/history.ts';
import { searchOpenSyncs } from '../../../lambda/walk/open-sync-search.ts';
import { type Page, refused } from '../../../lambda/walk/page.ts';
import { Walk } from '../../../lambda/walk/walk.ts';

const hour = (number: number) => `2026-06-01T${String(number).padStart(2, '0')}:00:00` as Instant;

/** Answers what the job asks for from these pages, and refuses all else; gives what was asked. */
function play(walk: Walk, pages: Record<string, number[]>): (string | null)[] {
  const names = Object.keys(pages);
  const asked: (string | null)[] = [];
  const job = searchOpenSyncs(walk);
  for (let step = job.next(); !step.done; ) {
    const cursor = step.value;
    asked.push(cursor);
    const name = cursor ?? 'first';
    const starts = pages[name]?.map(hour);
    const next = names[names.indexOf(name) + 1];
    const page: Page | undefined = starts && {
      cursor,
      at: Date.UTC(2026, 5, 2),
      count: starts.length,
      starts,
      ...(next ? { next } : {}),
    };
    if (page) walk.meet(page);
    step = job.next(page ?? refused);
  }
  return asked;
}

function walkWith(opens: [number, string | null][]): Walk {
  const walk = new Walk({ ...newHistory(), order: 'newest_first' });
  walk.history.opens = opens.map(([start, place]) => ({ start: hour(start), place }));
  return walk;
}

const pages = { first: [20, 19, 18], second: [17, 16, 15], third: [14, 13, 12], fourth: [11, 10, 9] };

describe('P5: open syncs further down', () => {
  test('take a request each, for the page that each was on', () => {
    expect(play(walkWith([[13, 'third']]), pages)).toEqual(['third']);
  });

  test('are met together where they stand together', () => {
    expect(
      play(
        walkWith([
          [14, 'third'],
          [12, 'third'],
        ]),
        pages,
      ),
    ).toEqual(['third']);
  });

  test('are followed down the list, and their place with them', () => {
    const walk = walkWith([[10, 'second']]);
    expect(play(walk, pages)).toEqual(['second', 'third', 'fourth']);
    expect(walk.history.opens).toMatchObject([{ start: hour(10), place: 'fourth' }]);
  });

  test('whose places are lost share one walk from the newest end', () => {
    const lost: [number, string | null][] = [
      [16, 'gone'],
      [13, 'gone'],
      [10, 'gone'],
      [11, null],
    ];
    const asked = play(walkWith(lost), pages);
    expect(asked.filter((cursor) => cursor !== 'gone')).toEqual([null, 'second', 'third', 'fourth']);
  });

  test('that are not where they would stand are not looked for elsewhere', () => {
    expect(play(walkWith([[13, 'third']]), { ...pages, third: [14, 12] })).toEqual(['third']);
  });

  test('that this run has met already take none', () => {
    const walk = walkWith([
      [19, null],
      [13, 'third'],
    ]);
    walk.openSyncs.meet({ cursor: null, at: Date.UTC(2026, 5, 2), count: 1, starts: [], open: [hour(19)] });
    expect(play(walk, pages)).toEqual(['third']);
  });

  test('newer than where the walk began are looked for from the newest end', () => {
    const opens: [number, string | null][] = [
      [10, 'fourth'],
      [19, null],
    ];
    const walk = walkWith(opens);
    walk.history.opens = walk.history.opens.map((each) => (each.place ? each : { ...each, askedAt: 1 }));
    expect(play(walk, pages)).toEqual(['fourth', null]);
  });

  test('are reached by the link at hand where the walk stands above them: a page costs one request', () => {
    // Every page has moved down by a row since.
    const opens: [number, string][] = [
      [17, 'first'],
      [15, 'second'],
      [14, 'second'],
      [12, 'third'],
      [11, 'third'],
      [9, 'fourth'],
    ];
    const asked = play(walkWith(opens), { top: [21, 20, 19], ...pages });
    expect(asked).toEqual(['first', 'second', 'third', 'fourth']);
  });

  test('are reached by the link at hand, whatever cursor their page had when it was kept', () => {
    const opens: [number, string][] = [
      [17, 'second'],
      [14, 'third by another name'],
    ];
    const renamed = { ...pages, 'third by another name': [14, 13, 12] };
    expect(play(walkWith(opens), renamed)).toEqual(['second', 'third']);
  });

  test('that the link at hand does not lead to are looked for on their own page', () => {
    const opens: [number, string][] = [
      [18, 'wide'],
      [10, 'fourth'],
    ];
    const uneven = { first: [19], wide: [18, 16, 14], second: [13], third: [12], fourth: [11, 10] };
    expect(play(walkWith(opens), uneven)).toEqual(['wide', 'second', 'fourth']);
  });

  test('of a list that is in no order have had their turn with its full scan', () => {
    const walk = walkWith([[13, 'third']]);
    walk.history.order = 'unordered';
    walk.openSyncs.meet({ cursor: null, at: 5, count: 0, starts: [] });
    expect(play(walk, pages)).toEqual([]);
    expect(walk.history.opens).toMatchObject([{ askedAt: 5 }]);
  });

  test('that have moved off a page which was asked for already are looked for further down', () => {
    const opens: [number, string][] = [
      [18, 'first'],
      [9, 'first'],
    ];
    expect(play(walkWith(opens), pages)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  test('far below are looked for on their own page first', () => {
    const opens: [number, string][] = [
      [19, 'first'],
      [10, 'fourth'],
    ];
    expect(play(walkWith(opens), pages)).toEqual(['first', 'fourth']);
  });

  test('whose page lies above the walk by now are looked for below it: what was read is not read again', () => {
    const opens: [number, string][] = [
      [16, 'second'],
      [13, 'third'],
      [9, 'first'],
    ];
    expect(play(walkWith(opens), pages)).toEqual(['second', 'third', 'first', 'fourth']);
  });

  test('that are not due are not looked for', () => {
    const walk = walkWith([
      [13, 'third'],
      [10, 'fourth'],
    ]);
    const noon = Date.UTC(2026, 5, 2, 12);
    walk.history.opens = walk.history.opens.map((each) =>
      each.place === 'fourth' ? { ...each, askedAt: noon - 60_000 } : each,
    );
    walk.openSyncs.meet({ cursor: null, at: noon, count: 0, starts: [] });
    expect(play(walk, pages)).toEqual(['third']);
    expect(walk.history.opens.map(({ askedAt }) => askedAt)).toContain(noon - 60_000);
  });
});
