/**
 * What the source has shown: every row of every answer that reached the exporter, true or not. Nobody can be blamed
 * for what was hidden, but what was shown may neither be claimed and missing, nor stand in the lake otherwise.
 */
import type { Lake } from './read-lake.ts';

export class Shown {
  /** By integration, as compact JSON: all that was ever shown. */
  readonly #rows = new Map<string, Set<string>>();
  /** By integration: starts shown in a run that has ended, and was not kept from writing them down. */
  readonly #starts = new Map<string, Set<string>>();
  #pending = new Map<string, Set<string>>();

  /** @param body of an answer to a request of a history, status 200. */
  see(integrationId: string, body: string): void {
    const { results } = JSON.parse(body);
    if (!Array.isArray(results)) return;
    const rows = entryOf(this.#rows, integrationId);
    const starts = entryOf(this.#pending, integrationId);
    for (const row of results) {
      rows.add(JSON.stringify(row));
      const start = row?.sync_start_time;
      if (typeof start === 'string' && /^20(2[2-9]|[3-9]\d)-\d\d-\d\dT/.test(start)) starts.add(start);
    }
  }

  has(integrationId: string, row: string): boolean {
    return this.#rows.get(integrationId)?.has(row) ?? false;
  }

  /** Of each integration, what has to be in the lake where it is claimed. */
  get starts(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#starts;
  }

  /**
   * @param lake after a run. What it read of an integration counts from now on, unless the run could not keep it.
   * @param disturbed the run died, a store failed, or another one came between.
   */
  runEnded(lake: Lake, disturbed: boolean): void {
    const pending = this.#pending;
    this.#pending = new Map();
    if (disturbed) return;
    for (const { integration_id, failure } of lake.coverage) {
      if (failure !== null) continue;
      const starts = entryOf(this.#starts, String(integration_id));
      for (const start of pending.get(String(integration_id)) ?? []) starts.add(start);
    }
  }

  /** A day of the lake was lost: what was shown of it does not count until it is shown again. */
  forgetDay(day: string): void {
    for (const starts of [...this.#starts.values(), ...this.#pending.values()]) {
      for (const start of starts) if (start.startsWith(day)) starts.delete(start);
    }
  }
}

function entryOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key) ?? new Set();
  map.set(key, known);
  return known;
}
