/** What the simulation can't bring about, since its rows are never removed from the middle: seams judged by hand. */
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../lambda/rows/instant.ts';
import { closeGaps } from '../../../lambda/walk/close-gaps.ts';
import { newHistory, type Stretch } from '../../../lambda/walk/history.ts';
import { type Page, refused } from '../../../lambda/walk/page.ts';
import { Walk } from '../../../lambda/walk/walk.ts';

const hour = (number: number) => `2026-06-01T${String(number).padStart(2, '0')}:00:00` as Instant;

const asked = Date.UTC(2026, 5, 2);

/** A page of the hours from one down to another. */
function page(cursor: string | null, from: number, to: number, next?: string): Page {
  const starts = Array.from({ length: from - to + 1 }, (_, index) => hour(from - index));
  const back = cursor === null ? {} : { prev: 'back' };
  return { cursor, at: asked, count: starts.length, starts, ...back, ...(next ? { next } : {}) };
}

/** Newest first, whole from 20 down to 10, and on from the page `kept`. */
function walkAt(place: string | null = 'kept') {
  const stretch = {
    newest: hour(20),
    oldest: hour(10),
    place,
    closed: false,
    refused: false,
    deadEnd: false,
  };
  const walk = new Walk({ ...newHistory(), order: 'newest_first', stretches: [stretch] });
  const job = closeGaps(walk);
  return { walk, stretch, job, asked: job.next().value };
}

