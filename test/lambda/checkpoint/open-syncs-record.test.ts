/** How open syncs stand in an integration's record: by page, so that a cursor is written once. */
import { expect, test } from 'vitest';
import {
  integrationData,
  integrationItem,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { type Instant, instantOf } from '../../../lambda/rows/instant.ts';
import type { OpenSync } from '../../../lambda/walk/history.ts';

const askedAt = Date.UTC(2026, 5, 1, 12);
const start = (hours: number): Instant => instantOf(askedAt - hours * 3_600_000);

function stateWith(opens: OpenSync[]) {
  const state = newIntegrationState('a');
  state.history.opens = opens;
  state.history.givenUpTo = start(100);
  return state;
}

const opens: OpenSync[] = [
  { start: start(1), place: 'a long cursor', askedAt },
  { start: start(2), place: 'a long cursor', askedAt },
  { start: start(3), place: 'a long cursor', askedAt: askedAt - 1 },
  { start: start(4), place: 'a long cursor', askedAt, again: true },
  { start: start(5), place: null, askedAt: undefined },
];

const read = (data: unknown) =>
  readIntegrationState({
    item: integrationItem('a'),
    version: 1,
    data: JSON.parse(JSON.stringify(data)),
  }).history;

test('nothing of them is lost', () => {
  const history = read(integrationData(stateWith(opens)));
  expect([...history.opens].sort((a, b) => (a.start > b.start ? -1 : 1))).toEqual(opens);
  expect(history.givenUpTo).toBe(start(100));
});

test('P10: those that were read together name their page once', () => {
  const many = Array.from({ length: 10 }, (_, hours) => ({ start: start(hours), place: 'cursor', askedAt }));
  expect(JSON.stringify(integrationData(stateWith(many))).split('cursor')).toHaveLength(2);
});

test('P14: those of a record of format 1 are due at once, on the page that each was on', () => {
  const record = {
    format: 1,
    integration_id: 'a',
    order: null,
    proved: false,
    stretches: [],
    empty: false,
    head_at: null,
    tail: null,
    sweep_place: null,
    opens: [
      { start: start(1), place: 'there' },
      { start: start(2), place: null },
    ],
    abandoned: {},
    gone: false,
    failing: false,
    failure: null,
    checked_at: null,
  };
  expect(read(record)).toMatchObject({
    opens: [
      { start: start(1), place: 'there', askedAt: undefined },
      { start: start(2), place: null, askedAt: undefined },
    ],
    givenUpTo: null,
  });
});
