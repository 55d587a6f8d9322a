/** One integration in one run: what is stored of it, what is being read, and what became of it. */
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { type IntegrationState, newIntegrationState } from '../checkpoint/integration-record.ts';
import type { Instant } from '../rows/instant.ts';
import { isPlaced, type QuarantinedRow, readSyncRow, type SyncRow } from '../rows/sync-row.ts';
import { gapsOf, isHeld } from '../walk/history.ts';
import { type Cursor, type Page, rangeOf, refused } from '../walk/page.ts';
import { Walk } from '../walk/walk.ts';
import { KeptRecord } from './kept-record.ts';
import { Reading, type Wanted } from './reading.ts';
import type { Answer } from './requester.ts';

/** What became of it. All but the first end its reading. */
type Outcome =
  | { readonly kind: 'pending' }
  /** It could not be read; the sentence is for a person. */
  | { readonly kind: 'failed'; readonly why: string }
  /** The status endpoint does not know it. What that means hangs on the list. */
  | { readonly kind: 'unknown' }
  /** The source no longer knows it. */
  | { readonly kind: 'gone' }
  /** Something stored that belongs to it can't be read: what this run has read of it is not kept. */
  | { readonly kind: 'held_back'; readonly why: string };

/** A row that was read. */
export interface ReadRow {
  readonly row: SyncRow | QuarantinedRow;
  /** It lay in a stretch that was held to be whole before its page was read: it must not be new to the lake. */
  readonly isExpected: boolean;
}

/** How an answer was asked for; times in milliseconds. */
interface Asked {
  readonly cursor: Cursor | null;
  readonly askedAt: number;
  readonly now: number;
  /** False: it was named by hand, and no list says whether there is such an integration. */
  readonly isListed: boolean;
}

/** What an answer brings, beside what it changes in the history. */
export interface Effects {
  readonly rows: readonly ReadRow[];
  /** Where the answer was a page: how many rows it had, and the oldest start among them. */
  readonly page?: { readonly rows: number; readonly oldest: Instant | undefined };
  /** A sentence for a person: what the answer says of an integration that was named by hand. */
  readonly failure?: string;
}

/** So soon after an answer the links in it have not gone stale. */
const promptlyMs = 30_000;

const unknownId = 'Braze does not know an integration of this id. Check the id.';

export class IntegrationRun {
  readonly #record: KeptRecord;
  readonly #walk: Walk;
  readonly #reading: Reading;
  #outcome: Outcome = { kind: 'pending' };
  #wasAsked = false;
  /** When it last had an answer, in milliseconds. */
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** @param version of its record in the store; undefined where there is none. */
  constructor(state: IntegrationState, version?: number) {
    this.#record = new KeptRecord(state, version);
    this.#walk = new Walk(state.history);
    this.#reading = new Reading(this.#walk);
  }

  static fresh(integrationId: string): IntegrationRun {
    return new IntegrationRun(newIntegrationState(integrationId));
  }

  get id(): string {
    return this.state.integrationId;
  }

  get state(): Readonly<IntegrationState> {
    return this.#record.state;
  }

  /** Everything that this run can know of it, it knows. */
  get isComplete(): boolean {
    return this.#isWhole && this.#walk.openSyncs.searched;
  }

  /** Nothing more is asked about it in this run. */
  get isOver(): boolean {
    return this.#outcome.kind !== 'pending';
  }

  get isHeldBack(): boolean {
    return this.#outcome.kind === 'held_back';
  }

  get isGone(): boolean {
    return this.#outcome.kind === 'gone';
  }

  /** The status endpoint does not know it, and the list has not said yet what that means. */
  get isUnknown(): boolean {
    return this.#outcome.kind === 'unknown';
  }

  get isScanning(): boolean {
    return this.#reading.isScanning;
  }

  /** Sorts what is to be read next: what is newest comes first. */
  get urgency(): string {
    return this.#reading.urgency;
  }

  startHead(): void {
    if (!this.isOver) this.#reading.startHead();
  }

  /** Goes on with what is being read. @returns the page that is wanted; undefined when it is done. */
  next(): Wanted | undefined {
    return this.isOver ? undefined : this.#reading.next();
  }

  /** Takes up whatever is left to be read. @returns false when that is nothing. */
  proceed(): boolean {
    return !this.isOver && this.#reading.proceed();
  }

  /** Looks for its open syncs, if that is what comes next. @returns whether a page is wanted for it. */
  turnToOpenSyncs(): boolean {
    return !this.isOver && this.#reading.turnToOpenSyncs();
  }