describe('P3: going on from a kept place', () => {
  test('reads the kept page again, and goes on where it touches', () => {
    const { stretch, job, asked } = walkAt();
    expect(asked).toBe('kept');
    expect(job.next(page('kept', 12, 8, 'on')).value).toBe('on');
    expect(stretch).toMatchObject({ oldest: hour(8), place: 'kept' });
    expect(job.next(page('on', 7, 3)).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(3), closed: true });
  });

  test('one shared row is a touch', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 10, 5, 'on'));
    expect(stretch.oldest).toBe(hour(5));
  });

  test('a page that is older than all of it joins nothing: rows were removed, and what lies between is unknown', () => {
    const { stretch, job } = walkAt();
    expect(job.next(page('kept', 8, 4, 'on')).value).toBe(null);
    expect(stretch).toMatchObject({ oldest: hour(10), place: null, closed: false });
    // From the newest end again, through what is known, to where it goes on.
    expect(job.next(page(null, 20, 11, 'second')).value).toBe('second');
    expect(stretch.place).toBe(null);
    expect(job.next(page('second', 10, 4, 'on')).value).toBe('on');
    expect(stretch.oldest).toBe(hour(4));
  });

  test('a page that is newer than all of it keeps its place, and joins nothing', () => {
    const { stretch, job } = walkAt();
    expect(job.next(page('kept', 23, 22, 'on')).value).toBe('on');
    expect(stretch).toMatchObject({ newest: hour(20), oldest: hour(10), place: 'kept' });
    expect(job.next(page('on', 21, 15, 'further')).value).toBe('further');
    expect(stretch).toMatchObject({ newest: hour(21), place: 'on' });
  });

  test('a kept cursor that is refused says nothing of the end', () => {
    const { walk, stretch, job } = walkAt();
    expect(job.next(refused).value).toBe(null);
    expect(stretch.closed).toBe(false);
    expect(walk.obstacle).toContain('no longer accepts the place');
  });

  test('nor does a kept page that is empty by now', () => {
    const { stretch, job } = walkAt();
    expect(job.next({ cursor: 'kept', at: asked, count: 0, starts: [] }).value).toBe(null);
    expect(stretch.closed).toBe(false);
  });

  test('nor does the newest end itself, be it the place that was kept, or begun with again', () => {
    const { walk, stretch, job, asked } = walkAt(null);
    expect(asked).toBe(null);
    expect(job.next(refused).done).toBe(true);
    expect([stretch.closed, walk.obstacle]).toEqual([false, expect.stringContaining('no way on')]);
    const again = walkAt();
    expect(again.job.next(refused).value).toBe(null);
    expect(again.stretch.refused).toBe(false);
    expect(again.job.next(refused).done).toBe(true);
    expect(again.walk.obstacle).toContain('no way on');
  });

  test('is left where the newest end, too, is older than all of it', () => {
    const { walk, stretch, job } = walkAt();
    expect(job.next(refused).value).toBe(null);
    expect(job.next(page(null, 8, 4, 'second')).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(10), closed: false });
    expect(walk.obstacle).toContain('no longer accepts the place');
  });

  test('begins anew but once: a place on the way that is refused as well is left', () => {
    const { walk, stretch, job } = walkAt();
    expect(job.next(refused).value).toBe(null);
    expect(job.next(page(null, 20, 11, 'second')).value).toBe('second');
    expect(job.next(page('second', 10, 4, 'on')).value).toBe('on');
    expect(job.next(refused).value).toBe('second');
    expect(job.next(refused).done).toBe(true);
    expect([stretch.closed, walk.obstacle]).toEqual([false, expect.stringContaining('no way on')]);
  });

  test('P10: a kept page without a usable row is no end, but may lead on', () => {
    const junk = { cursor: 'kept', at: asked, count: 3, starts: [], prev: 'back' };
    const { stretch, job } = walkAt();
    expect(job.next(junk).value).toBe(null);
    expect([stretch.closed, stretch.place]).toEqual([false, null]);
    const leading = walkAt();
    expect(leading.job.next({ ...junk, next: 'on' }).value).toBe('on');
    expect(leading.stretch.place).toBe('kept');
  });

  test('a page that is newer than all of it breaks a contact that there was', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'on'));
    expect(job.next(page('on', 23, 22, 'further')).value).toBe('further');
    expect(stretch).toMatchObject({ newest: hour(20), oldest: hour(8), place: 'on', refused: false });
    expect(job.next(page('further', 5, 4, 'deep')).value).toBe(null);
    expect(stretch.oldest).toBe(hour(8));
  });

  test('is not marked as refused by a page that is newer than all of it, but stays so where its link was', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 23, 22, 'on'));
    expect(stretch).toMatchObject({ place: 'kept', refused: false });
    expect(job.next(refused).value).toBe('kept');
    job.next(page('kept', 25, 22, 'on'));
    expect(stretch).toMatchObject({ place: 'kept', refused: true });
    job.next(page('on', 22, 21, 'further'));
    expect(stretch).toMatchObject({ place: 'on', refused: false });
  });

  test('a page that is read again since its link was refused, and lies below by now, joins nothing', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'on'));
    expect(job.next(refused).value).toBe('kept');
    expect(job.next(page('kept', 7, 3, 'on')).value).toBe(null);
    expect(stretch.oldest).toBe(hour(8));
  });

  test('an empty page behind a link is the end only after its page was read anew, whatever links it has', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'on'));
    const empty = { cursor: 'on', at: asked, count: 0, starts: [], prev: 'kept' };
    expect(job.next(empty).value).toBe('kept');
    expect(stretch).toMatchObject({ closed: false, refused: true });
    expect(job.next(page('kept', 12, 8, 'on')).value).toBe('on');
    expect(job.next(empty).done).toBe(true);
    expect(stretch).toMatchObject({ closed: true, deadEnd: true });
  });

  test('a page inside what is known moves the place on, or a burst of new syncs would stop all progress', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 19, 17, 'on'));
    expect(job.next(page('on', 16, 13, 'further')).value).toBe('further');
    expect(stretch).toMatchObject({ oldest: hour(10), place: 'on' });
  });

  test('a link just read that is refused is the end only after its page was read anew', () => {
    const { stretch, job } = walkAt();
    expect(job.next(page('kept', 12, 8, 'on')).value).toBe('on');
    expect(job.next(refused).value).toBe('kept');
    expect(stretch).toMatchObject({ closed: false, refused: true });
    expect(job.next(page('kept', 12, 8, 'on')).value).toBe('on');
    expect(job.next(refused).done).toBe(true);
    expect(stretch).toMatchObject({ closed: true, deadEnd: true });
  });

  test('a link that had waited for long before it was refused again may have gone stale, and is no end', () => {
    const { walk, stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'on'));
    job.next(refused);
    job.next(page('kept', 12, 8, 'on'));
    walk.prompt = false;
    expect(job.next(refused).value).toBe('kept');
    expect(stretch.closed).toBe(false);
    // Asked at once, the next one shows whether it is.
    walk.prompt = true;
    expect(job.next(page('kept', 12, 8, 'anew')).value).toBe('anew');
    job.next(page('anew', 7, 3));
    expect(stretch).toMatchObject({ oldest: hour(3), closed: true });
  });

  test('P3: a page that names no older one, and not the one before it, is read again: its header may be lost', () => {
    const { stretch, job } = walkAt();
    const bare = { cursor: 'kept', at: asked, count: 2, starts: [hour(10), hour(9)] };
    expect(job.next(bare).value).toBe('kept');
    expect(stretch.closed).toBe(false);
    expect(job.next(page('kept', 10, 9, 'on')).value).toBe('on');
    expect(job.next({ ...bare, cursor: 'on', starts: [hour(8), hour(7)] }).value).toBe('on');
    expect(job.next({ ...bare, cursor: 'on', starts: [hour(8), hour(7)] }).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(7), closed: true, deadEnd: false });
  });

  test('P3: an empty page that names an older one is no end', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'on'));
    expect(job.next({ cursor: 'on', at: asked, count: 0, starts: [], next: 'further' }).value).toBe(
      'further',
    );
    expect(job.next(page('further', 6, 3)).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(3), closed: true });
  });

  test('a circle of cursors is left, and the gap stays', () => {
    const { walk, stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'on'));
    expect(job.next(page('on', 7, 5, 'kept')).done).toBe(true);
    expect(stretch.closed).toBe(false);
    expect(walk.obstacle).toContain('circle');
  });

  test('a page without a usable row keeps the chain, but is no place to go on from', () => {
    const { stretch, job } = walkAt();
    job.next(page('kept', 12, 8, 'junk'));
    const junk = { cursor: 'junk', at: asked, count: 10, starts: [], next: 'on' };
    expect(job.next(junk).value).toBe('on');
    expect(stretch.place).toBe('kept');
    job.next(page('on', 6, 4, 'further'));
    expect(stretch).toMatchObject({ oldest: hour(4), place: 'on' });
  });
});

