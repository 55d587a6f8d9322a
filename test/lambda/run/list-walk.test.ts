import { describe, expect, test } from 'vitest';
import { type ListPage, ListWalk } from '../../../lambda/run/list-walk.ts';
import { type Refused, refused } from '../../../lambda/walk/page.ts';

const full = { rows: 10, namesNew: true, namesTheKnown: false };

const page = (more: Partial<ListPage> = {}): ListPage => ({ ...full, ...more });

type Answers = readonly (ListPage | Refused)[];

/** Reads with these answers, one after the other, the last one for ever. */
function read(answers: Answers, place: string | null = null) {
  const walk = new ListWalk(place);
  const asked: (string | null)[] = [];
  for (let wanted = walk.wanted; wanted; wanted = walk.wanted) {
    walk.take(answers[Math.min(asked.length, answers.length - 1)] ?? refused);
    asked.push(wanted.cursor);
    if (asked.length > 500) throw new Error('It does not end.');
  }
  return { asked, isWhole: walk.isWhole };
}

describe('P16: the end of the list of integrations', () => {
  test('is stated by a page with a prev and no next, and costs nothing more', () => {
    expect(read([page({ next: 'x' }), page({ prev: 'p', next: 'y' }), page({ prev: 'p', rows: 0 })])).toEqual(
      { asked: [null, 'x', 'y'], isWhole: true },
    );
  });

  test.each([0, 9])('is stated by a first page of %i rows without a header', (rows) => {
    expect(read([page({ rows })])).toEqual({ asked: [null], isWhole: true });
  });

  test('ten rows without a header are the end at once where they name those that are known', () => {
    expect(read([page({ namesTheKnown: true })])).toEqual({ asked: [null], isWhole: true });
  });

  test('ten rows without a header are asked for again where more may follow, and are the end then', () => {
    expect(read([page(), page()])).toEqual({ asked: [null, null], isWhole: true });
  });

  test('a header that was missing once is followed at the second look', () => {
    const answers = [page(), page({ next: 'x' }), page({ prev: 'p' })];
    expect(read(answers)).toEqual({ asked: [null, null, 'x'], isWhole: true });
  });

  test('a page without rows that names a next one is followed: the link decides', () => {
    const answers = [page({ next: 'x' }), page({ rows: 0, next: 'y' }), page({ prev: 'p' })];
    expect(read(answers)).toEqual({ asked: [null, 'x', 'y'], isWhole: true });
  });

  test.each([0, 3, 10])('a later page of %i rows without a header is asked for again', (rows) => {
    const answers = [page({ next: 'x' }), page({ rows, namesTheKnown: true }), page({ rows, next: 'y' })];
    expect(read([...answers, page({ prev: 'p' })]).asked).toEqual([null, 'x', 'x', 'y']);
    expect(read(answers.slice(0, 2))).toEqual({ asked: [null, 'x', 'x'], isWhole: true });
  });

  test('a first page that names one before it is not the first: it is asked for again, however few rows it has', () => {
    expect(read([page({ rows: 3, prev: 'p' })])).toEqual({ asked: [null, null], isWhole: true });
  });

  test('a refused cursor: the page that named it is asked for again, and may name another', () => {
    const answers: Answers = [page({ next: 'x' }), refused, page({ next: 'y' }), page({ prev: 'p' })];
    expect(read(answers)).toEqual({ asked: [null, 'x', null, 'y'], isWhole: true });
  });

  test('a cursor that is refused twice is the end', () => {
    const answers: Answers = [page({ next: 'x' }), refused, page({ next: 'x' }), refused];
    expect(read(answers)).toEqual({ asked: [null, 'x', null, 'x'], isWhole: true });
  });

  test('P8: so is a page that names a new one each time, which is refused each time', () => {
    const answers: Answers = [
      page({ next: 'x' }),
      page({ next: 'y' }),
      refused,
      page({ next: 'z' }),
      refused,
    ];
    expect(read(answers)).toEqual({ asked: [null, 'x', 'y', 'x', 'z'], isWhole: true });
  });

  test('P3: a refusal elsewhere in the list says nothing of where it ends', () => {
    const answers: Answers = [
      page({ next: 'x' }),
      refused,
      page({ next: 'x' }),
      page({ next: 'y' }),
      refused,
      page({ next: 'y' }),
      page({ prev: 'p' }),
    ];
    expect(read(answers)).toEqual({ asked: [null, 'x', null, 'x', 'y', 'x', 'y'], isWhole: true });
  });
});

test('P3: a place that an earlier run has left and that is refused: from the beginning', () => {
  const answers: Answers = [refused, page({ next: 'x' }), page({ prev: 'p' })];
  expect(read(answers, 'left')).toEqual({ asked: ['left', null, 'x'], isWhole: true });
});

test('a place that an earlier run has left is gone on from', () => {
  expect(read([page({ prev: 'p' })], 'left')).toEqual({ asked: ['left'], isWhole: true });
});

describe('P8: what does not come to an end proves nothing', () => {
  test('cursors that lead in a circle', () => {
    const answers = [page({ next: 'x' }), page({ next: 'y' }), page({ next: 'x' })];
    expect(read(answers)).toEqual({ asked: [null, 'x', 'y'], isWhole: false });
  });

  test('ever new cursors under which nobody new is named', () => {
    const walk = new ListWalk(null);
    let pages = 0;
    for (; walk.wanted && pages < 1000; pages += 1) walk.take(page({ namesNew: false, next: `c${pages}` }));
    expect(walk.isWhole).toBe(false);
    expect(pages).toBe(100);
  });

  test('pages that name nobody new, and then somebody again, are read on', () => {
    const walk = new ListWalk(null);
    for (let pages = 0; pages < 300; pages += 1)
      walk.take(page({ namesNew: pages % 50 === 0, next: `c${pages}` }));
    expect(walk.wanted).toEqual({ cursor: 'c299' });
  });

  test('each refusal leads to another cursor that is refused', () => {
    const walk = new ListWalk(null);
    let asked = 0;
    for (; walk.wanted && asked < 1000; asked += 1)
      walk.take(walk.wanted.cursor === null ? page({ namesNew: false, next: `c${asked}` }) : refused);
    expect(asked).toBeLessThan(300);
  });
});
