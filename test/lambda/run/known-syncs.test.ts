import { expect, test } from 'vitest';
import { KnownSyncs } from '../../../lambda/run/known-syncs.ts';
import { NewlyFinished } from '../../../lambda/run/newly-finished.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import { placed } from '../rows/rows.ts';
import { ago, historyOf, stretch } from './integrations.ts';

const rowOf = (hours: number, status = 'success') =>
  placed({ job_status: status, sync_start_time: `${ago(hours)}Z`, sync_finish_time: null }, 'a');

const history = () =>
  historyOf([stretch(3, 9)], { opens: [{ start: ago(4), place: null, askedAt: undefined }] });

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
  expect(newly.join([], rows)).toEqual([ago(4), ago(2)]);
  // Told once, though another commit meets it again, and with what waits from the run before.
  expect(newly.join([ago(7), ago(2)], rows)).toEqual([ago(7), ago(2), ago(4)]);
});

test('of the first export nobody is told, and of a history that begins anew only what is newer', () => {
  const first = new NewlyFinished(historyOf([], { headAt: null }), newStandingFacts());
  expect(first.join([], [rowOf(1)])).toEqual([]);
  const recent = [
    { start: Date.parse(`${ago(3)}Z`), finish: null, status: 'success', rowsSynced: null, rowsFailed: null },
  ].map((each) => ({ ...each, timestampSynced: null }));
  const anew = new NewlyFinished(historyOf([]), { ...newStandingFacts(), recent });
  expect(anew.join([], [rowOf(9), rowOf(3), rowOf(2)])).toEqual([ago(2)]);
});

test('no more than 200 wait', () => {
  const newly = new NewlyFinished(historyOf([stretch(900, 901)]), newStandingFacts());
  const rows = Array.from({ length: 250 }, (_, index) => rowOf(300 - index));
  const waiting = newly.join([], rows);
  expect(waiting).toHaveLength(200);
  expect(waiting.at(-1)).toBe(ago(51));
});

test('all that has finished is news to one that was read before and had no sync', () => {
  const newly = new NewlyFinished(historyOf([], { empty: true }), newStandingFacts());
  expect(newly.join([], [rowOf(2), rowOf(1, 'running')])).toEqual([ago(2)]);
});