describe('P3: a gap between two stretches', () => {
  /** Whole from 20 down to 15, and from 10 down to 5, where the way goes on from the page `deep`. */
  function between() {
    const stretches = [
      { newest: hour(20), oldest: hour(15), place: 'kept', closed: false, refused: false, deadEnd: false },
      { newest: hour(10), oldest: hour(5), place: 'deep', closed: false, refused: false, deadEnd: false },
    ];
    const walk = new Walk({ ...newHistory(), order: 'newest_first', stretches });
    const job = closeGaps(walk);
    job.next();
    return { walk, stretches, job };
  }

  test('is closed by the page that touches both, and the way goes on from where the lower one had come to', () => {
    const { stretches, job } = between();
    job.next(page('kept', 16, 14, 'on'));
    expect(job.next(page('on', 13, 10, 'further')).value).toBe('deep');
    expect(stretches).toMatchObject([{ newest: hour(20), oldest: hour(5), place: 'deep' }]);
    expect(job.next(page('deep', 6, 3)).done).toBe(true);
    expect(stretches).toMatchObject([{ oldest: hour(3), closed: true }]);
  });

  test('and what is below it are doubted to have left the source where the list ends above', () => {
    const { walk, stretches, job } = between();
    // The gap below what may have left the source is tried all the same.
    expect(job.next(page('kept', 16, 14)).value).toBe('deep');
    expect(stretches).toMatchObject([{ oldest: hour(14), closed: false }, { oldest: hour(5) }]);
    expect(walk.history).toMatchObject({ doubt: { kind: 'cut_short', since: asked }, lostGaps: 0 });
    expect(walk.obstacle).toContain('ends above');
  });

  test('and what is below it are lost, and counted, where the list still ends above an hour later', () => {
    const { walk, stretches, job } = between();
    walk.history.doubt = { kind: 'cut_short', since: asked - 60 * 60_000 };
    expect(job.next(page('kept', 16, 15)).done).toBe(true);
    expect(stretches).toMatchObject([{ newest: hour(20), oldest: hour(15), closed: true }]);
    expect(walk.history).toMatchObject({ doubt: null, lostGaps: 2 });
  });

  test('is closed, and all is read, where the end was seen below the lower one', () => {
    const { stretches, job } = between();
    Object.assign(stretches[1] ?? {}, { closed: true, place: null });
    job.next(page('kept', 16, 14, 'on'));
    expect(job.next(page('on', 13, 10, 'further')).done).toBe(true);
    expect(stretches).toMatchObject([{ newest: hour(20), oldest: hour(5), closed: true }]);
  });

  test('is closed by the page that states the end below both: it is not read again', () => {
    const { stretches, job } = between();
    Object.assign(stretches[1] ?? {}, { place: null });
    job.next(page('kept', 16, 14, 'on'));
    expect(job.next(page('on', 13, 4)).done).toBe(true);
    expect(stretches).toMatchObject([{ newest: hour(20), oldest: hour(4), closed: true }]);
  });

  test('that was left in this run is closed by a page below it, and left all the same', () => {
    const { walk, stretches, job } = between();
    job.next(page('kept', 16, 14, 'on'));
    // A circle.
    expect(job.next(page('on', 13, 12, 'kept')).value).toBe('deep');
    expect(job.next(page('deep', 16, 9, 'further')).done).toBe(true);
    expect(stretches).toMatchObject([{ newest: hour(20), oldest: hour(5), closed: false }]);
    expect(walk.gap).toBeUndefined();
  });

  test('that can not be closed now stops none of those below it', () => {
    const { walk, stretches, job } = between();
    job.next(page('kept', 16, 14, 'on'));
    // A circle.
    expect(job.next(page('on', 13, 12, 'kept')).value).toBe('deep');
    expect(stretches).toMatchObject([{ closed: false }, { closed: false }]);
    job.next(page('deep', 6, 3));
    expect(stretches).toMatchObject([{ closed: false }, { oldest: hour(3), closed: true }]);
    expect(walk.gap).toBeUndefined();
  });
});

