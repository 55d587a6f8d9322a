/** A simulated Braze, stores and a clock that outlive the runs, and a way to run the exporter among them. */

import { type RunResult, run } from '../../lambda/run/run.ts';
import type { RunOptions } from '../../lambda/run/run-options.ts';
import { SimulatedBraze } from '../../local/simulator/braze.ts';
import type { Quirks } from '../../local/simulator/quirks.ts';
import type { World } from '../../local/simulator/world.ts';
import { Crash, Process } from './disturbance.ts';
import { MemoryCheckpointStore } from './memory-checkpoint-store.ts';
import { MemoryObjectStore } from './memory-object-store.ts';
import type { Random } from './random.ts';

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
  now: number;
  /** Owners of leases that still live. */
  readonly #living = new Set<string>();
  readonly #random: Random;
  readonly #latency: readonly [number, number];
  readonly #move: (now: number) => void;
  readonly #world: World & { move?: (now: number) => void };
  readonly #options: LabOptions;
  #runs = 0;

  constructor(random: Random, world: World & { move?: (now: number) => void }, options: LabOptions = {}) {
    this.#world = world;
    this.#options = options;
    this.#random = random;
    this.#latency = options.latency ?? [20, 400];
    this.#move = (now) => world.move?.(now);
    this.limits = options.limits ?? { list: 50, status: 100 };
    this.now = options.now ?? Date.UTC(2026, 5, 1, 12);
    this.braze = new SimulatedBraze(world, {
      quirks: { statusLimit: this.limits.status, listLimit: this.limits.list, ...options.quirks },
    });
    this.checkpoints = new MemoryCheckpointStore((owner) => !this.#living.has(owner));
  }

  /**
   * Another lab with the same world that goes on from where this one stands, at this very moment: where a run is
   * under way here, its process is dead there.
   */
  fork(random: Random): Lab {
    const lab = new Lab(random, this.#world, { ...this.#options, now: this.now });
    lab.objects = new MemoryObjectStore(this.objects);
    lab.checkpoints.copyFrom(this.checkpoints);
    lab.#runs = this.#runs;
    return lab;
  }

  /** One run of the exporter; undefined where its process died. */
  async run(
    options: Partial<RunOptions> = {},
    process = new Process(),
    { leaseIgnored = false } = {},
  ): Promise<RunResult | undefined> {
    this.#runs += 1;
    const owner = `run-${this.#runs}`;
    if (!leaseIgnored) this.#living.add(owner);
    const ports = process.wrap({
      transport: async ({ path }) => {
        if (this.braze.log.length > mostRequests) throw new Error(`P8: more than ${mostRequests} requests`);
        const sentAt = this.now;
        this.now += this.#random.between(...this.#latency);
        this.#move(this.now);
        // The request arrives somewhere between being sent and being answered.
        const { status, headers, body } = this.braze.answer({ path }, sentAt + (this.now - sentAt) / 2);
        return { status, headers: new Headers(headers), body };
      },
      objects: this.objects,
      checkpoints: this.checkpoints,
      clock: {
        now: () => this.now,
        sleep: async (milliseconds) => {
          this.now += milliseconds;
        },
      },
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
      this.#living.delete(owner);
    }
  }
}
