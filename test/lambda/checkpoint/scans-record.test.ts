/** P14: a pass through a list in no order goes on in another run from what the record says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  integrationData,
  integrationItem,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { newPass, newScans, type Scans, takePage } from '../../../lambda/walk/scans.ts';
import { at, pageOf } from '../walk/pages.ts';

function underWay(): Scans {
  const before = newPass(at(10));
  takePage(before, pageOf(null, [5, 9, 2]), new Set(), null);
  const ended = { began: before.began, pages: before.pages, tally: before.own };
  const current = newPass(at(14));
  takePage(current, pageOf('there', [7, 12]), new Set(), ended);
  return { current, before: ended, disagreed: 2, restingSince: at(11), headAt: at(14) };
}

const recordOf = (scans: unknown) => {
  const state = newIntegrationState('a');
  const data = integrationData({ ...state, history: { ...state.history, order: 'unordered' } });
  return { item: integrationItem('a'), version: 1, data: { ...(data as object), scans } };
};

test('comes back from the store as it was', () => {
  const state = newIntegrationState('a');
  Object.assign(state.history, { order: 'unordered', scans: underWay() });
  const data = JSON.parse(JSON.stringify(integrationData(state)));
  expect(readIntegrationState({ item: integrationItem('a'), version: 1, data })).toEqual(state);
  // A person reads times, not milliseconds.
  expect(data.scans.current.began).toBe('2026-06-01T14:00:00');
});

test('is damaged where its digest is none', () => {
  const digest = { count: 1, digest: 'none', newest: null, oldest: null };
  const before = { began: '2026-06-01T14:00:00', pages: 1, tally: digest };
  expect(() => readIntegrationState(recordOf({ ...newScans(), before }))).toThrow(Damaged);
});

test('is not known of in a record of format 1, whatever place it had come to', () => {
  const path = join(import.meta.dirname, 'format-1/integration.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  Object.assign(record.data, { order: 'unordered', sweep_place: 'c2tpcDo0MA==' });
  expect(readIntegrationState(record).history.scans).toEqual(newScans());
});
