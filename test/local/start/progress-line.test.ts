import { describe, expect, test } from 'vitest';
import { Backlog, type PageEvent } from '../../../local/start/backlog.ts';
import { type Pace, ProgressLine } from '../../../local/start/progress-line.ts';

const day = 86_400_000;
const began = Date.parse('2026-06-01T00:00:00Z');
const daysAgo = (days: number): string => new Date(began - days * day).toISOString().slice(0, -1);

/** A page of an integration that syncs ten times a day: the rows of a day, but for a tenth. */
function page(integrationId: string, daysBack: number, more: Partial<PageEvent> = {}): PageEvent {
  return {
    kind: 'page',
    integrationId,
    pages: 1,
    rows: 10,
    newest: daysAgo(daysBack - 0.9),
    oldest: daysAgo(daysBack),
    isLast: false,
    done: 0,
    total: 1,
    ...more,
  };
}

function backlogOf(...pages: readonly PageEvent[]): Backlog {
  const backlog = new Backlog(began);
  for (const each of pages) backlog.take(each);
  return backlog;
}

describe('what is left to read', () => {
  test('is a page a day for what lies between the oldest row and a year ago', () => {
    expect(backlogOf(page('a', 1), page('a', 65)).pagesLeft).toBe(300);
  });

  test('is not known after the first page, which is the newest also where much is read already', () => {
    expect(backlogOf(page('a', 1)).pagesLeft).toBeUndefined();
  });

  test('is nothing of one that is done, or has failed', () => {
    expect(backlogOf(page('a', 1), page('a', 1, { isLast: true })).pagesLeft).toBe(0);
    const two = { total: 2 };
    const backlog = backlogOf(page('a', 1, two), page('a', 65, two), page('b', 1, two));
    expect(backlog.pagesLeft).toBeUndefined();
    backlog.drop('b');
    expect(backlog.pagesLeft).toBe(300);
  });

  test('is not known while one was not asked yet: it may have more than all the others', () => {
    const three = { total: 3 };
    const two = [page('a', 1, three), page('a', 65, three), page('b', 1, { ...three, isLast: true })];
    expect(backlogOf(...two).pagesLeft).toBeUndefined();
    expect(backlogOf(...two, page('c', 1, three), page('c', 65, three)).pagesLeft).toBe(600);
  });

  test('waits for none of which nothing is read, since Braze does not know it', () => {
    const two = { total: 2 };
    expect(backlogOf(page('a', 1, two), page('a', 65, { ...two, done: 1 })).pagesLeft).toBe(300);
  });

  test('is not known where pages do not go from new to old', () => {
    const pages = [page('a', 300), page('a', 299), page('a', 298), page('a', 297)];
    expect(backlogOf(...pages).pagesLeft).toBeUndefined();
    expect(backlogOf(...pages, page('b', 2), page('b', 3, { total: 2 })).pagesLeft).toBeUndefined();
  });

  test('is told of rows that all started at once, and of none, as nothing', () => {
    const [at] = [daysAgo(3)];
    expect(backlogOf(...[1, 2].map(() => page('a', 3, { newest: at, oldest: at }))).pagesLeft).toBe(0);
    const none = { rows: 0, newest: undefined, oldest: undefined };
    expect(backlogOf(...[1, 2].map(() => page('a', 3, none))).pagesLeft).toBe(0);
  });

  test('days back are those to which all have come that are not done', () => {
    const two = { total: 2 };
    expect(backlogOf(page('a', 12, two)).daysBack).toBe(0);
    expect(backlogOf(page('a', 12, two), page('b', 5.5, two)).daysBack).toBe(5);
    expect(backlogOf(page('a', 12, two), page('b', 5.5, { ...two, isLast: true })).daysBack).toBe(12);
  });
});

describe('the line', () => {
  let now = began;
  const pace: Pace = { now: () => now, speed: 1, perMinute: 100 };

  function longExport(): ProgressLine {
    now = began;
    const line = new ProgressLine(pace);
    const total = 12;
    line.take({ kind: 'listed', integrations: total });
    for (let index = 0; index < total; index += 1)
      for (const [pages, back] of [
        [2 * index + 1, 1],
        [2 * index + 2, 26],
      ] as const)
        line.take(page(`${index}`, back, { total, pages }));
    line.take({ kind: 'wait', why: 'limit', milliseconds: 59_000 });
    return line;
  }

  test('says how much is done of how much, how far back, how long it takes, and counts the wait down', () => {
    const line = longExport();
    expect(line.text()).toBe(
      '0/12 integrations · 24 of at most 4,100 pages · 240 rows · 26 days back so far · 41 minutes left · ' +
        'waiting 59 s for the rate limit',
    );
    now += 58_500;
    expect(line.text()).toMatch(/ · waiting 1 s for the rate limit$/);
    now += 500;
    expect(line.text()).toMatch(/ left$/);
    expect(line.share).toBeCloseTo(24 / (24 + 12 * 339), 5);
  });

  test.each([
    [
      100,
      '0/12 integrations · 24 of ≤ 4,100 pages · 240 rows · 26 days back · 41 minutes left · waiting 59 s',
    ],
    [80, '24 of ≤ 4,100 pages · 26 days back · 41 minutes left · waiting 59 s'],
    [60, '24 of ≤ 4,100 pages · 41 minutes left · waiting 59 s'],
    [20, '24 of ≤ 4,100 pages'],
  ])('in %i columns leaves out the least important', (width, text) => {
    expect(longExport().text(width)).toBe(text);
  });

  test('waits for no integration that has failed', () => {
    const line = new ProgressLine(pace);
    now = began;
    for (const back of [1, 26]) line.take(page('a', back, { total: 2 }));
    expect(line.estimate()).toBeUndefined();
    line.take({ kind: 'failed', integrationId: 'b', message: 'Braze does not know it.' });
    expect(line.text()).toContain('1 of at most 340 pages');
  });

  test('goes by how slowly it has gone, once that is known', () => {
    const line = longExport();
    now += 10 * 60_000;
    line.take(page('0', 27, { total: 12, pages: 124 }));
    expect(line.text()).toContain(' · 6 hours left');
  });

  test('tells once, at the start, that it takes long', () => {
    const line = longExport();
    expect(line.estimate()).toMatch(
      /^At most 4,100 pages more are to be read, which takes 41 minutes; it is less where .+\.$/,
    );
    expect(line.estimate()).toBeUndefined();
  });

  test('estimates nothing where it is over in moments', () => {
    const line = new ProgressLine({ ...pace, perMinute: undefined });
    for (const [index, back] of [1, 26].entries()) line.take(page('a', back, { pages: index + 1 }));
    expect([line.text(), line.estimate(), line.share]).toEqual([
      '0/1 integrations · 2 pages · 20 rows · 26 days back so far',
      undefined,
      0,
    ]);
  });

  test('says seconds of our own clock where the source’s goes faster', () => {
    now = began;
    const line = new ProgressLine({ ...pace, speed: 60 });
    line.take({ kind: 'wait', why: 'retry', milliseconds: 120_000 });
    expect(line.text()).toMatch(/ · waiting 2 s for another try$/);
  });
});
