/**
 * Each run reads and writes the record of every integration: it stays small, whatever happens. DynamoDB counts a write
 * by the kilobyte begun, names and keys included: a typical record takes two.
 */
import { expect, test } from 'vitest';
import {
  integrationData,
  integrationItem,
  mostRecordBytes,
  newIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { factsData, factsFields } from '../../../lambda/checkpoint/standing-record.ts';
import { instantOf } from '../../../lambda/rows/instant.ts';
import type { StandingFacts } from '../../../lambda/standing/facts.ts';
import type { OpenIncident } from '../../../lambda/standing/incident.ts';
import { mostReason } from '../../../lambda/standing/incidents.ts';
import { mostWaiting } from '../../../lambda/standing/outbox.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { traps } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { Random } from '../../simulation/lab/random.ts';
import { occurrences, type Plan } from '../../simulation/standing/calendar.ts';
import { cleanHistory, sources, syncsOf } from '../../simulation/standing/trap-corpus.ts';
import { Watcher } from '../../simulation/standing/watcher.ts';

const from = Date.UTC(2026, 0, 5);
const integrationId = '5f1c2d3e-0000-4000-8000-00000000000a';

const syncsOfPlan = (plan: Plan) =>
  syncsOf('steady', occurrences(plan, 'Berlin', 125, from, from + 60 * dayMs), new Random(5));

function factsAfter(syncs: readonly SyncFact[], nextScheduledRun: number | null = null): StandingFacts {
  const watcher = new Watcher(syncs);
  const at = (syncs.at(-1)?.start ?? from) + hourMs / 2;
  watcher.look(at, { status: 'active', nextScheduledRun });
  return { ...watcher.facts, open: [], outbox: [] };
}

/** The record of one that is read every quarter of an hour, and whose newest sync is running. */
function bytesOfItem(syncs: readonly SyncFact[]): number {
  const last = syncs.at(-1)?.start ?? from;
  const at = last + hourMs / 2;
  const state = newIntegrationState(integrationId);
  const newest = `${instantOf(last)}123`.slice(0, 26);
  const oldest = `${instantOf(from)}.000123`;
  const looked = { last: at - dayMs, current: null };
  Object.assign(state, {
    checkedAt: at,
    standing: {
      ...factsAfter(syncs, at + minuteMs),
      promise: { pending: at + minuteMs, record: 'k'.repeat(10), missed: null, rest: null },
    },
  });
  Object.assign(state.history, {
    order: 'newest_first',
    proved: true,
    stretches: [{ newest, oldest, place: null, closed: true, refused: false, deadEnd: false }],
    opens: [{ start: newest, place: null, askedAt: at }],
    headAt: at,
    looks: { day: looked, week: looked, month: looked, asked: { last: null, current: null } },
    recheckedAt: at - dayMs,
  });
  const item = {
    workspace: 'production-eu',
    item: integrationItem(integrationId),
    version: '123456',
    data: JSON.stringify(integrationData(state)),
  };
  return Object.entries(item).flat().join('').length;
}

test.each(['15 minutes', 'hourly', 'daily'] as const)(
  'the record of one that comes %s takes two write units',
  (plan) => {
    const bytes = bytesOfItem(syncsOfPlan(plan));
    console.log(`${plan}: ${bytes} bytes`);
    expect(bytes).toBeLessThanOrEqual(2048);
  },
);

const bytesOf = (facts: StandingFacts): number => Buffer.byteLength(JSON.stringify(factsData(facts)));

test.each<readonly [Plan, number]>([
  ['5 minutes', 1000],
  ['15 minutes', 1000],
  ['hourly', 1000],
  ['daily', 1000],
  ['weekdays', 1100],
  ['business hours', 1400],
  ['weekly', 1000],
])('the facts of one that comes %s take at the most %i bytes', (plan, most) => {
  expect(bytesOf(factsAfter(syncsOfPlan(plan)))).toBeLessThanOrEqual(most);
});

test('bursts, of which only the longest pauses are kept, take no more than 4 KB', () => {
  const bytes = bytesOf(factsAfter(cleanHistory(sources.indexOf('bursts'), 3).syncs));
  expect(bytes).toBeLessThanOrEqual(4096);
});

test('what a source that means ill can bring about leaves room for the rest of the record', () => {
  // All that grows is as large as it can be, and each character takes six bytes in JSON.
  const ugly = (characters: number) => '\u0001'.repeat(characters);
  const most = Number.MAX_SAFE_INTEGER;
  const recent = Array.from(
    { length: 16 },
    (_, index): SyncFact => ({
      start: from + index,
      finish: from + index + Math.floor(most / 1000),
      status: ugly(100),
      rowsSynced: 2n ** 63n - 1n,
      rowsFailed: 2n ** 63n - 1n,
      timestampSynced: from + index - 1e13,
    }),
  );
  const sinks = ['topic', 'events', 'webhook'];
  const incident = (index: number): OpenIncident => ({
    id: 'f'.repeat(32),
    kind: 'trap',
    trap: traps[index % traps.length] ?? null,
    since: from,
    reason: ugly(mostReason),
    told: false,
    heardBy: sinks,
  });
  const notice = ({ told: _, heardBy: _heardBy, ...others }: OpenIncident) => ({
    ...others,
    event: 'resolved' as const,
    at: from,
  });
  const facts: StandingFacts = {
    ...factsAfter(cleanHistory(sources.indexOf('bursts'), 3).syncs),
    recent,
    // One of each kind and of each trap.
    open: Array.from({ length: mostWaiting / 2 }, (_, index) => incident(index)),
    outbox: Array.from({ length: mostWaiting }, (_, index) => ({ notice: notice(incident(index)), sinks })),
  };
  const bytes = bytesOf(facts);
  console.log(`at the worst: ${bytes} bytes`);
  expect(factsFields.parse(JSON.parse(JSON.stringify(factsData(facts))))).toEqual(facts);
  expect(bytes).toBeLessThanOrEqual(0.75 * mostRecordBytes);
});
