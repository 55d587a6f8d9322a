/** What is drawn of what an honest source would not do: only what is turned on. */
import fc from 'fast-check';
import type { OddEvent, OddKind, SiteEvent } from '../world/world-plan.ts';
import { isLie, type Oddity, oddKinds, siteKinds } from './oddities.ts';
import type { PlannedLie } from './scenario.ts';
import { rarely, weighted } from './weighted.ts';

const integration = fc.nat(3);
/** Mostly below the first page, which is read in every run. */
const down = weighted([
  [1, fc.nat(9)],
  [3, fc.nat(60)],
]);

const oddEvents: Readonly<Record<OddKind, fc.Arbitrary<OddEvent>>> = {
  'late row': fc.record({
    kind: fc.constant('late row' as const),
    integration,
    minutes: fc.integer({ min: 1, max: 600 }),
  }),
  'row ahead': fc.record({
    kind: fc.constant('row ahead' as const),
    integration,
    hours: fc.integer({ min: 1, max: 22 }),
  }),
  'swapped rows': fc.record({ kind: fc.constant('swapped rows' as const), integration, down }),
  'changed row': fc.record({ kind: fc.constant('changed row' as const), integration, down }),
  'reopened row': fc.record({ kind: fc.constant('reopened row' as const), integration, down }),
  twins: fc.record({ kind: fc.constant('twins' as const), integration, down }),
  'strange status': fc.record({ kind: fc.constant('strange status' as const), integration }),
};

const siteEvents: Readonly<Record<SiteEvent['kind'], fc.Arbitrary<SiteEvent>>> = {
  'lost object': fc.record({ kind: fc.constant('lost object' as const), object: fc.nat(20) }),
  'clock steps': fc.record({
    kind: fc.constant('clock steps' as const),
    minutes: fc.constantFrom(-60, -5, -1, 1, 5, 60),
  }),
};

/** None, or one arbitrary of all that are turned on. */
export function oddEvent(odd: ReadonlySet<Oddity>): fc.Arbitrary<OddEvent>[] {
  const drawn = oddKinds.filter((kind) => odd.has(kind)).map((kind) => oddEvents[kind]);
  return drawn.length > 0 ? [fc.oneof(...drawn)] : [];
}

/** None, or one arbitrary of all that are turned on. */
export function siteEvent(odd: ReadonlySet<Oddity>): fc.Arbitrary<SiteEvent>[] {
  const drawn = siteKinds.filter((kind) => odd.has(kind)).map((kind) => siteEvents[kind]);
  return drawn.length > 0 ? [fc.oneof(...drawn)] : [];
}

/** One to three lies, where any is turned on: told once, some times, or for ever. */
export function plannedLies(odd: ReadonlySet<Oddity>): fc.Arbitrary<readonly PlannedLie[]> {
  const names = [...odd].filter(isLie);
  if (names.length === 0) return fc.constant([]);
  const lie: fc.Arbitrary<PlannedLie> = fc.record({
    name: fc.constantFrom(...names),
    integration: rarely(0.7, integration),
    after: weighted([
      [3, fc.nat(3)],
      [2, fc.nat(12)],
      [1, fc.nat(40)],
    ]),
    times: weighted<number | null>([
      [4, fc.constant(1)],
      [3, fc.integer({ min: 2, max: 8 })],
      [2, fc.constant(null)],
    ]),
  });
  return fc.array(lie, { minLength: odd.size === names.length ? 1 : 0, maxLength: 3, size: 'max' });
}
