/**
 * Integrations with a sync that only killed runs have read as it stands in the lake, and that Braze has purged before
 * it could be read again, or removed with its integration: no record says so, and nobody can tell whether how the
 * integration stands has taken it in.
 */
import type { MovingWorld } from '../world/moving-world.ts';
import type { Lake, LakeLine } from './read-lake.ts';

export class Forgotten {
  readonly #world: MovingWorld;
  readonly #integrations = new Set<string>();
  /** As it was when the records told all of it. */
  #kept: readonly LakeLine[] = [];
  #wasAhead = false;

  constructor(world: MovingWorld) {
    this.#world = world;
  }

  has(integrationId: string): boolean {
    return this.#integrations.has(integrationId);
  }

  /** @param lake as the run has left it. @param isAhead of the records, until a run has read all of it again. */
  runEnded(lake: Lake, isAhead: boolean): void {
    if (this.#wasAhead || isAhead) this.#look(lake);
    if (!isAhead) this.#kept = lake.syncs;
    this.#wasAhead = isAhead;
  }

  #look({ syncs }: Lake): void {
    const purged = new Set(
      [...this.#world.syncs].flatMap(([id, ofOne]) =>
        ofOne.filter((sync) => sync.purged).map(({ start }) => `${id} ${start}`),
      ),
    );
    const { gone } = this.#world;
    if (purged.size === 0 && gone.size === 0) return;
    const kept = new Set(this.#kept.map(({ integration_id, raw }) => `${integration_id} ${raw}`));
    for (const { integration_id, raw } of syncs) {
      if (kept.has(`${integration_id} ${raw}`)) continue;
      const id = String(integration_id);
      if (gone.has(id) || purged.has(`${id} ${JSON.parse(String(raw)).sync_start_time}`))
        this.#integrations.add(id);
    }
  }
}
