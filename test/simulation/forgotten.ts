/**
 * Syncs that only a killed run has read, and that Braze has purged before the next one: they are in the lake, and no
 * record says so. How an integration stands may leave them out.
 */
import type { MovingWorld } from './moving-world.ts';
import type { Lake } from './read-lake.ts';

export class Forgotten {
  readonly #world: MovingWorld;
  /** As it was before the first of the killed runs whose work nobody has read again. */
  #purgedBefore: ReadonlySet<string> | undefined;
  #wereKilled = false;
  readonly #forgotten = new Set<string>();

  constructor(world: MovingWorld) {
    this.#world = world;
  }

  get isEmpty(): boolean {
    return this.#forgotten.size === 0;
  }

  runBegins(): void {
    this.#purgedBefore ??= this.#purged();
  }

  runEnded(wasKilled: boolean): void {
    this.#wereKilled ||= wasKilled;
    if (wasKilled) return;
    if (this.#wereKilled)
      for (const each of this.#purged()) if (!this.#purgedBefore?.has(each)) this.#forgotten.add(each);
    this.#purgedBefore = undefined;
    this.#wereKilled = false;
  }

  without(lake: Lake): Lake {
    const isForgotten = ({ integration_id, raw }: Lake['syncs'][number]) =>
      this.#forgotten.has(keyOf(String(integration_id), JSON.parse(String(raw)).sync_start_time));
    return { ...lake, syncs: lake.syncs.filter((line) => !isForgotten(line)) };
  }

  #purged(): Set<string> {
    const purged = [...this.#world.syncs].flatMap(([id, syncs]) =>
      syncs.filter((sync) => sync.purged).map(({ start }) => keyOf(id, start)),
    );
    return new Set(purged);
  }
}

const keyOf = (id: string, start: string): string => `${id} ${start}`;
