/** The syncs of one integration as a lake has them: by UTC day, each sync once, replaced when it is read again. */

import type { StandingFacts } from '../../../lambda/standing/facts.ts';
import { FactsRebuild, mostDays } from '../../../lambda/standing/facts-rebuild.ts';
import { habitMs } from '../../../lambda/standing/habit.ts';
import { mergeRows } from '../../../lambda/standing/merge-rows.ts';
import { dayAt, dayMs, startOfDay } from '../../../lambda/standing/periods.ts';
import { compareFacts, type SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { isHabitDue, withHabit } from '../../../lambda/standing/with-habit.ts';

/** A sync has a name here, for two may start in one millisecond. */
export type Named = readonly [name: string, sync: SyncFact];

export class Lake {
  readonly #days = new Map<string, Map<string, SyncFact>>();
  rebuilds = 0;

  get syncs(): SyncFact[] {
    return [...this.#days.keys()].sort().flatMap((day) => this.rowsOf(day));
  }

  rowsOf(day: string): SyncFact[] {
    return [...(this.#days.get(day)?.values() ?? [])].sort(compareFacts);
  }

  between(from: number, until: number): SyncFact[] {
    const days = [...this.#days.keys()].filter((day) => startOfDay(day) >= from && startOfDay(day) < until);
    return days.sort().flatMap((day) => this.rowsOf(day));
  }

  /** A run: commits the rows, and keeps the facts as the exporter does. */
  commit(facts: StandingFacts, rows: readonly Named[], at: number): StandingFacts {
    const changed: number[] = [];
    const days = new Set<string>();
    for (const [name, sync] of rows) {
      const day = dayAt(sync.start);
      const stands = this.#days.get(day) ?? new Map<string, SyncFact>();
      this.#days.set(day, stands);
      days.add(day);
      const before = stands.get(name);
      if (before && compareFacts(before, sync) === 0 && before.rowsSynced === sync.rowsSynced) continue;
      stands.set(name, sync);
      changed.push(sync.start);
    }
    const merged = mergeRows(
      facts,
      [...days].flatMap((day) => this.rowsOf(day)),
      changed,
    );
    const today = dayAt(at);
    const midnight = startOfDay(today);
    const kept = isHabitDue(merged, today)
      ? withHabit(merged, today, this.between(midnight - habitMs, midnight))
      : merged;
    return kept.stale ? this.rebuild(at, kept) : kept;
  }

  /** @param isWhole also what can't change anything any more. */
  rebuild(at: number, kept: StandingFacts, isWhole = false): StandingFacts {
    this.rebuilds += 1;
    const rebuild = new FactsRebuild(dayAt(at), kept.refusedShare, kept);
    const newest = [...this.#days.keys()].sort().at(-1);
    if (newest === undefined) return rebuild.finish();
    for (let day = startOfDay(newest), read = 0; read < mostDays; day -= dayMs, read += 1) {
      rebuild.take(dayAt(day), this.rowsOf(dayAt(day)));
      if (!isWhole && rebuild.isSettled) break;
    }
    return rebuild.finish();
  }
}
