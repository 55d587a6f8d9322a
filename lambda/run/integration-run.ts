/** One integration in one run: what is stored of it, what is being read, and what became of it. */
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { type IntegrationState, mostRecordBytes } from '../checkpoint/integration-record.ts';
import { type Instant, timestampCell } from '../rows/instant.ts';
import { isPlaced, type QuarantinedRow, readSyncRow, type SyncRow } from '../rows/sync-row.ts';
import { assertHistory } from '../walk/assert-history.ts';
import { doubts } from '../walk/doubt.ts';
import { isProofLost } from '../walk/full-scan.ts';
import { cut, gapsOf, isHeld } from '../walk/history.ts';
import { type Cursor, type Page, type Refused, refused } from '../walk/page.ts';
import { askForLook, countLooksFrom } from '../walk/second-look.ts';
import { sortingOf } from '../walk/sorting.ts';
import { Walk } from '../walk/walk.ts';
import { KeptRecord } from './kept-record.ts';
import { type LinkEvidence, linkEvidence } from './link-evidence.ts';
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

/** For what is said of a record when it has been made to fit. */
const roomForSentence = 1000;

const noRoom = (givenUpTo: Instant): string =>
  `More syncs of this integration are open than its record has room for (${mostRecordBytes / 1000} KB). Those that ` +
  `started up to ${timestampCell(givenUpTo)} UTC are no longer asked about, and counted in abandoned_syncs.`;

const limitedAlone =
  'Braze answers 429 (too many requests) for this integration, though it answered others meanwhile; the next run goes on.';
const limitedWithOthers = 'Braze answers 429 (too many requests) again and again; the next run goes on.';
const unknownId = 'Braze does not know an integration of this id. Check the id.';

/** So much of its history is to be read again, in milliseconds back from now. */
export type Recheck = number | 'all';

export class IntegrationRun {
  readonly #recheck: Recheck | undefined;
  readonly #record: KeptRecord;
  readonly #walk: Walk;
  readonly #reading: Reading;
  /** Rows that the lake must have, by start, with the page that each was read on; since the last commit. */
  readonly #expected = new Map<Instant, { readonly cursor: Cursor | null; readonly oldest: Instant }>();
  #outcome: Outcome = { kind: 'pending' };
  /** Of the Link headers of this run: see {@link LinkEvidence}. */
  #links: LinkEvidence = 'none needed';
  #wasAsked = false;
  /** What it was told instead of an answer, when it was asked last; a sentence for a person. */
  #limited: string | null = null;
  /** When it last had an answer, in milliseconds. */
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** @param version of its record in the store; undefined where there is none. */
  constructor(state: IntegrationState, version?: number, recheck?: Recheck) {
    this.#recheck = recheck;
    this.#record = new KeptRecord(state, version);
    this.#walk = new Walk(state.history);
    this.#reading = new Reading(this.#walk);
  }

  get id(): string {
    return this.state.integrationId;
  }

  get state(): Readonly<IntegrationState> {
    return this.#record.state;
  }

