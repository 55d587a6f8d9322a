/** A workspace whose integrations sync at a fixed cadence: how many pages it has at a time is known beforehand. */
import { ScheduledWorld } from './scheduled-world.ts';

export interface SteadyWorldOptions {
  readonly integrations: number;
  /** Syncs of each at `until`. */
  readonly rows: number;
  /** Milliseconds between two starts. */
  readonly cadence: number;
  /** Milliseconds since the epoch: when the last of the `rows` started. */
  readonly until: number;
}

export class SteadyWorld extends ScheduledWorld {
  constructor({ integrations, rows, cadence, until }: SteadyWorldOptions) {
    super(Array.from({ length: integrations }, () => startsAt(until - (rows - 1) * cadence, cadence)));
  }
}

function* startsAt(first: number, cadence: number): Generator<number> {
  for (let start = first; ; start += cadence) yield start;
}
