/** What is drawn for a scenario of an honest source; oddities are drawn in between. */
import fc from 'fast-check';
import {
  hostileRows,
  type PlainEvent,
  type SiteEvent,
  type TimedEvent,
  type WorldEvent,
  type WorldPlan,
} from '../world/world-plan.ts';
import { oddEvent, plannedLies, siteEvent } from './odd-arbitrary.ts';
import type { Oddity } from './oddities.ts';
import { limitsAndLifetime, quirksArbitrary } from './quirks-arbitrary.ts';
import type { Clocks, Scenario, Step } from './scenario.ts';
import { rarely, weighted } from './weighted.ts';

type AnyEvent = WorldEvent | SiteEvent;

/** How much there is in a scenario. */
export interface Size {
  /** The most rows of an integration, each as often as the others. */
  readonly rows: readonly number[];
  readonly integrations: number;
  readonly steps: number;
  /** Requests between two events during a run and how many events, each so often. */
  readonly during: readonly (readonly [weight: number, maxRequests: number, maxLength: number])[];
  readonly meanwhile: number;
  /** The last call that may be disturbed. */
  readonly disturbedCall: number;
  /** The most syncs that start at once. */
  readonly burst: number;
}

export const sizes = {
  usual: {
    rows: [3, 15, 45, 120],
    integrations: 4,
    steps: 6,
    during: [
      [3, 40, 8],
      [2, 5, 40],
      [1, 1, 120],
    ],
    meanwhile: 12,
    disturbedCall: 60,
    burst: 35,
  },
  /** A few pages and runs: what can go wrong mostly can in these, and many more of them can be played. */
  small: {
    rows: [3, 12, 25],
    integrations: 2,
    steps: 3,
    during: [
      [2, 10, 3],
      [1, 3, 6],
    ],
    meanwhile: 4,
    disturbedCall: 25,
    burst: 12,
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

const minute = 60_000;
const hour = 60 * minute;

function worldPlan(odd: ReadonlySet<Oddity>, size: Size): fc.Arbitrary<WorldPlan> {
  const integrationPlan = fc.record({
    rows: fc.oneof(...size.rows.map((max) => fc.nat(max))),
    cadenceMinutes: fc.constantFrom(60, 5, 15, 60 * 24),
  });
  const isLong = odd.has('crowd') || odd.has('filtered list page');
  return fc.record({
    close: fc.constant(!odd.has('milliseconds in starts')),
    idle: isLong ? fc.nat(25) : fc.constant(0),
    details: fc.nat(),
    stuckShare: odd.has('crowd') ? fc.constantFrom(0, 0.5) : fc.constantFrom(0, 0.05),
    integrations: fc.array(integrationPlan, {
      minLength: 1,
      maxLength: size.integrations,
      size: 'max',
    }),
  });
}

const integration = fc.nat(3);

const starting = ({ burst }: Size): fc.Arbitrary<PlainEvent> =>
  fc.record({
    kind: fc.constant('start'),
    integration,
    syncs: weighted([
      [9, fc.constant(1)],
      [1, fc.integer({ min: 5, max: burst })],
    ]),
  });
const purging: fc.Arbitrary<PlainEvent> = fc.record({
  kind: fc.constant('purge'),
  integration,
  rows: fc.integer({ min: 1, max: 6 }),
});
const hostile: fc.Arbitrary<PlainEvent> = fc.record({
  kind: fc.constant('hostile'),
  integration,
  row: fc.nat(hostileRows.length - 1),
});
const removing: fc.Arbitrary<PlainEvent> = fc.record({ kind: fc.constant('remove'), integration });

/** Something odd as often as an ordinary sync, where anything odd is turned on. */
function anyEvent(odd: ReadonlySet<Oddity>, ordinary: readonly [number, fc.Arbitrary<PlainEvent>][]) {
  return weighted<AnyEvent>([
    ...ordinary,
    ...oddEvent(odd).map((event) => [12, event] as const),
    ...siteEvent(odd).map((event) => [3, event] as const),
  ]);
}

/** How the world moves during a run: now and then, often, or before nearly every request. */
function during(odd: ReadonlySet<Oddity>, size: Size): fc.Arbitrary<readonly TimedEvent[]> {
  const event = anyEvent(odd, [
    [12, starting(size)],
    [6, purging],
    [1, hostile],
  ]);
  const timed = (maxRequests: number, maxLength: number) =>
    fc.array(fc.record({ requests: fc.nat(maxRequests), event }), { maxLength, size: 'max' });
  return weighted(
    size.during.map(([weight, maxRequests, maxLength]) => [weight, timed(maxRequests, maxLength)]),
  );
}

function step(odd: ReadonlySet<Oddity>, size: Size): fc.Arbitrary<Step> {
  const disturbance = fc.record({
    call: fc.integer({ min: 1, max: size.disturbedCall }),
    applied: fc.boolean(),
    kind: fc.constantFrom('crash', 'failure'),
  });
  return fc.record({
    deadlineMs: rarely(0.6, fc.constantFrom(600_000, 60_000, 5_000, 500)),
    disturbance: rarely(0.4, disturbance),
    twice: weighted([
      [17, fc.constant(false)],
      [3, fc.constant(true)],
    ]),
    during: during(odd, size),
    thenMs: fc.constantFrom(0, 1_000, 900_000, 24 * hour, 8 * 24 * hour),
    meanwhile: fc.array(
      anyEvent(odd, [
        [12, starting(size)],
        [6, purging],
        [1, hostile],
        [1, removing],
      ]),
      { maxLength: size.meanwhile, size: 'max' },
    ),
  });
}

const rightClocks: Clocks = { brazeAheadMs: 0, brazeDriftMs: 0, exporterAheadMs: 0, exporterDriftMs: 0 };
const ahead = fc.integer({ min: -10 * minute, max: 10 * minute });
const drift = fc.integer({ min: -2000, max: 2000 });
const wrongClocks: fc.Arbitrary<Clocks> = fc.record({
  brazeAheadMs: ahead,
  brazeDriftMs: drift,
  exporterAheadMs: ahead,
  exporterDriftMs: drift,
});

/** @param odd what an honest source at a tidy place would not do, and this one may. */
export function anyScenario(
  odd: ReadonlySet<Oddity> = new Set(),
  sizeName: SizeName = 'usual',
): fc.Arbitrary<Scenario> {
  const size = sizes[sizeName];
  return fc
    .record({
      beginsMs: fc.nat(24 * hour),
      chance: fc.nat(),
      latencyMs: fc.constantFrom<readonly [number, number]>(
        [20, 400],
        ...(odd.has('slow answers') ? [[1000, 4000] as const] : []),
      ),
      storeLatencyMs: odd.has('slow stores') ? fc.constantFrom(0, 10, 500) : fc.constant(0),
      clocks: odd.has('clocks apart') ? wrongClocks : fc.constant(rightClocks),
      lies: plannedLies(odd),
      limitsAndLifetime,
      quirks: quirksArbitrary,
      barePrev: odd.has('bare prev') ? fc.boolean() : fc.constant(false),
      noResults: odd.has('no results') ? fc.boolean() : fc.constant(false),
      world: worldPlan(odd, size),
      // Nothing is told and nothing goes wrong where no run is.
      steps: fc.array(step(odd, size), {
        minLength: odd.size > 0 ? 2 : 0,
        maxLength: size.steps,
        size: 'max',
      }),
    })
    .map(({ limitsAndLifetime: { limits, cursorLifetime }, quirks, barePrev, noResults, ...rest }) => ({
      ...rest,
      limits,
      quirks: {
        ...quirks,
        cursorLifetime,
        ...(barePrev ? { prevToFirstPage: 'bare' } : {}),
        ...(noResults ? { withoutRows: 'message_only' } : {}),
      },
    }));
}
