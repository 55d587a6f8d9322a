/** An integration and a workspace of which everything is known: more at once than there ever is to know. */
import { type IntegrationState, newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import type { WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import type { StandingFacts } from '../../../lambda/standing/facts.ts';
import type { Notice, OpenIncident } from '../../../lambda/standing/incident.ts';
import type { Runs } from '../../../lambda/standing/runs.ts';
import type { SecondLook } from '../../../lambda/walk/history.ts';
import { newPass, type Scans, takePage } from '../../../lambda/walk/scans.ts';
import { at, hour, pageOf } from '../walk/pages.ts';

/** A pass that is under way, after one that has ended. */
export function passUnderWay(): Scans {
  const before = newPass(at(10));
  takePage(before, pageOf(null, [5, 9, 2]), new Set(), null);
  const ended = { began: before.began, pages: before.pages, tally: before.own };
  const current = newPass(at(14));
  takePage(current, pageOf('there', [7, 12]), new Set(), ended);
  return { current, before: ended, disagreed: 2, restingSince: at(11), headAt: at(14) };
}

const look = (last: number): SecondLook => ({
  last: at(last),
  current: { until: hour(last - 1), began: at(last + 1), place: `look ${last}` },
});

const runs: Runs = {
  watermark: { at: at(1), start: at(2) },
  empty: { since: at(3), count: 4 },
  standing: { since: at(5), count: 6, at: at(7) },
  ahead: { since: at(8), count: 9, byMs: 10, stood: 11, moved: 12 },
  whole: { since: at(13), count: 14, rows: 2n ** 63n - 1n },
  boundary: { since: at(15), count: 16, last: at(17) },
  nearLimit: { since: at(18), count: 19, firstMs: 20, newestMs: 21 },
};

const habitRuns = {
  days: 1,
  counted: 2,
  empty: 3,
  longestEmpty: 4,
  compared: 5,
  stood: 6,
  longestStanding: 7,
  watermarks: 8,
  ahead: 9,
  farthestMs: 10,
};

const incident: OpenIncident = {
  id: '0123456789abcdef0123456789abcdef',
  kind: 'trap',
  trap: 'boundary_resync',
  since: at(3),
  reason: 'It is so.',
  told: true,
};
const { told: _, ...trouble } = incident;
const notice: Notice = { ...trouble, event: 'resolved', at: at(4) };

export const incidents: Pick<StandingFacts, 'open' | 'outbox'> = {
  open: [incident],
  outbox: [{ notice, sinks: ['topic', 'events'] }],
};

const minuteOf = (number: number) => at(number) / 60_000;

export const wholeStanding: StandingFacts = {
  refusedShare: 0.25,
  stale: true,
  recent: [
    {
      start: at(20),
      finish: at(21),
      status: 'partial',
      rowsSynced: 7n,
      rowsFailed: -(2n ** 63n),
      timestampSynced: at(19),
    },
  ],
  older: {
    to: at(19),
    data: [at(1), at(2), at(4)],
    lastSuccess: at(4),
    streak: { count: 2, since: at(5) },
    failed: { since: at(6), quiet: 1 },
    refused: { since: at(7), quiet: 1 },
    lastRefused: at(8),
    runs,
  },
  habit: {
    day: '2026-06-01',
    from: at(1),
    usualMs: 3_600_000,
    isSteady: false,
    pauses: [
      [minuteOf(-20), minuteOf(-10)],
      [minuteOf(-5), minuteOf(-4)],
    ],
    longestMs: 42_000,
    p95Ms: 41_000,
    runs: habitRuns,
  },
  before: { '2026-05-30': { ...habitRuns, days: 28 } },
  promise: {
    pending: at(22),
    record: 'kkm',
    missed: at(18),
    rest: { since: at(9), last: at(10), until: at(23) },
  },
  unreadableSince: at(12),
  ...incidents,
};

export const wholeState = (): IntegrationState => ({
  ...newIntegrationState('a'),
  history: {
    order: 'unordered',
    proved: true,
    stretches: [
      { newest: hour(9), oldest: hour(7), place: 'there', closed: false, refused: true, deadEnd: false },
      { newest: hour(5), oldest: hour(2), place: 'below', closed: true, refused: false, deadEnd: true },
    ],
    empty: true,
    headAt: at(14),
    tail: 'the tail',
    scans: passUnderWay(),
    opens: [{ start: hour(8), place: 'a page', askedAt: at(13), again: true }],
    abandoned: { '2026-05-20': 3 },
    givenUpTo: hour(1),
    doubt: { kind: 'moved_back', since: at(12) },
    lostGaps: 2,
    lateRows: 14,
    looks: { day: look(3), week: look(5), month: look(7), asked: look(9) },
    recheckedAt: at(11),
  },
  condition: 'failing',
  quarantineEmptyAt: at(13),
  failure: 'It is not there.',
  checkedAt: at(14),
  missingSince: at(13),
  namedInReading: at(12),
  standing: wholeStanding,
  gapEdge: { at: at(5), since: at(6) },
  finished: [hour(8), hour(9)],
});

export const wholeWorkspace: Omit<WorkspaceFacts, 'isLakeAhead' | 'overtakenUntil'> = {
  source: { host: 'rest.example.eu', appGroupId: 'group' },
  listReading: { began: at(10) + 250, place: 'page two' },
  monthsBehind: ['2026-04', '2026-05'],
  areChangesAhead: false,
  heldBack: new Map([['a', at(9)]]),
  deniedSince: at(8),
  incidents: new Map([
    [null, incidents],
    ['a', { ...incidents, outbox: [] }],
  ]),
};
