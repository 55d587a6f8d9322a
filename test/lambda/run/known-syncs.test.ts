import { expect, test } from 'vitest';
import { type Instant, millisecondsOf } from '../../../lambda/rows/instant.ts';
import { KnownSyncs } from '../../../lambda/run/known-syncs.ts';
import { NewlyFinished } from '../../../lambda/run/newly-finished.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { placed } from '../rows/rows.ts';
import { ago, historyOf, stretch } from './integrations.ts';

const rowOf = (hours: number, status = 'success') =>
  placed({ job_status: status, sync_start_time: `${ago(hours)}Z`, sync_finish_time: null }, 'a');

const history = () =>
  historyOf([stretch(3, 9)], { opens: [{ start: ago(4), place: null, askedAt: undefined }] });

const none: ReadonlySet<Instant> = new Set();

const factsUpTo = (hours: number) => {
  const counts = { rowsSynced: null, rowsFailed: null, timestampSynced: null };
  const newest = { start: millisecondsOf(ago(hours)), finish: null, status: 'success', ...counts };
  return { ...newStandingFacts(), recent: [newest] };
};

test('news are the rows that have changed, those that the record could not know, and those that it holds to be open', () => {
  const known = new KnownSyncs(history());
  const rows = [rowOf(10), rowOf(9), rowOf(5), rowOf(4), rowOf(3), rowOf(2, 'running')];
  expect(known.newsOf(rows, new Set([ago(5)]))).toEqual(new Set([ago(5), ago(10), ago(4), ago(2)]));
});

test('what lies in any of the stretches that the record holds is no news', () => {
  const known = new KnownSyncs(historyOf([stretch(1, 3), stretch(5, 9)]));
  expect(known.newsOf([rowOf(2), rowOf(4), rowOf(6)], new Set())).toEqual(new Set([ago(4)]));
});

test('what was news to this run is none again, unless it changes once more', () => {
  const known = new KnownSyncs(history());
  known.newsOf([rowOf(2)], new Set());
  expect(known.newsOf([rowOf(2)], new Set())).toEqual(new Set());
  expect(known.newsOf([rowOf(2)], new Set([ago(2)]))).toEqual(new Set([ago(2)]));
});

test('a sync has newly finished that is newer than all that was known, or was open: not those of a backfill', () => {
  const newly = new NewlyFinished(history(), newStandingFacts());
  const rows = [rowOf(10), rowOf(5), rowOf(4), rowOf(2), rowOf(1, 'running')];
  expect(newly.join([], rows, none)).toEqual([ago(4), ago(2)]);
  // Told once, though another commit meets it again, and with what waits from the run before.
  expect(newly.join([ago(7), ago(2)], rows, none)).toEqual([ago(7), ago(2), ago(4)]);
});

test('of the first export nobody is told, and of a history that begins anew only what is newer', () => {
  const first = new NewlyFinished(historyOf([], { headAt: null }), newStandingFacts());
  expect(first.join([], [rowOf(1)], none)).toEqual([]);
  const anew = new NewlyFinished(historyOf([]), factsUpTo(3));
  expect(anew.join([], [rowOf(9), rowOf(3), rowOf(2)], new Set([ago(9)]))).toEqual([ago(2)]);
});

test('one that was open has finished, though its start is spelled with other digits by then', () => {
  const opens = ['2026-06-01T07:59:59.183728', '2026-06-01T08:00:00'].map((start) => ({
    start: start as Instant,
    place: null,
    askedAt: undefined,
  }));
  const newly = new NewlyFinished(historyOf([stretch(3, 9)], { opens }), newStandingFacts());
  const spelled = ['2026-06-01T07:59:59.183', '2026-06-01T08:00:00.5', '2026-06-01T08:00:01'] as Instant[];
  const rows = spelled.map((start) => ({ start, final: true }));
  expect(newly.join([], rows, none)).toEqual(spelled.slice(0, 2));
});

test('in a list in no order what was read is told once, though what it is known to hold ends far below', () => {
  const unordered = historyOf([stretch(9, 20)], { order: 'unordered' });
  const newly = new NewlyFinished(unordered, factsUpTo(2));
  // What a sweep finds only now is told; and what the lake has of a run that was killed.
  const rows = [rowOf(10), rowOf(5), rowOf(3), rowOf(2), rowOf(1)];
  expect(newly.join([], rows, new Set([ago(10), ago(5)]))).toEqual([ago(5), ago(1)]);
  // The facts have no more than milliseconds.
  const finer = [{ start: `${ago(2)}.000123` as Instant, final: true }];
  expect(newly.join([], finer, none)).toEqual([]);
});

test('in a list in order what it holds decides: one that strays ahead of the others hides none of them', () => {
  const newly = new NewlyFinished(historyOf([stretch(3, 9)]), factsUpTo(-20));
  expect(newly.join([], [rowOf(2)], none)).toEqual([ago(2)]);
});

test('no more than 200 wait', () => {
  const newly = new NewlyFinished(historyOf([stretch(900, 901)]), newStandingFacts());
  const rows = Array.from({ length: 250 }, (_, index) => rowOf(300 - index));
  const waiting = newly.join([], rows, none);
  expect(waiting).toHaveLength(200);
  expect(waiting.at(-1)).toBe(ago(51));
});

test('all that has finished is news to one that was read before and had no sync', () => {
  const newly = new NewlyFinished(historyOf([], { empty: true }), newStandingFacts());
  expect(newly.join([], [rowOf(2), rowOf(1, 'running')], none)).toEqual([ago(2)]);
});
