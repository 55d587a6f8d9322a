/** What an integration's record keeps to say how it stands, and to tell of it. Nobody else changes these fields. */
import type { IntegrationState } from '../checkpoint/integration-record.ts';
import type { StandingSync } from '../lake/sync-day.ts';
import { type Instant, millisecondsOf } from '../rows/instant.ts';
import type { StandingFacts } from '../standing/facts.ts';
import { gapEdgeNow } from '../standing/gap-at-risk.ts';
import type { Notice, OpenIncident, OutboxEntry } from '../standing/incident.ts';
import { mergeRows } from '../standing/merge-rows.ts';
import { withEntries } from '../standing/outbox.ts';
import type { History } from '../walk/history.ts';
import { KnownSyncs } from './known-syncs.ts';
import { NewlyFinished } from './newly-finished.ts';

/** What of a run's course matters here; it holds for all integrations. */
export interface StandingCourse {
  /** The lake may hold rows of it that its record does not know of: what the record says of the lake can't be trusted. */
  readonly isLakeAhead?: (integrationId: string) => boolean;
  /** Somebody is to be told of each sync that has finished. */
  readonly tellsFinished?: boolean;
}

type State = Pick<IntegrationState, 'integrationId' | 'history' | 'standing' | 'gapEdge' | 'finished'>;

export class KeptStanding {
  readonly #state: State;
  readonly #tellsFinished: boolean;
  readonly #newlyFinished: NewlyFinished;
  readonly #known: KnownSyncs;
  /** Notices that are in its outbox since the record was written last. */
  #unwritten: readonly Notice[] = [];
  #announced: readonly Notice[] = [];
  #lakeFrom: number;
  /** When all of its history was last read again, as the run before has left it. */
  readonly #recheckedBefore: number | null;

  /** @param state as the run before has left it. */
  constructor(state: State, { isLakeAhead, tellsFinished = false }: StandingCourse) {
    this.#state = state;
    this.#tellsFinished = tellsFinished;
    this.#newlyFinished = new NewlyFinished(state.history, state.standing);
    this.#known = new KnownSyncs(state.history);
    this.#recheckedBefore = state.history.recheckedAt;
    this.#lakeFrom = state.history.headAt ?? Number.POSITIVE_INFINITY;
    if (isLakeAhead?.(state.integrationId)) this.markStale();
  }

  get facts(): StandingFacts {
    return this.#state.standing;
  }

  /** Starts of the syncs that have finished, and that nobody could be told of yet. */
  get finished(): readonly Instant[] {
    return this.#state.finished;
  }

  /**
   * From when on the lake may have syncs of it that its history does not reach, in milliseconds: what a killed run has
   * written since its newest were asked for, and what this run has met there; `Infinity`: neither.
   */
  get lakeFrom(): number {
    return this.#lakeFrom;
  }

  /** This run has come to the end of reading all of its history again. A list in no order is read whole all the time. */
  get isReadAgain(): boolean {
    const { order, recheckedAt } = this.#state.history;
    return order !== 'unordered' && recheckedAt !== this.#recheckedBefore;
  }

  keep(facts: StandingFacts): void {
    this.#state.standing = facts;
  }

  /** What its syncs add up to is to be made anew from the lake. */
  markStale(): void {
    this.keep({ ...this.facts, stale: true });
  }

  /** What of this run's notices stands in the record: who dies from now on, and the next run tells it. */
  get announced(): readonly Notice[] {
    return this.#announced;
  }

  /** Keeps what is to be told: to be written with what says so. */
  announce(open: readonly OpenIncident[], entries: readonly OutboxEntry[]): void {
    const { standing } = this.#state;
    this.keep({ ...standing, open, outbox: withEntries(standing.outbox, entries) });
    this.#unwritten = [...this.#unwritten, ...entries.map(({ notice }) => notice)];
  }

  /** The record was written as it is now. */
  written(): void {
    this.#announced = [...this.#announced, ...this.#unwritten];
    this.#unwritten = [];
  }

  /** @param rows all of a day, as they stand in the lake. @param changed starts of those that are not as they were. */
  takeDay(rows: readonly StandingSync[], changed: ReadonlySet<Instant>): void {
    const state = this.#state;
    if (this.#tellsFinished) state.finished = this.#newlyFinished.join(state.finished, rows, changed);
    for (const { fact } of rows) this.#lakeFrom = Math.min(this.#lakeFrom, fact.start);
    // Nothing is added to them: they are made anew from the lake. A first export is all of it so.
    if (state.standing.stale) return;
    const facts = rows.map(({ fact }) => fact);
    const news = this.#known.newsOf(rows, changed);
    this.keep(mergeRows(state.standing, facts, [...news].map(millisecondsOf)));
  }

  /** Remembers for how long reading has had to go on from the same place. */
  noteGap(now: number): void {
    this.#state.gapEdge = gapEdgeNow(this.#state.gapEdge, edgeOf(this.#state.history), now);
  }

  /** Whoever wants to know of it was told that this sync has finished. */
  wasTold(start: Instant): void {
    this.#state.finished = this.#state.finished.filter((each) => each !== start);
  }
}

/** Where reading has to go on below what is known, in milliseconds; null: nothing is missing, or nobody knows where. */
function edgeOf(history: History): number | null {
  const above = history.stretches.findLast(({ closed }) => !closed);
  return above ? millisecondsOf(above.oldest) : null;
}
