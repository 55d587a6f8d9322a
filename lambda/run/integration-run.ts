/** One integration in one run: what is stored of it, what is being read, and what became of it. */
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import type { IntegrationState } from '../checkpoint/integration-record.ts';
import type { StandingSync } from '../lake/sync-day.ts';
import { type Instant, millisecondsOf } from '../rows/instant.ts';
import { isPlaced } from '../rows/sync-row.ts';
import { dayMs } from '../standing/periods.ts';
import { keptSince } from '../time/kept-since.ts';
import { assertHistory } from '../walk/assert-history.ts';
import { doubts } from '../walk/doubt.ts';
import { isProofLost } from '../walk/full-scan.ts';
import { gapsOf } from '../walk/history.ts';
import { type Page, type Refused, refused } from '../walk/page.ts';
import { askForLook, countLooksFrom } from '../walk/second-look.ts';
import { Walk } from '../walk/walk.ts';
import { ExpectedRows } from './expected-rows.ts';
import { Fate } from './fate.ts';
import { KeptRecord } from './kept-record.ts';
import { KeptStanding, type StandingCourse } from './kept-standing.ts';
import { lastReadAt } from './last-read.ts';
import { type LinkEvidence, linkEvidence } from './link-evidence.ts';
import { type Asked, type ReadRow, readRows } from './read-rows.ts';
import { Reading, type Wanted } from './reading.ts';
import { makeRoom, noRoom } from './record-room.ts';
import type { Answer } from './requester.ts';

/** What an answer brings, beside what it changes in the history. */
export interface Effects {
  readonly rows: readonly ReadRow[];
  /** Where the answer was a page: how many rows it had, and the newest and the oldest start among them. */
  readonly page?: {
    readonly rows: number;
    readonly newest: Instant | undefined;
    readonly oldest: Instant | undefined;
  };
  /** A sentence for a person: what the answer says of an integration that was named by hand. */
  readonly failure?: string;
}

/** So soon after an answer the links in it have not gone stale. */
const promptlyMs = 30_000;

const limitedAlone =
  'Braze answers 429 (too many requests) for this integration, though it answered others meanwhile; the next run goes on.';
const limitedWithOthers = 'Braze answers 429 (too many requests) again and again; the next run goes on.';
const unknownId = 'Braze does not know an integration of this id. Check the id.';

/** So much of its history is to be read again, in milliseconds back from now. */
export type Recheck = number | 'all';

/** What holds for all integrations of a run. */
export interface Course extends StandingCourse {
  readonly recheck?: Recheck | undefined;
}

export class IntegrationRun {
  readonly standing: KeptStanding;
  readonly #recheck: Recheck | undefined;
  readonly #record: KeptRecord;
  readonly #walk: Walk;
  readonly #reading: Reading;
  readonly #expected: ExpectedRows;
  readonly #fate: Fate;
  /** Of the Link headers of this run: see {@link LinkEvidence}. */
  #links: LinkEvidence = 'none needed';
  #wasAsked = false;
  /** What it was told instead of an answer, when it was asked last; a sentence for a person. */
  #limited: string | null = null;
  /** The first page of its list, as this run has read it last. */
  #firstPage: Page | undefined;
  /** When it last had an answer, in milliseconds. */
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** @param version of its record in the store; undefined where there is none. */
  constructor(state: IntegrationState, version?: number, course: Course = {}) {
    this.#recheck = course.recheck;
    this.#record = new KeptRecord(state, version);
    if (course.isLakeAhead?.(state.integrationId)) this.#record.state.quarantineEmptyAt = null;
    this.standing = new KeptStanding(state, course);
    this.#walk = new Walk(state.history);
    this.#reading = new Reading(this.#walk);
    this.#expected = new ExpectedRows(state.history);
    this.#fate = new Fate(state);
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
    return this.#fate.kind !== 'pending';
  }

