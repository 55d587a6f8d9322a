import { describe, expect, test } from 'vitest';
import { instantOf } from '../../../lambda/rows/instant.ts';
import { linkEvidence, withoutLinks } from '../../../lambda/run/link-evidence.ts';
import { newHistory } from '../../../lambda/walk/history.ts';
import { ago, historyOf, now, stretch } from './integrations.ts';

const day = 24;
const keptHours = 300 * day;

/** The first page of a list, with syncs of each hour down to so many hours ago. */
const firstPage = (rows: number, more: { cursor?: string; next?: string; prev?: string } = {}) => ({
  cursor: null,
  at: now,
  count: rows,
  starts: Array.from({ length: rows }, (_, hours) => ago(hours + 1)),
  ...more,
});
/** A history that goes back by so many hours. */
const known = (hours: number) => historyOf([stretch(5, 20), stretch(30, hours)]);

describe('a Link header', () => {
  test.each(['next', 'prev'])('is seen where a page names one: %s', (rel) => {
    expect(linkEvidence('none needed', firstPage(10, { [rel]: 'c' }), known(100))).toBe('seen');
  });

  test('that was seen once in a run stays seen, whatever comes later', () => {
    expect(linkEvidence('seen', firstPage(10), known(100))).toBe('seen');
  });

  test('is missing where a first page is full and names no other, though older rows are known', () => {
    expect(linkEvidence('none needed', firstPage(10), known(100))).toBe('missing');
    expect(linkEvidence('none needed', firstPage(11), known(11.5))).toBe('missing');
  });

  test('is not missed on a page that is not full, which needs none, nor on one that is not the first', () => {
    expect(linkEvidence('none needed', firstPage(9), known(100))).toBe('none needed');
    expect(linkEvidence('none needed', firstPage(10, { cursor: 'c' }), known(100))).toBe('none needed');
    expect(linkEvidence('missing', firstPage(9), known(100))).toBe('missing');
  });

  test('is not missed where the page shows all that is known: a list of exactly ten rows has none', () => {
    expect(linkEvidence('none needed', firstPage(10), known(10))).toBe('none needed');
    expect(linkEvidence('none needed', firstPage(10), newHistory())).toBe('none needed');
  });

  test('is not missed where what is known may have left the list: Braze keeps a sync for a year', () => {
    expect(linkEvidence('none needed', firstPage(10), known(keptHours - 1))).toBe('missing');
    expect(linkEvidence('none needed', firstPage(10), known(keptHours))).toBe('none needed');
    expect(linkEvidence('none needed', firstPage(10), known(2 * keptHours))).toBe('none needed');
    const oldest = instantOf(now - 299 * day * 60 * 60_000);
    const history = { ...newHistory(), stretches: [{ ...stretch(30, 40), oldest }] };
    expect(linkEvidence('none needed', firstPage(10), history)).toBe('missing');
  });
});

test('those whose Link header is missing have failed, unless an answer of the run had one', () => {
  const [missing, none, seen] = (['missing', 'none needed', 'seen'] as const).map((links) => ({ links }));
  expect(withoutLinks([missing, none, missing] as never[])).toEqual([missing, missing]);
  expect(withoutLinks([missing, none, seen] as never[])).toEqual([]);
  expect(withoutLinks([none] as never[])).toEqual([]);
});
