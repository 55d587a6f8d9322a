/** Looks at a history again and again, as the exporter does, and says how it stands each time. */
import { newStandingFacts, type StandingFacts } from '../../../lambda/standing/facts.ts';
import { FactsRebuild } from '../../../lambda/standing/facts-rebuild.ts';
import { habitMs } from '../../../lambda/standing/habit.ts';
import type { Notice } from '../../../lambda/standing/incident.ts';
import { advance } from '../../../lambda/standing/incidents.ts';
import { judge } from '../../../lambda/standing/judge.ts';
import { lookAtList } from '../../../lambda/standing/look-at-list.ts';
import { mergeRows } from '../../../lambda/standing/merge-rows.ts';
import { dayAt, dayMs, startOfDay } from '../../../lambda/standing/periods.ts';
import { defaultSettings } from '../../../lambda/standing/settings.ts';
import type { Standing } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { isHabitDue, withHabit } from '../../../lambda/standing/with-habit.ts';

export interface Word {
  readonly status: string | null;
  readonly nextScheduledRun: number | null;
}

export interface Seen {
  readonly standing: Standing;
  readonly notices: readonly Notice[];
}

export class Watcher {
  facts: StandingFacts = newStandingFacts();
  readonly #syncs: readonly SyncFact[];
  /** Of the syncs, how many have started. */
  #started = 0;
  rebuilds = 0;

  /** @param syncs in order. */
  constructor(syncs: readonly SyncFact[]) {
    this.#syncs = syncs;
  }

  look(at: number, { status, nextScheduledRun }: Word, condition: 'present' | 'gone' = 'present'): Seen {
    this.#commit(at);
    const settings = defaultSettings;
    const listed = {
      name: 'Users',
      type: 'warehouse',
      status,
      nextScheduledRun,
      listed: condition !== 'gone',
    };
    this.facts = lookAtList(this.facts, { listed, condition, at, settings });
    const standing = judge({
      integrationId: 'a',
      facts: this.facts,
      listed,
      condition,
      failure: null,
      isAllDenied: false,
      headAt: at,
      isReadNow: true,
      coverage: { gaps: 0, wholeFrom: null, gapAtRiskSince: null },
      continues: null,
      now: at,
      settings,
    });
    const { open, entries } = advance({
      workspace: 'w',
      integrationId: 'a',
      facts: this.facts,
      standing,
      at,
      isMuted: false,
      sinks: [],
    });
    this.facts = { ...this.facts, open };
    return { standing, notices: entries.map(({ notice }) => notice) };
  }

  #commit(at: number): void {
    const from = this.#started;
    while ((this.#syncs[this.#started]?.start ?? Number.POSITIVE_INFINITY) <= at) this.#started += 1;
    const known = this.facts.recent.at(-1);
    const hasEnded =
      known !== undefined && known.finish === null && (this.#syncs[from - 1]?.finish ?? at + 1) <= at;
    const first = hasEnded ? from - 1 : from;
    if (first < this.#started) {
      const fresh = this.#syncs.slice(first, this.#started);
      const midnight = startOfDay(dayAt(fresh[0]?.start ?? at));
      // Backfills aside, the rows of these days are those that are kept, and the new ones.
      const rows = this.#shown(this.#indexFrom(midnight), at);
      this.facts = mergeRows(
        this.facts,
        rows,
        fresh.map(({ start }) => start),
      );
    }
    const today = dayAt(at);
    if (isHabitDue(this.facts, today)) {
      const midnight = startOfDay(today);
      this.facts = withHabit(this.facts, today, this.#shown(this.#indexFrom(midnight - habitMs), at));
    }
    if (!this.facts.stale) return;
    this.rebuilds += 1;
    const rebuild = new FactsRebuild(today, this.facts.refusedShare, this.facts);
    for (
      let day = startOfDay(today);
      day > startOfDay(today) - 400 * dayMs && !rebuild.isSettled;
      day -= dayMs
    ) {
      const rows = this.#shown(this.#indexFrom(day), at).filter(({ start }) => start < day + dayMs);
      rebuild.take(dayAt(day), rows);
    }
    this.facts = rebuild.finish();
  }

  #shown(from: number, at: number): SyncFact[] {
    const rows = this.#syncs.slice(from, this.#started);
    const newest = rows.at(-1);
    if (newest && (newest.finish ?? at) > at) {
      rows[rows.length - 1] = {
        ...newest,
        finish: null,
        status: 'running',
        rowsSynced: null,
        rowsFailed: null,
        timestampSynced: null,
      };
    }
    return rows;
  }

  #indexFrom(start: number): number {
    let low = 0;
    let high = this.#started;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#syncs[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
