/**
 * A run of the exporter whose calls to the stores wait until somebody tells them an answer. It has a clock and a
 * Braze of its own: what it does hangs on nothing but these answers, and in which order they come.
 */
import type { CheckpointStore } from '../../../lambda/checkpoint/checkpoint-store.ts';
import type { ObjectStore } from '../../../lambda/objects/object-store.ts';
import { type RunResult, run } from '../../../lambda/run/run.ts';
import type { Clock } from '../../../lambda/time/clock.ts';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import type { World } from '../../../local/simulator/world.ts';
import { workspace } from './lab.ts';
import type { MemoryCheckpointStore } from './memory-checkpoint-store.ts';
import type { MemoryObjectStore } from './memory-object-store.ts';

export interface MemoryStores {
  readonly objects: MemoryObjectStore;
  readonly checkpoints: MemoryCheckpointStore;
}

/** What a store is asked for. */
export interface StoreCall {
  /** The operation and its key: `put object syncs/…`. */
  readonly name: string;
  readonly perform: (stores: MemoryStores) => Promise<unknown>;
}

/** What a store has answered. */
export type Told = { readonly value: unknown } | { readonly error: Error };

export interface Heard {
  /** Of the call. */
  readonly name: string;
  readonly told: Told;
}

interface Waiting extends StoreCall {
  readonly hear: (told: Told) => void;
}

/** Who takes over from the dead counts the whole limit as used: the higher, the longer that takes. */
const limits = { list: 20, status: 20 };

export class LiveRun {
  readonly #waiting: Waiting[] = [];
  readonly #clock: Clock;
  /** On which the workspace has syncs. */
  readonly #days: ReadonlySet<string>;
  readonly #braze: SimulatedBraze;
  #result: RunResult | undefined;
  #fault: unknown;

  constructor(owner: string, world: World, began: number) {
    const ids = world.integrations(began).map(({ integration_id }) => String(integration_id));
    const rows = ids.flatMap((id) => world.rows(id, began) ?? []) as { sync_start_time: string }[];
    this.#days = new Set(rows.map(({ sync_start_time }) => sync_start_time.slice(0, 10)));
    this.#clock = ownClock(began);
    const quirks = { statusLimit: limits.status, listLimit: limits.list };
    this.#braze = new SimulatedBraze(world, { quirks });
    this.#run(owner).then(
      (result) => {
        this.#result = result;
      },
      (error: unknown) => {
        this.#fault = error;
      },
    );
  }

  get waiting(): readonly StoreCall[] {
    return this.#waiting;
  }

  get result(): RunResult | undefined {
    return this.#result;
  }

  async hear({ name, told }: Heard): Promise<void> {
    const index = this.#waiting.findIndex((each) => each.name === name);
    if (index < 0) throw new Error(`The same answers have led elsewhere: nobody waits to ${name}.`);
    for (const { hear } of this.#waiting.splice(index, 1)) hear(told);
    await this.untilAllWaits();
  }

  /**
   * Nothing of a run takes real time: its bodies are too small for Node's thread pool.
   * @throws what the run throws, which it must not.
   */
  async untilAllWaits(): Promise<void> {
    await new Promise(setImmediate);
    if (this.#fault !== undefined) throw this.#fault;
    if (!this.#result && this.#waiting.length === 0) throw new Error('A run waits for nothing.');
  }

  #call<T>(name: string, perform: (stores: MemoryStores) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const hear = (told: Told) => {
        if ('error' in told) reject(told.error);
        else resolve(structuredClone(told.value) as T);
      };
      this.#waiting.push({ name, perform, hear });
    });
  }

  #isNeverWritten(key: string): boolean {
    const [, day] = /^syncs\/.*dt=([\d-]+)\//.exec(key) ?? [];
    return key.startsWith('quarantine/') || (day !== undefined && !this.#days.has(day));
  }

  #run(owner: string): Promise<RunResult> {
    const clock = this.#clock;
    const objects: ObjectStore = {
      // Nobody writes to a quarantine, nor to a day without syncs: whenever it is read, there is none.
      get: async (key) =>
        this.#isNeverWritten(key)
          ? undefined
          : this.#call(`get object ${key}`, (stores) => stores.objects.get(key)),
      put: async (key, ...rest) => {
        if (this.#isNeverWritten(key)) throw new Error(`Nobody was to write ${key}.`);
        await this.#call(`put object ${key}`, (stores) => stores.objects.put(key, ...rest));
      },
    };
    const checkpoints: CheckpointStore = {
      list: (of) => this.#call('list records', (stores) => stores.checkpoints.list(of)),
      get: (of, item) => this.#call(`get record ${item}`, (stores) => stores.checkpoints.get(of, item)),
      put: (of, record, expected) =>
        this.#call(`put record ${record.item}`, (stores) => stores.checkpoints.put(of, record, expected)),
      // Each believes the other dead.
      ownerIsDead: () => true,
    };
    return run(
      { workspace, limits },
      {
        // Braze stands still: who asks first makes no difference, and nobody waits for it.
        transport: async ({ path }) => {
          const { status, headers, body } = this.#braze.answer({ path }, clock.now());
          return { status, headers: new Headers(headers), body };
        },
        objects,
        checkpoints,
        clock,
        random: () => 0.5,
        owner,
        report: () => {},
      },
    );
  }
}

/** Time passes only where the run waits, so that it does not hang on what others do. */
function ownClock(began: number): Clock {
  let now = began;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      const until = now + milliseconds;
      await undefined;
      now = Math.max(now, until);
    },
  };
}