test('P8: pages that lead no further into the past, under ever new cursors, are left', () => {
  const { walk, stretch, job } = walkAt();
  job.next(page('kept', 12, 8, 'again 0'));
  let pages = 0;
  while (!job.next(page(`again ${pages}`, 12, 8, `again ${pages + 1}`)).done) pages += 1;
  expect(pages).toBe(100);
  expect([stretch.closed, walk.obstacle]).toEqual([
    false,
    expect.stringContaining('no further into the past'),
  ]);
});

test('pages that lead further are followed, however many there are', () => {
  const { stretch, job } = walkAt();
  const of = (index: number) => new Date(asked - index * 3_600_000).toISOString().slice(0, 19) as Instant;
  const leading = (index: number, more: Partial<Page>) => ({
    cursor: index === 0 ? 'kept' : `${index}`,
    at: asked,
    count: 2,
    starts: [of(14 + index), of(15 + index)],
    prev: 'back',
    ...more,
  });
  for (let index = 0; index < 150; index += 1)
    expect(job.next(leading(index, { next: `${index + 1}` })).value).toBe(`${index + 1}`);
  expect(job.next(leading(150, {})).done).toBe(true);
  expect(stretch).toMatchObject({ oldest: of(165), closed: true });
});

describe('oldest first', () => {
  const list = (stretches: Stretch[]) =>
    new Walk({ ...newHistory(), order: 'oldest_first', tail: 'last', stretches });
  const whole = { newest: hour(20), oldest: hour(15), closed: false, refused: false, deadEnd: false };
  const rising = (
    cursor: string | null,
    from: number,
    to: number,
    links: { next?: string; prev?: string },
  ) => ({
    cursor,
    at: asked,
    count: to - from + 1,
    starts: Array.from({ length: to - from + 1 }, (_, index) => hour(from + index)),
    ...links,
  });

  test('the way down is along the links to the pages before, to the first one', () => {
    const stretch = {
      newest: hour(20),
      oldest: hour(15),
      place: 'last',
      closed: false,
      refused: false,
      deadEnd: false,
    };
    const walk = list([stretch]);
    const job = closeGaps(walk);
    expect(job.next().value).toBe('last');
    expect(job.next(rising('last', 15, 20, { prev: 'before' })).value).toBe('before');
    expect(job.next(rising('before', 9, 14, { next: 'last' })).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(9), closed: true });
  });

  test('where the way is barred, the first page is tried: it needs no cursor', () => {
    const stretch = {
      newest: hour(20),
      oldest: hour(15),
      place: 'last',
      closed: false,
      refused: false,
      deadEnd: false,
    };
    const walk = list([stretch]);
    const job = closeGaps(walk);
    job.next();
    job.next(rising('last', 14, 20, { prev: 'before' }));
    expect(job.next(refused).value).toBe('last');
    expect(job.next(rising('last', 14, 20, { prev: 'before' })).value).toBe('before');
    expect(job.next(refused).value).toBe(null);
    expect(job.next(rising(null, 10, 14, { next: 'second' })).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(10), closed: true });
  });

  test('where the way is barred, and the first page is refused, too, the gap stays', () => {
    const stretch = { ...whole, place: 'last' };
    const walk = list([stretch]);
    const job = closeGaps(walk);
    job.next();
    job.next(rising('last', 14, 20, { prev: 'before' }));
    job.next(refused);
    job.next(rising('last', 14, 20, { prev: 'before' }));
    expect(job.next(refused).value).toBe(null);
    expect(job.next(refused).done).toBe(true);
    expect([stretch.closed, walk.gap]).toEqual([false, undefined]);
  });

  test('a page without any link is read again, and shows the same rows: that is no circle, but the end', () => {
    const stretch = { ...whole, place: 'last' };
    const job = closeGaps(list([stretch]));
    expect(job.next().value).toBe('last');
    expect(job.next(rising('last', 15, 20, {})).value).toBe('last');
    expect(job.next(rising('last', 15, 20, {})).done).toBe(true);
    expect(stretch).toMatchObject({ oldest: hour(15), closed: true });
  });
});
