/**
 * A scenario: a workspace, a Braze with its quirks, and runs of the exporter among what happens. Plain data, drawn
 * by fast-check, so that one that fails shrinks to what it fails for, and prints.
 */
import fc from 'fast-check';
import type { Quirks } from '../../local/simulator/quirks.ts';
import type { Disturbance } from './disturbance.ts';
import { hostileRows, type TimedEvent, type WorldEvent, type WorldPlan } from './world-plan.ts';

export interface Scenario {
  /** Milliseconds after midnight of the first day. */
  readonly beginsMs: number;
  /** Decides latencies, jitter, and who is next where two runs are at work. */
  readonly chance: number;
  readonly limits: { readonly list: number; readonly status: number };
  readonly quirks: Partial<Quirks>;
  readonly world: WorldPlan;
  readonly steps: readonly Step[];
}

/** A run of the exporter, and what happens until the next one. */
export interface Step {
  /** From the beginning of the run. */
  readonly deadlineMs: number | null;
  readonly disturbance: Disturbance | null;
  /** Two runs at once, each of which believes the other dead. */
  readonly twice: boolean;
  readonly during: readonly TimedEvent[];
  readonly thenMs: number;
  readonly meanwhile: readonly WorldEvent[];
}

const hour = 3_600_000;

const integrationPlan = fc.record({
  rows: fc.oneof(...[3, 15, 45, 120].map((max) => fc.nat(max))),
  cadenceMinutes: fc.constantFrom(60, 5, 15, 60 * 24),
});

const worldPlan: fc.Arbitrary<WorldPlan> = fc.record({
  details: fc.nat(),
  stuckShare: fc.constantFrom(0, 0.05),
  integrations: fc.array(integrationPlan, { minLength: 1, maxLength: 4, size: 'max' }),
});

const integration = fc.nat(3);

const starting: fc.Arbitrary<WorldEvent> = fc.record({
  kind: fc.constant('start'),
  integration,
  syncs: weighted([
    [9, fc.constant(1)],
    [1, fc.integer({ min: 5, max: 35 })],
  ]),
});
const purging: fc.Arbitrary<WorldEvent> = fc.record({
  kind: fc.constant('purge'),
  integration,
  rows: fc.integer({ min: 1, max: 6 }),
});
const hostile: fc.Arbitrary<WorldEvent> = fc.record({
  kind: fc.constant('hostile'),
  integration,
  row: fc.nat(hostileRows.length - 1),
});
const removing: fc.Arbitrary<WorldEvent> = fc.record({ kind: fc.constant('remove'), integration });

const duringRun = weighted([
  [12, starting],
  [6, purging],
  [1, hostile],
]);

/** How the world moves during a run: now and then, often, or before nearly every request. */
const during: fc.Arbitrary<readonly TimedEvent[]> = weighted([
  [3, timedEvents(40, 8)],
  [2, timedEvents(5, 40)],
  [1, timedEvents(1, 120)],
]);

function timedEvents(maxRequests: number, maxLength: number): fc.Arbitrary<TimedEvent[]> {
  return fc.array(fc.record({ requests: fc.nat(maxRequests), event: duringRun }), { maxLength, size: 'max' });
}

const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  call: fc.integer({ min: 1, max: 60 }),
  applied: fc.boolean(),
  kind: fc.constantFrom('crash', 'failure'),
});

const step: fc.Arbitrary<Step> = fc.record({
  deadlineMs: rarely(0.6, fc.constantFrom(600_000, 60_000, 5_000, 500)),
  disturbance: rarely(0.4, disturbance),
  twice: weighted([
    [17, fc.constant(false)],
    [3, fc.constant(true)],
  ]),
  during,
  thenMs: fc.constantFrom(0, 1_000, 900_000, 24 * hour, 8 * 24 * hour),
  meanwhile: fc.array(
    weighted([
      [12, starting],
      [6, purging],
      [1, hostile],
      [1, removing],
    ]),
    { maxLength: 12, size: 'max' },
  ),
});

/** Where the limit holds up a run for longer than a cursor lives, there is no way on: then cursors live longer. */
const limitsAndLifetime = fc.oneof(
  fc.record({
    limits: fc.constant({ list: 5000, status: 5000 }),
    cursorLifetime: fc.constantFrom(hour, 200_000),
  }),
  fc.record({
    limits: fc.record({ list: fc.constant(10), status: fc.integer({ min: 4, max: 40 }) }),
    cursorLifetime: fc.constant(hour),
  }),
);

const quirks: fc.Arbitrary<Partial<Quirks>> = fc.record({
  order: weighted([
    [2, fc.constant('newest_first')],
    [2, fc.constant('oldest_first')],
    [1, fc.constant('unordered')],
  ]),
  linkForm: fc.constantFrom('relative', 'spaced', 'documented', 'absolute', 'foreign', 'hostile'),
  cursorKind: fc.constantFrom('offset', 'offset', 'plus', 'keyset', 'expiring'),
  pastEnd: fc.constantFrom('empty', 'invalid_cursor'),
  nextOnLastFullPage: weighted([
    [7, fc.constant(false)],
    [3, fc.constant(true)],
  ]),
  prevAtFirstPage: fc.constantFrom('none', 'self'),
  limitHeaders: fc.constantFrom(
    'epoch',
    'seconds_left',
    'retry_after_only_on_429',
    'plain_retry_after',
    'none',
  ),
  limitWindow: fc.constantFrom('rolling', 'fixed'),
  pretty: weighted([
    [4, fc.constant(false)],
    [1, fc.constant(true)],
  ]),
});

export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    beginsMs: fc.nat(24 * hour),
    chance: fc.nat(),
    limitsAndLifetime,
    quirks,
    world: worldPlan,
    steps: fc.array(step, { maxLength: 6, size: 'max' }),
  })
  .map(({ limitsAndLifetime: { limits, cursorLifetime }, quirks: drawn, ...rest }) => ({
    ...rest,
    limits,
    quirks: { ...drawn, cursorLifetime },
  }));

/** Shrinks to the first of them. */
function weighted<T>(choices: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(
    { withCrossShrink: true },
    ...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })),
  );
}

/** Null in the rest of the cases. @param share in tenths. */
function rarely<T>(share: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  const tenths = Math.round(share * 10);
  return weighted<T | null>([
    [10 - tenths, fc.constant(null)],
    [tenths, arbitrary],
  ]);
}
