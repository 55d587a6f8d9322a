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
import { newScans } from '../../../lambda/walk/scans.ts';
import { passUnderWay } from './whole-states.ts';

const recordOf = (scans: unknown) => {
  const state = newIntegrationState('a');
  const data = integrationData({ ...state, history: { ...state.history, order: 'unordered' } });
  return { item: integrationItem('a'), version: 1, data: { ...(data as object), scans } };
};

test('comes back from the store as it was', () => {
  const state = newIntegrationState('a');
  Object.assign(state.history, { order: 'unordered', scans: passUnderWay() });
  const data = JSON.parse(JSON.stringify(integrationData(state)));
  expect(readIntegrationState({ item: integrationItem('a'), version: 1, data })).toEqual(state);
  // A person reads times, not milliseconds.
  expect(data.scans.current.began).toBe('2026-06-01T14:00:00');
});

test.each(['none', '0'.repeat(31), '0'.repeat(33), `${'0'.repeat(31)}g`])(
  'is damaged where its digest is %s',
  (digest) => {
    const tally = { count: 1, digest, newest: null, oldest: null };
    const before = { began: '2026-06-01T14:00:00', pages: 1, tally };
    expect(() => readIntegrationState(recordOf({ ...newScans(), before }))).toThrow(Damaged);
  },
);

test('is not known of in a record of format 1, whatever place it had come to', () => {
  const path = join(import.meta.dirname, 'format-1/integration.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  Object.assign(record.data, { order: 'unordered', sweep_place: 'c2tpcDo0MA==' });
  expect(readIntegrationState(record).history.scans).toEqual(newScans());
});
