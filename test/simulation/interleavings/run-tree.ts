/**
 * All that a run of the exporter may come to do: it hangs on nothing but what its calls to the stores have told it, and
 * in which order. So the real code runs once for each such history, with the answers of the history.
 */
import { hash } from 'node:crypto';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import type { StoredObject } from '../../../lambda/objects/object-store.ts';
import type { RunResult } from '../../../lambda/run/run.ts';
import type { World } from '../../../local/simulator/world.ts';
import { type Heard, LiveRun, type StoreCall, type Told } from '../lab/live-run.ts';

/** A point at which a run does nothing but wait for the stores, or has ended. */
export interface Moment {
  /** Tells it from all other moments of the run. */
  readonly id: string;
  readonly waiting: readonly StoreCall[];
  readonly result: RunResult | undefined;
  readonly history: readonly Heard[];
}

export class RunTree {
  readonly #owner: string;
  readonly #world: World;
  readonly #began: number;
  readonly #moments = new Map<string, Moment>();
  /** Runs that have stopped at a moment and can go on from there, once. */
  readonly #stopped = new Map<Moment, LiveRun>();

  constructor(owner: string, world: World, began: number) {
    this.#owner = owner;
    this.#world = world;
    this.#began = began;
  }

  async begin(): Promise<Moment> {
    return this.#stop(await this.#start(), '', []);
  }

  async after(moment: Moment, { name }: StoreCall, told: Told): Promise<Moment> {
    const id = hash('sha1', `${moment.id}\n${name}\n${textOf(told)}`);
    const known = this.#moments.get(id);
    if (known) return known;
    const live = this.#stopped.get(moment) ?? (await this.#replay(moment.history));
    this.#stopped.delete(moment);
    await live.hear({ name, told });
    return this.#stop(live, id, [...moment.history, { name, told }]);
  }

  #stop(live: LiveRun, id: string, history: readonly Heard[]): Moment {
    const moment = { id, history, waiting: [...live.waiting], result: live.result };
    this.#moments.set(id, moment);
    this.#stopped.set(moment, live);
    return moment;
  }

  async #start(): Promise<LiveRun> {
    const live = new LiveRun(this.#owner, this.#world, this.#began);
    await live.untilAllWaits();
    return live;
  }

  async #replay(history: readonly Heard[]): Promise<LiveRun> {
    const live = await this.#start();
    for (const heard of history) await live.hear(heard);
    return live;
  }
}

function textOf(told: Told): string {
  if ('error' in told) return String(told.error);
  const value = told.value as StoredObject | CheckpointRecord | CheckpointRecord[] | undefined;
  return value && 'etag' in value ? value.etag : (JSON.stringify(value) ?? '');
}