  /** To be called before its first request: who is asked in vain must not be first in every run. */
  willBeAsked(now: number): void {
    if (!this.#wasAsked) this.#record.state.checkedAt = now;
    this.#wasAsked = true;
  }

  /**
   * Takes the answer to what {@link next} wanted: moves on in the history, and gives back what else it brings.
   */
  take(answer: Answer, { cursor, askedAt, now, isListed }: Asked): Effects {
    this.#walk.prompt = askedAt - this.#answeredAt <= promptlyMs;
    this.#answeredAt = now;
    if (answer.kind === 'unknown_integration') return this.#takeUnknown(isListed);
    if (answer.kind === 'cursor_refused') {
      this.#reading.answer(refused);
      return { rows: [] };
    }
    const rows = answer.results.map((result) => readSyncRow(this.id, result, now));
    const placed = rows.filter(isPlaced);
    const page: Page = {
      cursor,
      at: askedAt,
      count: rows.length,
      starts: placed.map(({ start }) => start),
      open: placed.filter(({ final }) => !final).map(({ start }) => start),
      ...answer.links,
    };
    // Judged before the walk takes the page in: from then on, what lies in its range is held to be whole.
    const readRows = rows.map((row) => ({ row, isExpected: isPlaced(row) && this.#expects(row.start) }));
    this.#return();
    this.#reading.answer(page);
    return { rows: readRows, page: { rows: rows.length, oldest: rangeOf(page)?.oldest } };
  }

  /** Can not be exported in this run; the message is a sentence for a person. */
  fail(why: string): void {
    if (!this.isHeldBack) this.#outcome = { kind: 'failed', why };
    this.#record.state.condition = 'failing';
    this.#record.state.failure = why;
    this.#reading.stop();
  }

  /** Something stored that belongs to it is damaged: what this run has read of it is not kept. */
  holdBack(why: string): void {
    this.fail(why);
    this.#outcome = { kind: 'held_back', why };
  }

  /** The source no longer knows it. */
  leave(): void {
    if (!this.isHeldBack) this.#outcome = { kind: 'gone' };
    this.#record.state.condition = 'gone';
    this.#record.state.failure = null;
    this.#reading.stop();
  }

  /** The list names it. */
  appear(): void {
    this.#record.state.missingSince = null;
    this.#return();
  }

  /** A list that was read to its end has not named it. @param began when that reading began, in milliseconds. */
  miss(began: number): void {
    const { state } = this.#record;
    // A time that is still to come was written under a wrong clock.
    state.missingSince = Math.min(state.missingSince ?? began, began);
  }

  /** The reading of the list that has named it is left for the next run. */
  rememberNamed(reading: number): void {
    this.#record.state.namedInReading = reading;
  }

  /** The lake has not had a row that it should have had. */
  contradict(): void {
    this.#walk.contradict();
    this.#reading.stop();
  }

  /** Writes down what keeps its history from being whole. To be called when this run has read what it could. */
  conclude(): void {
    if (!this.#wasAsked || this.isOver) return;
    const { state } = this.#record;
    if (state.condition === 'failing') state.condition = 'present';
    state.failure = this.#isWhole ? null : this.#walk.obstacle;
  }

  /**
   * Gives up syncs that this run has looked for, and that have been open for too long.
   * @param isAsked whether this run asks for it at all.
   */
  giveUpOldSyncs(now: number, isAsked: boolean): void {
    // Until it has looked again, it can't know: one that was last read on its second day may have ended on its
    // third. What is gone can't be looked for, and what is not asked for is not.
    const { openSyncs } = this.#walk;
    if (openSyncs.searched || !isAsked || this.state.condition === 'gone') openSyncs.giveUp(now);
  }

  /** Takes over from the lake which syncs of a day are not final. */
  takeOpenSyncs(day: string, starts: readonly Instant[], now: number): void {
    this.#walk.openSyncs.takeFromLake(day, starts, now);
  }

  /** Writes its record, unless it is held back. @throws as {@link KeptRecord.write} */
  async write(store: CheckpointStore, workspace: string): Promise<void> {
    if (!this.isHeldBack) await this.#record.write(store, workspace);
  }

  /** The state that coverage may speak of: what is kept. */
  get published(): Readonly<IntegrationState> {
    return this.#outcome.kind === 'held_back' ? this.keptWith(this.#outcome.why) : this.state;
  }

  /** The state as it stands in the store, with a failure of this run. */
  keptWith(failure: string): IntegrationState {
    const stored = this.#record.storedState;
    return { ...stored, condition: stored.condition === 'gone' ? 'gone' : 'failing', failure };
  }

  /** The state as it stands in the store. */
  get kept(): IntegrationState {
    return this.#record.storedState;
  }

  get #isWhole(): boolean {
    return this.#walk.headRead && gapsOf(this.state.history) === 0;
  }

  #takeUnknown(isListed: boolean): Effects {
    if (isListed) {
      this.#outcome = { kind: 'unknown' };
      this.#reading.stop();
      return { rows: [] };
    }
    // One that was named by hand and was never known is a mistake, not one that is gone.
    if (this.state.history.headAt !== null) {
      this.leave();
      return { rows: [] };
    }
    this.fail(unknownId);
    return { rows: [], failure: unknownId };
  }

  #return(): void {
    const { state } = this.#record;
    if (state.condition === 'gone') state.condition = 'present';
  }

  /** Whether the lake must already have a sync of that start. */
  #expects(start: Instant): boolean {
    return !this.isScanning && isHeld(this.state.history, start);
  }
}