  /** Everything that this run can know of it, it knows. */
  get isComplete(): boolean {
    return this.#isWhole && this.#walk.openSyncs.searched && this.state.history.looks.asked.current === null;
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

  get links(): LinkEvidence {
    return this.#links;
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

  /** Looks again at what is held to be final, where that is due. @returns whether a page is wanted for it. */
  turnToSecondLook(now: number): boolean {
    return !this.isOver && this.#reading.turnToSecondLook(now);
  }

  /** To be called before its first request: who is asked in vain must not be first in every run. */
  willBeAsked(now: number): void {
    if (this.#wasAsked) return;
    this.#wasAsked = true;
    this.#record.state.checkedAt = now;
    const recheck = this.#recheck;
    if (recheck !== undefined)
      askForLook(this.#record.state.history, now, recheck === 'all' ? undefined : recheck);
  }

  /**
   * Takes the answer to what {@link next} wanted: moves on in the history, and gives back what else it brings.
   * @throws {BrokenHistory}
   */
  take(answer: Answer, { cursor, askedAt, now, isListed }: Asked): Effects {
    this.#walk.prompt = askedAt - this.#answeredAt <= promptlyMs;
    this.#answeredAt = now;
    this.#limited = null;
    if (answer.kind === 'unknown_integration') return this.#takeUnknown(isListed);
    if (answer.kind === 'cursor_refused') {
      this.#goOn(refused);
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
    const oldest = this.#walk.range(page)?.oldest;
    this.#expect(page, oldest);
    this.#links = linkEvidence(this.#links, page, this.state.history);
    this.#return();
    this.#goOn(page);
    return { rows: readRows, page: { rows: rows.length, oldest } };
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

  /** Braze limits it again and again. @param isAlone it answered for others meanwhile. */
  wasLimited(isAlone: boolean): void {
    this.#limited = isAlone ? limitedAlone : limitedWithOthers;
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

  /**
   * The lake has not had these rows of a day, and should have had them. They are counted; what lies below the page
   * that each stood on is read again, until a page brings no surprise. A row that strays from the order of its page
   * says nothing about its neighbours.
   * @param isDayLost none of the day's rows that were met stood in the lake: all of the day is read again.
   */
  takeLate(day: string, starts: readonly Instant[], isDayLost: boolean): void {
    const { history } = this.#record.state;
    history.lateRows += starts.length;
    const pages = starts.flatMap((start) => this.#expected.get(start) ?? []);
    for (const { cursor, oldest } of new Set(pages))
      cut(history, oldest, cursor, isDayLost ? day : undefined);
    this.#reading.stop();
  }

  /** What was read is in the lake. */
  committed(): void {
    this.#expected.clear();
  }

  /**
   * Writes down what keeps its history from being whole. To be called when this run has read what it could.
   * @returns what the source says and nobody believes yet: a failure, as a sentence for a person.
   */
  conclude(): string | undefined {
    if (!this.#wasAsked || this.isOver) return undefined;
    const { state } = this.#record;
    const { history } = state;
    const { doubt } = history;
    const fault = doubt && doubts[doubt.kind];
    state.condition = fault === null ? 'present' : 'failing';
    state.failure = fault ?? (this.#isWhole ? null : (this.#limited ?? this.#walk.obstacle));
    this.#sayWhatHasNoRoom();
    if (this.#isWhole && history.headAt !== null) countLooksFrom(history, history.headAt);
    return fault ?? undefined;
  }

  /**
   * Gives up syncs that this run has looked for, and that have been open for too long.
   * @param isAsked false: this run does not look for them, since nobody wants it to, and their age alone decides.
   */
  giveUpOldSyncs(now: number, isAsked = true): void {
    // What is gone can't be looked for either.
    this.#walk.openSyncs.giveUp(now, !isAsked || this.state.condition === 'gone');
  }

  /** Takes over from the lake which syncs of a day are not final. */
  takeOpenSyncs(day: string, starts: readonly Instant[], now: number): void {
    this.#walk.openSyncs.takeFromLake(day, starts, now);
  }

  /** Writes its record, unless it is held back. @throws as {@link KeptRecord.write} */
  async write(store: CheckpointStore, workspace: string): Promise<void> {
    if (this.isHeldBack) return;
    this.#walk.openSyncs.makeRoom(() => this.#record.bytes, mostRecordBytes - roomForSentence);
    this.#sayWhatHasNoRoom();
    await this.#record.write(store, workspace);
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

  #sayWhatHasNoRoom(): void {
    const { state } = this.#record;
    const givenUpTo = this.#walk.openSyncs.givenUpEarly(state.checkedAt ?? 0);
    if (givenUpTo !== undefined) state.failure ??= noRoom(givenUpTo);
  }

  get #isWhole(): boolean {
    return this.#walk.headRead && gapsOf(this.state.history) === 0 && !isProofLost(this.state.history);
  }

  #goOn(answer: Page | Refused): void {
    this.#reading.answer(answer);
    assertHistory(this.id, this.state.history);
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

  #expect(page: Page, oldest: Instant | undefined): void {
    if (oldest === undefined) return;
    const { sorted } = sortingOf(page.starts, this.state.history.order);
    const at = { cursor: page.cursor, oldest };
    for (const start of sorted) if (this.#expects(start)) this.#expected.set(start, at);
  }

  /** Whether the lake must already have a sync of that start. */
  #expects(start: Instant): boolean {
    return !this.isScanning && isHeld(this.state.history, start);
  }
}