  get isHeldBack(): boolean {
    return this.#fate.kind === 'held_back';
  }

  get isGone(): boolean {
    return this.#fate.kind === 'gone';
  }

  get links(): LinkEvidence {
    return this.#links;
  }

  /** The status endpoint does not know it, and the list has not said yet what that means. */
  get isUnknown(): boolean {
    return this.#fate.kind === 'unknown';
  }

  get isScanning(): boolean {
    return this.#reading.isScanning;
  }

  /** See {@link Reading.urgency}. */
  get urgency(): string {
    return this.#reading.urgency;
  }

  /** This run has read its newest end. A list in no order has none. */
  get hasHead(): boolean {
    return !this.isOver && this.#walk.headRead && !this.isScanning;
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

  /** A request for it goes out. Who is asked in vain must not be first in every run; who only waited for his turn, may. */
  isBeingAsked(now: number): void {
    if (this.#wasAsked) return;
    this.#wasAsked = true;
    this.#record.state.checkedAt = now;
    const recheck = this.#recheck;
    if (recheck === undefined) return;
    askForLook(this.#record.state.history, now, recheck === 'all' ? undefined : recheck);
    // What it adds up to is made of what is read, and may be wrong as well: the checkpoint may be a restored one.
    this.standing.markStale();
  }

  /**
   * Takes the answer to what {@link next} wanted: moves on in the history, and gives back what else it brings.
   * @throws {BrokenHistory}
   */
  take(answer: Answer, asked: Asked): Effects {
    const { askedAt, now, isListed } = asked;
    this.#walk.prompt = askedAt - this.#answeredAt <= promptlyMs;
    this.#answeredAt = now;
    this.#limited = null;
    if (answer.kind === 'unknown_integration') return this.#takeUnknown(isListed);
    if (answer.kind === 'cursor_refused') {
      this.#goOn(refused);
      return { rows: [] };
    }
    const { rows, page } = readRows(this.id, answer, asked);
    // Judged before the walk takes the page in: from then on, what lies in its range is held to be whole.
    const effects = rows.map((row) => ({ row, isExpected: isPlaced(row) && this.#expected.has(row.start) }));
    const { newest, oldest } = this.#walk.range(page) ?? {};
    this.#expected.note(page, oldest);
    if (page.cursor === null) this.#firstPage = page;
    this.#links = linkEvidence(this.#links, page, this.state.history);
    this.#fate.return();
    this.#goOn(page);
    return { rows: effects, page: { rows: rows.length, newest, oldest } };
  }

  /** Can not be exported in this run; the message is a sentence for a person. */
  fail(why: string): void {
    this.#fate.fail(why);
    this.#reading.stop();
  }

  /** Nothing is decided of it in this run; the sentence says why. */
  mention(sentence: string): void {
    this.#fate.mention(sentence);
  }

  /** Something stored that belongs to it is damaged: what this run has read of it is not kept. */
  holdBack(why: string): void {
    this.#fate.holdBack(why);
    this.#reading.stop();
  }

  /** The source no longer knows it. */
  leave(): void {
    this.#fate.leave();
    this.#reading.stop();
  }

  /** The list names it. */
  appear(): void {
    this.#record.state.missingSince = null;
    this.#fate.return();
  }

  /** Braze limits it again and again. @param isAlone it answered for others meanwhile. */
  wasLimited(isAlone: boolean): void {
    this.#limited = isAlone ? limitedAlone : limitedWithOthers;
  }

  /** A list that was read to its end has not named it. @param began when that reading began, in milliseconds. */
  miss(began: number): void {
    const { state } = this.#record;
    state.missingSince = keptSince(state.missingSince, began);
  }

  /** The reading of the list that has named it is left for the next run. */
  rememberNamed(reading: number): void {
    this.#record.state.namedInReading = reading;
  }

  /** The lake has not had these rows of a day, and should have had them: see {@link ExpectedRows.cutLate}. */
  takeLate(day: string, starts: readonly Instant[], isDayLost: boolean): void {
    this.#expected.cutLate(day, starts, isDayLost);
    this.#reading.stop();
  }

  /** What was read is in the lake. */
  committed(): void {
    this.#expected.committed();
  }

  /**
   * Writes down what keeps its history from being whole. To be called when this run has read what it could.
   * @returns what the source says and nobody believes yet: a failure, as a sentence for a person.
   */
  conclude(): string | undefined {
    if (!this.#wasAsked || this.isOver) return undefined;
    const { history } = this.state;
    const { doubt } = history;
    const fault = doubt && doubts[doubt.kind];
    const obstacle = this.#isWhole ? null : (this.#limited ?? this.#walk.obstacle);
    this.#fate.conclude({ fault, obstacle });
    // Here too, before `write`: the sentence takes room in the record. If it came and went between two writes, some
    // more syncs would have to make room for it each time that it comes.
    this.#mentionRoom();
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

  /**
   * Takes over from the lake what of a day is open, and what it says of how the integration stands.
   * @param rows all of the day. @param changed starts of those that are not as they were.
   */
  takeDay(day: string, rows: readonly StandingSync[], changed: ReadonlySet<Instant>, now: number): void {
    const open = rows.filter(({ final }) => !final).map(({ start }) => start);
    this.#walk.openSyncs.takeFromLake(day, open, now);
    this.standing.takeDay(rows, changed);
  }

  /** Nothing is in its quarantine, as its record says. That is believed for a day: a record may be a restored one. */
  isQuarantineEmpty(now: number): boolean {
    const { quarantineEmptyAt: seenAt } = this.state;
    return seenAt !== null && seenAt <= now && now < seenAt + dayMs;
  }

  /** @param rows that are in its quarantine now. */
  noteQuarantine(rows: number, now: number): void {
    this.#record.state.quarantineEmptyAt = rows === 0 ? now : null;
  }

  /** Writes its record, unless it is held back. @throws as {@link KeptRecord.write} */
  async write(store: CheckpointStore, workspace: string): Promise<void> {
    if (this.isHeldBack) return;
    makeRoom(this.#record, this.#walk.openSyncs);
    this.#mentionRoom();
    await this.#record.write(store, workspace);
    this.standing.written();
  }

  /**
   * When its newest syncs were read last, in milliseconds; null: never. A list in no order is rarely read whole; but where
   * its newest syncs all stand on the first page, that is where new ones come, and who has read it has read them. It is
   * told by what the record keeps.
   */
  get newestReadAt(): number | null {
    const { history, standing } = this.published;
    const { order, scans } = history;
    const at = lastReadAt(history);
    const first = this.isHeldBack ? undefined : this.#firstPage;
    if (
      !first ||
      at === null ||
      scans.headAt === null ||
      order !== 'unordered' ||
      standing.recent.length === 0
    )
      return at;
    const shown = new Set(first.starts.map(millisecondsOf));
    return standing.recent.every(({ start }) => shown.has(start)) ? Math.max(at, scans.headAt) : at;
  }

  /** The state that coverage may speak of: what is kept. */
  get published(): Readonly<IntegrationState> {
    const { heldBackBy } = this.#fate;
    return heldBackBy === undefined ? this.state : this.keptWith(heldBackBy);
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

  #mentionRoom(): void {
    const sentence = noRoom(this.#record, this.#walk.openSyncs);
    if (sentence !== undefined) this.#fate.mention(sentence);
  }

  get #isWhole(): boolean {
    const { history } = this.state;
    return this.#walk.headRead && gapsOf(history) === 0 && !isProofLost(history);
  }

  #goOn(answer: Page | Refused): void {
    this.#reading.answer(answer);
    assertHistory(this.id, this.state.history);
  }

  #takeUnknown(isListed: boolean): Effects {
    if (isListed) {
      this.#fate.beUnknown();
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
}
