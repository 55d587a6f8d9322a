/** A simulated Braze, stores and a clock that outlive the runs, and a way to run the exporter among them. */

import type { AlertPorts } from '../../../lambda/alerts/alert-ports.ts';
import type { Reply, Request } from '../../../lambda/braze/transport.ts';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';
import { type RunResult, run } from '../../../lambda/run/run.ts';
import type { ReportEvent } from '../../../lambda/run/run-events.ts';
import type { RunOptions } from '../../../lambda/run/run-options.ts';
import type { Answer } from '../../../local/simulator/answer.ts';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import type { Quirks } from '../../../local/simulator/quirks.ts';
import { type Route, routeOf } from '../../../local/simulator/route.ts';
import type { World } from '../../../local/simulator/world.ts';
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
  /** A run that sends more, refusals by the limit left out, is stopped. @default 20_000 */
  readonly maxRequestsPerRun?: number;
  /** Hears of every answer that reaches the exporter. */
  readonly onAnswer?: (request: Route, answer: Answer) => void;
}

/** No run needs so many: one that goes in circles must not hang the test. */
const maxRequestsPerRun = 20_000;

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
  /** Who is told of incidents. */
  alerts: AlertPorts | undefined;
  /** Hears what a run tells while it goes on. */
  report: ReportEvent = () => {};
  /** When the last run ended. */
  endedAt = 0;
  /** By how much the last run outlived its deadline, by its own clock. */
  lateMs = 0;
  /** How many have begun. */
  runs = 0;
  /** Owners of leases that still live. */
  readonly #living = new Set<string>();
  readonly #random: Random;
  readonly #latency: readonly [number, number];
  readonly #storeLatency: readonly [number, number] | undefined;
  readonly #maxRequestsPerRun: number;
  #requestsOfRun = 0;
  readonly #onAnswer: LabOptions['onAnswer'];
  readonly #move: (now: number) => void;
  readonly #world: World & { move?: (now: number) => void };
  readonly #options: LabOptions;

  constructor(random: Random, world: World & { move?: (now: number) => void }, options: LabOptions = {}) {
    this.#world = world;
    this.#options = options;
    this.#random = random;
    this.#latency = options.latency ?? [20, 400];
    this.#move = (now) => world.move?.(now);
    this.limits = options.limits ?? { list: 50, status: 100 };
    this.clock = new VirtualClock(options.now ?? Date.UTC(2026, 5, 1, 12));
    this.brazeClock = new WrongClock(this.clock);
    this.exporterClock = new WrongClock(this.clock);
    this.#storeLatency = options.storeLatency;
    this.#onAnswer = options.onAnswer;
    this.#maxRequestsPerRun = options.maxRequestsPerRun ?? maxRequestsPerRun;
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

  /**
   * Another lab with the same world that goes on from where this one stands, at this very moment: where a run is
   * under way here, its process is dead there.
   */
  fork(random: Random): Lab {
    const lab = new Lab(random, this.#world, { ...this.#options, now: this.now });
    lab.objects = new MemoryObjectStore(this.objects);
    lab.checkpoints.copyFrom(this.checkpoints);
    lab.runs = this.runs;
    for (const clock of ['brazeClock', 'exporterClock'] as const) {
      lab[clock].offsetMs = this[clock].now() - this.now;
      lab[clock].driftMsPerHour = this[clock].driftMsPerHour;
    }
    return lab;
  }

  /** One run of the exporter; undefined where its process died. */
  async run(
    options: Partial<RunOptions> = {},
    process = new Process(),
    { leaseIgnored = false } = {},
  ): Promise<RunResult | undefined> {
    this.runs += 1;
    this.#requestsOfRun = 0;
    const owner = `run-${this.runs}`;
    if (!leaseIgnored) this.#living.add(owner);
    const clock = this.exporterClock.started();
    const ports = process.wrap({ transport: (request) => this.#send(request), ...this.#stores(), clock });
    try {
      const random = this.#random.unit;
      return await run(
        { workspace, limits: this.limits, ...options },
        {
          ...ports,
          random,
          owner,
          report: this.report,
          alerts: this.alerts && process.wrapAlerts(this.alerts),
        },
      );
    } catch (error) {
      if (error instanceof Crash) return undefined;
      throw error;
    } finally {
      this.endedAt = this.now;
      this.lateMs = clock.now() - (options.deadline ?? Number.POSITIVE_INFINITY);
      this.#living.delete(owner);
      await this.clock.untilNobodySleeps();
    }
  }

  async #send({ path, timeout, signal }: Request): Promise<Reply> {
    const latency = this.#random.between(...this.#latency);
    // The request arrives somewhere between being sent and being answered.
    const answeredIn = await this.#travel(latency / 2, timeout, signal);
    this.#move(this.brazeClock.now());
    const answer = this.braze.answer({ path }, this.brazeClock.now());
    // How often one may ask who is refused, the pauses after a refusal settle: it may go on for hours.
    if (answer.status !== 429 && this.#requestsOfRun++ > this.#maxRequestsPerRun) {
      throw new Error(`P8: a run of more than ${this.#maxRequestsPerRun} requests`);
    }
    await this.#travel(latency / 2 + (answer.delayMs ?? 0), answeredIn, signal);
    if (answer.status === 0) throw new NoAnswer('the answer broke off');
    this.#onAnswer?.(routeOf(path), answer);
    return { status: answer.status, headers: new Headers(answer.headers), body: answer.body };
  }

  /** @returns what is left of the timeout. @throws {NoAnswer} where it takes longer. */
  async #travel(milliseconds: number, timeout: number, signal: AbortSignal | undefined): Promise<number> {
    await this.clock.sleep(Math.min(milliseconds, timeout), signal);
    if (signal?.aborted) throw new NoAnswer('the answer broke off');
    if (milliseconds > timeout) throw new NoAnswer('no whole answer in time');
    return timeout - milliseconds;
  }

  #stores(): Pick<Ports, 'objects' | 'checkpoints'> {
    const { objects, checkpoints, clock } = this;
    const latency = this.#storeLatency;
    if (!latency) return { objects, checkpoints };
    return slowStores({ objects, checkpoints }, () => clock.sleep(this.#random.between(...latency)));
  }
}
