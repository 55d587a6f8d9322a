/**
 * A scenario: a workspace, a Braze with its quirks and lies, and runs of the exporter among what happens. Plain data,
 * so that one that fails shrinks to what it fails for, prints, and can be kept as JSON.
 */
import type { LieName } from '../../../local/simulator/lies/told-lie.ts';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import type { Disturbance } from '../lab/disturbance.ts';
import type { SiteEvent, TimedEvent, WorldEvent, WorldPlan } from '../world/world-plan.ts';

export interface Scenario {
  /** Milliseconds after midnight of the first day. */
  readonly beginsMs: number;
  /** Decides latencies, jitter, and who is next where two runs are at work. */
  readonly chance: number;
  readonly limits: { readonly list: number; readonly status: number };
  /** Milliseconds that an answer takes, from and to. */
  readonly latencyMs: readonly [number, number];
  /** Milliseconds that a call of a store takes on each way, at the most; 0 is no time at all. */
  readonly storeLatencyMs: number;
  readonly quirks: Partial<Omit<Quirks, 'lies'>>;
  readonly lies: readonly PlannedLie[];
  readonly clocks: Clocks;
  readonly world: WorldPlan;
  readonly steps: readonly Step[];
}

export interface PlannedLie {
  readonly name: LieName;
  /** Null: told of all. */
  readonly integration: number | null;
  readonly after: number;
  /** Null: for ever. */
  readonly times: number | null;
}

/** How far Braze's and the exporter's clocks are ahead at the beginning, and how far they get ahead in an hour. */
export interface Clocks {
  readonly brazeAheadMs: number;
  readonly brazeDriftMs: number;
  readonly exporterAheadMs: number;
  readonly exporterDriftMs: number;
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
  readonly meanwhile: readonly (WorldEvent | SiteEvent)[];
}
