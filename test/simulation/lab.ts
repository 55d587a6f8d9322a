/** A simulated Braze, stores and a clock that outlive the runs, and a way to run the exporter among them. */

import type { Reply, Request } from '../../lambda/braze/transport.ts';
import { NoAnswer } from '../../lambda/errors/no-answer.ts';
import { type RunResult, run } from '../../lambda/run/run.ts';
import type { RunOptions } from '../../lambda/run/run-options.ts';
import { SimulatedBraze } from '../../local/simulator/braze.ts';
import type { Quirks } from '../../local/simulator/quirks.ts';
import type { World } from '../../local/simulator/world.ts';
import { Crash, type Ports, Process } from './disturbance.ts';
import { MemoryCheckpointStore } from './memory-checkpoint-store.ts';
import { MemoryObjectStore } from './memory-object-store.ts';
import type { Random } from './random.ts';
import { slowStores } from './slow-stores.ts';
import { VirtualClock } from './virtual-clock.ts';
import { WrongClock } from './wrong-clock.ts';

export const workspace = 'tested';

export interface LabOptions {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: { readonly list: number; readonly status: number };
  /** Milliseconds that a request takes, from and to. */
  readonly latency?: readonly [number, number];
  /** Milliseconds that a call of a store takes, from and to. @default no time */
  readonly storeLatency?: readonly [number, number];
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
  /** What Braze takes the time to be. */
  readonly brazeClock: WrongClock;
  /** What the exporter takes the time to be. */
  readonly exporterClock: WrongClock;
  /** When the last run ended. */
  endedAt = 0;
  /** How many have begun. */
  runs = 0;
  /** Owners of leases that still live. */
  readonly #living = new Set<string>();
  readonly #random: Random;
  readonly #latency: readonly [number, number];
  readonly #storeLatency: readonly [number, number] | undefined;
  readonly #move: (now: number) => void;

  constructor(random: Random, world: World & { move?: (now: number) => void }, options: LabOptions = {}) {
    this.#random = random;
    this.#latency = options.latency ?? [20, 400];
    this.#move = (now) => world.move?.(now);
    this.limits = options.limits ?? { list: 50, status: 100 };
    this.clock = new VirtualClock(options.now ?? Date.UTC(2026, 5, 1, 12));
    this.brazeClock = new WrongClock(this.clock);
    this.exporterClock = new WrongClock(this.clock);
    this.#storeLatency = options.storeLatency;
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
    const ports = process.wrap({
      transport: (request) => this.#send(request),
      ...this.#stores(),
      clock: this.exporterClock,
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

  async #send({ path, timeout, signal }: Request): Promise<Reply> {
    if (this.braze.log.length > mostRequests) throw new Error(`P8: more than ${mostRequests} requests`);
    const latency = this.#random.between(...this.#latency);
    // The request arrives somewhere between being sent and being answered.
    await this.clock.sleep(latency / 2, signal);
    this.#move(this.now);
    const answer = this.braze.answer({ path }, this.brazeClock.now());
    const late = latency / 2 + (answer.delayMs ?? 0);
    await this.clock.sleep(Math.min(late, timeout - latency / 2), signal);
    if (signal?.aborted || answer.status === 0) throw new NoAnswer('the answer broke off');
    if (late > timeout - latency / 2)
      throw new NoAnswer(`no whole answer in ${Math.round(timeout / 1000)} s`);
    return { status: answer.status, headers: new Headers(answer.headers), body: answer.body };
  }

  #stores(): Pick<Ports, 'objects' | 'checkpoints'> {
    const { objects, checkpoints, clock } = this;
    const latency = this.#storeLatency;
    if (!latency) return { objects, checkpoints };
    return slowStores({ objects, checkpoints }, () => clock.sleep(this.#random.between(...latency)));
  }
}
