/** A simulated Braze, stores and a clock that outlive the runs, and a way to run the exporter among them. */

import type { Reply } from '../../lambda/braze/transport.ts';
import { type RunResult, run } from '../../lambda/run/run.ts';
import type { RunOptions } from '../../lambda/run/run-options.ts';
import { SimulatedBraze } from '../../local/simulator/braze.ts';
import type { Quirks } from '../../local/simulator/quirks.ts';
import type { World } from '../../local/simulator/world.ts';
import { Crash, Process } from './disturbance.ts';
import { MemoryCheckpointStore } from './memory-checkpoint-store.ts';
import { MemoryObjectStore } from './memory-object-store.ts';
import type { Random } from './random.ts';
import { VirtualClock } from './virtual-clock.ts';

export const workspace = 'tested';

export interface LabOptions {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: { readonly list: number; readonly status: number };
  /** Milliseconds that a request takes, from and to. */
  readonly latency?: readonly [number, number];
  readonly now?: number;
}

/** No scenario needs so many: a run that goes in circles must not hang the test. */
const mostRequests = 20_000;

export class Lab {
  objects = new MemoryObjectStore();
  readonly checkpoints: MemoryCheckpointStore;
  readonly braze: SimulatedBraze;
  readonly limits: { readonly list: number; readonly status: number };
  readonly clock: VirtualClock;
  /** When the last run ended. */
  endedAt = 0;
  /** How many have begun. */
  runs = 0;
  /** Owners of leases that still live. */
  readonly #living = new Set<string>();
  readonly #random: Random;
  readonly #latency: readonly [number, number];
  readonly #move: (now: number) => void;

  constructor(random: Random, world: World & { move?: (now: number) => void }, options: LabOptions = {}) {
    this.#random = random;
    this.#latency = options.latency ?? [20, 400];
    this.#move = (now) => world.move?.(now);
    this.limits = options.limits ?? { list: 50, status: 100 };
    this.clock = new VirtualClock(options.now ?? Date.UTC(2026, 5, 1, 12));
    this.braze = new SimulatedBraze(world, {
      quirks: { statusLimit: this.limits.status, listLimit: this.limits.list, ...options.quirks },
    });
    this.checkpoints = new MemoryCheckpointStore((owner) => !this.#living.has(owner));
  }

  get now(): number {
    return this.clock.now();
  }

  set now(now: number) {
    this.clock.set(now);
  }

  /** One run of the exporter; undefined where its process died. */
  async run(
    options: Partial<RunOptions> = {},
    process = new Process(),
    { leaseIgnored = false } = {},
  ): Promise<RunResult | undefined> {
    this.runs += 1;
    const owner = `run-${this.runs}`;
    if (!leaseIgnored) this.#living.add(owner);
    const { objects, checkpoints, clock } = this;
    const ports = process.wrap({
      transport: (request) => this.#send(request.path),
      objects,
      checkpoints,
      clock,
    });
    try {
      const random = this.#random.unit;
      return await run(
        { workspace, limits: this.limits, ...options },
        { ...ports, random, owner, report: () => {} },
      );
    } catch (error) {
      if (error instanceof Crash) return undefined;
      throw error;
    } finally {
      this.endedAt = this.now;
      this.#living.delete(owner);
      await this.clock.untilNobodySleeps();
    }
  }

  async #send(path: string): Promise<Reply> {
    if (this.braze.log.length > mostRequests) throw new Error(`P8: more than ${mostRequests} requests`);
    const latency = this.#random.between(...this.#latency);
    // The request arrives somewhere between being sent and being answered.
    await this.clock.sleep(latency / 2);
    this.#move(this.now);
    const { status, headers, body } = this.braze.answer({ path }, this.now);
    await this.clock.sleep(latency / 2);
    return { status, headers: new Headers(headers), body };
  }
}
