import type { Cadence, Source } from './believable-sources.ts';
import { type Sync, syncOf } from './believable-sync.ts';
import type { SyncJson } from './world.ts';

const halfYear = 180 * 86_400_000;
const fourMonths = 120 * 86_400_000;

/** The rows of one believable integration, oldest first, as a pure function of time. */
export class BelievableHistory {
  readonly #seed: string;
  readonly #source: Source;
  readonly #anchor: number | undefined;
  /** Syncs never change: each is made once. */
  readonly #syncs = new Map<number, Sync>();
  /** The rows last served, and for which times they stand. A walk asks for the same ones page after page. */
  #served: { from: number; until: number; rows: readonly SyncJson[] } = { from: 0, until: 0, rows: [] };

  constructor(seed: string, source: Source, anchor: number | undefined) {
    this.#seed = seed;
    this.#source = source;
    this.#anchor = anchor;
  }

  rows(at: number): readonly SyncJson[] {
    const { cadence } = this.#source;
    if (!cadence) return [];
    if (at < this.#served.from || at >= this.#served.until) this.#served = this.#serve(cadence, at);
    return this.#served.rows;
  }

  #serve(cadence: Cadence, at: number): { from: number; until: number; rows: readonly SyncJson[] } {
    const { oldest, newest } = this.#extent(cadence, at);
    const { every, offset, late } = cadence;
    const rows: SyncJson[] = [];
    // The next moment at which a row starts, turns final or falls off the end.
    let until = Number.POSITIVE_INFINITY;
    for (let slot = Math.floor((oldest - offset - late) / every); ; slot++) {
      const sync = this.#sync(cadence, slot);
      if (sync.start < oldest) continue;
      if (sync.start > newest) {
        until = Math.min(until, sync.start);
        break;
      }
      if (rows.length === 0 && this.#anchor === undefined) until = sync.start + cadence.reach;
      if (sync.finish > at) until = Math.min(until, sync.finish);
      rows.push(sync.finish > at ? sync.running : sync.final);
    }
    // What has stopped long ago is looked at afresh each time: rare, and a few rows.
    return { from: at, until: this.#source.isPaused ? at : until, rows };
  }

  #extent({ reach }: Cadence, at: number): { oldest: number; newest: number } {
    const reference = this.#anchor ?? at;
    if (!this.#source.isPaused) return { oldest: reference - reach, newest: at };
    const stopped = Math.floor(reference / halfYear) * halfYear - fourMonths;
    return { oldest: stopped - reach, newest: Math.min(stopped, at) };
  }

  #sync(cadence: Cadence, slot: number): Sync {
    const known = this.#syncs.get(slot);
    if (known) return known;
    const made = syncOf(this.#seed, this.#source, cadence, slot);
    this.#syncs.set(slot, made);
    return made;
  }
}
