/** An integration in one run: its state between runs, its walk, and what became of it. */
import {
  type IntegrationState,
  integrationData,
  integrationItem,
  readIntegrationState,
} from '../checkpoint/integration-record.ts';
import type { Instant } from '../rows/instant.ts';
import { giveUpOldSyncs, takeOpenSyncs } from '../walk/abandoned.ts';
import { closeGaps } from '../walk/descend.ts';
import { head } from '../walk/head.ts';
import { gapsOf, isHeld, newHistory } from '../walk/history.ts';
import { readOpenSyncs } from '../walk/open-syncs.ts';
import { type Cursor, type Page, type Refused, refused } from '../walk/page.ts';
import { sweep } from '../walk/sweep.ts';
import { type Job, Walk } from '../walk/walk.ts';

/** Sweeps that a contradiction found late may start in one run, and heads that an order found late may. */
const mostSweeps = 2;
const mostHeads = 2;

type Kind = 'head' | 'opens' | 'gap';

export class Participant {
  readonly state: IntegrationState;
  readonly walk: Walk;
  /** The version of its record in the store. */
  version: number | undefined;
  /** What stands in the store, to see whether there is anything to write. */
  stored: string | undefined;
  /** This run is to export it. */
  due = false;
  /** Its record can not be read, and must not be overwritten. */
  readOnly = false;
  /** Nothing more is asked about it in this run. */
  ended = false;
  /** It was asked for in this run. */
  asked = false;
  headStarted = false;
  /** When it last had an answer, in milliseconds. */
  answeredAt = Number.NEGATIVE_INFINITY;
  /** Its open syncs were looked for in this run. */
  opensRead = false;
  /** Where the rows that are not final stood. */
  readonly openPlaces = new Map<Instant, Cursor | null>();
  #job: Job | undefined;
  #kind: Kind = 'head';
  #wanted: IteratorResult<Cursor | null, void> | undefined;
  #sweeps = 0;
  #heads = 0;

  constructor(state: IntegrationState, version?: number) {
    this.state = state;
    this.walk = new Walk(state.history);
    this.version = version;
    this.stored = version === undefined ? undefined : this.serialised;
  }

  static fresh(integrationId: string): Participant {
    return new Participant({
      integrationId,
      history: newHistory(),
      gone: false,
      failing: false,
      failure: null,
      checkedAt: null,
    });
  }

  get id(): string {
    return this.state.integrationId;
  }

  get serialised(): string {
    return JSON.stringify(integrationData(this.state));
  }

  /** Everything that this run can know of it, it knows. */
  get complete(): boolean {
    return this.walk.headRead && this.opensRead && gapsOf(this.state.history) === 0;
  }

  /** What the job in hand wants to ask for next; undefined when it is done. */
  get wanted(): { cursor: Cursor | null } | undefined {
    if (!this.#job) return undefined;
    this.#wanted ??= this.#job.next();
    if (!this.#wanted.done) return { cursor: this.#wanted.value };
    this.#finish();
    return undefined;
  }

  startHead(): void {
    if (this.ended) return;
    this.headStarted = true;
    this.#heads += 1;
    this.#start('head', head(this.walk));
  }

  /** Looks for its open syncs, if that is what comes next. */
  startOpens(): void {
    const next = this.headStarted && !this.wanted && !this.ended && !this.sweeping && !this.opensRead;
    if (next) this.#start('opens', readOpenSyncs(this.walk));
  }

  /** Takes up one job after the other until one wants something; false when nothing is left to do. */
  proceed(): boolean {
    while (!this.wanted) if (!this.#startNext()) return false;
    return true;
  }

  get readingOpens(): boolean {
    return this.#kind === 'opens' && this.wanted !== undefined;
  }

  get sweeping(): boolean {
    return this.state.history.order === 'unordered';
  }

  /** Sorts what is to be read next: what is newest comes first. */
  get urgency(): string {
    if (this.#kind === 'head') return '9999';
    if (this.#kind === 'opens') return '9998';
    return this.walk.gap?.oldest ?? '';
  }

  answer(answer: Page | Refused): void {
    if (answer !== refused && !this.walk.meet(answer)) {
      this.#drop();
      return;
    }
    this.#wanted = this.#job?.next(answer);
    if (this.#wanted?.done) this.#finish();
  }

  /** Whether the lake must already have a sync of that start. */
  expects(start: Instant): boolean {
    return this.state.history.order !== 'unordered' && isHeld(this.state.history, start);
  }

  /** Can not be exported in this run; the message is a sentence for a person. */
  fail(message: string): void {
    this.ended = true;
    this.state.failing = true;
    this.state.failure = message;
    this.#drop();
  }

  /** Something stored that belongs to it is damaged: what this run has read of it is not kept. */
  holdBack(message: string): void {
    this.readOnly = true;
    this.fail(message);
  }

  /** The state that coverage may speak of: what is kept. */
  get published(): IntegrationState {
    return this.readOnly ? this.asStored(this.state.failure ?? '') : this.state;
  }

  /** The source no longer knows it. */
  leave(): void {
    this.ended = true;
    this.state.gone = true;
    this.state.failing = false;
    this.state.failure = null;
    this.#drop();
  }

  /** The lake has not had a row that it should have had. */
  contradict(): void {
    this.walk.disprove();
    this.#drop();
  }

  /** Writes down what keeps its history from being whole. To be called when this run has read what it could. */
  conclude(): void {
    if (!this.asked || this.ended) return;
    this.state.failing = false;
    const whole = this.walk.headRead && gapsOf(this.state.history) === 0;
    this.state.failure = whole ? null : this.walk.obstacle;
  }

  /** The state as it stands in the store, with a failure of this run. */
  asStored(failure: string): IntegrationState {
    const data = this.stored ? JSON.parse(this.stored) : integrationData(Participant.fresh(this.id).state);
    const stored = readIntegrationState({ item: integrationItem(this.id), version: 1, data });
    return this.due || this.readOnly ? { ...stored, failing: true, failure } : stored;
  }

  /** Gives up syncs that this run has looked for, and that have been open for too long. */
  giveUpOldSyncs(now: number): void {
    // One that was last read on its second day may have ended on its third. What is gone can't be looked for.
    if (this.opensRead || this.state.gone) giveUpOldSyncs(this.state.history, now);
  }

  /** Takes over from the lake which syncs of a day are not final. */
  takeOpenSyncs(day: string, starts: readonly Instant[], now: number): void {
    takeOpenSyncs(this.state.history, { day, starts, now, read: this.openPlaces });
  }

  #startNext(): boolean {
    if (this.ended || !this.headStarted) return false;
    if (!this.sweeping && !this.walk.headRead && this.#heads < mostHeads) {
      this.startHead();
    } else if (this.sweeping && !this.walk.headRead && this.#sweeps < mostSweeps) {
      this.#sweeps += 1;
      this.#start('gap', sweep(this.walk));
    } else if (!this.opensRead) {
      this.#start('opens', readOpenSyncs(this.walk));
    } else if (this.walk.gap) {
      this.#start('gap', closeGaps(this.walk));
    } else {
      return false;
    }
    return true;
  }

  #start(kind: Kind, job: Job): void {
    this.#kind = kind;
    this.#job = job;
  }

  #finish(): void {
    if (this.#kind === 'opens') this.opensRead = true;
    this.walk.settle();
    this.#drop();
  }

  #drop(): void {
    this.#job = undefined;
    this.#wanted = undefined;
  }
}
