/** What is being read of one integration: a job of its walk at a time, and which comes next. */
import { closeGaps } from '../walk/close-gaps.ts';
import { fullScan, headOfUnordered, isPassDue, isScannedInEveryRun } from '../walk/full-scan.ts';
import { head } from '../walk/head.ts';
import type { Reach } from '../walk/history.ts';
import { searchOpenSyncs } from '../walk/open-sync-search.ts';
import { type Cursor, type Page, type Refused, refused } from '../walk/page.ts';
import { dueLook, lookAgain } from '../walk/second-look.ts';
import type { Job, Walk } from '../walk/walk.ts';

/** Full scans that a contradiction found late may start in one run, and heads that an order found late may. */
const maxScans = 2;
const maxHeads = 2;

type Kind = 'head' | 'open syncs' | 'gap' | 'second look';

/** A page to ask for. */
export interface Wanted {
  readonly cursor: Cursor | null;
}

export class Reading {
  readonly #walk: Walk;
  #job: { readonly kind: Kind; readonly steps: Job; wanted?: Wanted } | undefined;
  #kind: Kind = 'head';
  #heads = 0;
  /** A head has come to its end, whatever it found: another would find the same. */
  #isHeadDone = false;
  #scans = 0;
  /** Looks that were begun in this run: one that comes to nothing is for the next. */
  readonly #looks = new Set<Reach>();

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  startHead(): void {
    this.#heads += 1;
    this.#start('head', this.isScanning ? headOfUnordered(this.#walk) : head(this.#walk));
  }

  /** Goes on with the job in hand. @returns the page that it wants; undefined when it is done. */
  next(): Wanted | undefined {
    const job = this.#job;
    if (!job) return undefined;
    if (!job.wanted) this.#take(job.steps.next());
    return this.#job?.wanted;
  }

  /** Takes up one job after the other until one wants a page. @returns false when nothing is left to do. */
  proceed(): boolean {
    while (!this.next()) if (!this.#startNext()) return false;
    return true;
  }

  /** Looks for open syncs, if that is what comes next. @returns whether a page is wanted for it. */
  turnToOpenSyncs(): boolean {
    const isFree = this.#heads > 0 && !this.next();
    // What is read whole shows them all.
    const isScannedFirst = this.isScanning && isScannedInEveryRun(this.#walk.history);
    const isNext = isFree && !isScannedFirst && !this.#walk.openSyncs.searched;
    if (isNext) this.#start('open syncs', searchOpenSyncs(this.#walk));
    return this.#kind === 'open syncs' && this.next() !== undefined;
  }

  /** Looks again at what is held to be final, where that is due. @returns whether a page is wanted for it. */
  turnToSecondLook(now: number): boolean {
    if (this.#heads > 0 && !this.next() && this.#walk.headRead && !this.isScanning) {
      const reach = dueLook(this.#walk.history, now);
      if (reach && !this.#looks.has(reach)) this.#start('second look', lookAgain(this.#walk, reach));
      if (reach) this.#looks.add(reach);
    }
    return this.#kind === 'second look' && this.next() !== undefined;
  }

  answer(answer: Page | Refused): void {
    if (answer !== refused && !this.#walk.meet(answer)) {
      // The order has shown itself only now: what was taken for the newest end was none.
      this.#isHeadDone = false;
      this.stop();
      return;
    }
    if (this.#job) this.#take(this.#job.steps.next(answer));
  }

  /** Leaves the job in hand; what it has read stands. */
  stop(): void {
    this.#job = undefined;
  }

  /** Its list is in no order and has to be read whole. */
  get isScanning(): boolean {
    return this.#walk.history.order === 'unordered';
  }

  /**
   * Sorts what is to be read next: what is newest comes first. Open syncs have already had their half of this run: what
   * is left of them waits for the gaps of others, and comes with the gap of their own integration.
   */
  get urgency(): string {
    return this.#kind === 'head' ? '9999' : (this.#walk.gap?.oldest ?? '');
  }

  #startNext(): boolean {
    const walk = this.#walk;
    if (this.#heads === 0) return false;
    if (!this.isScanning && !walk.headRead && !this.#isHeadDone && this.#heads < maxHeads) {
      this.startHead();
    } else if (isPassDue(walk) && this.#scans < maxScans) {
      this.#scans += 1;
      this.#start('gap', fullScan(walk));
    } else if (!walk.openSyncs.searched) {
      this.#start('open syncs', searchOpenSyncs(walk));
    } else if (walk.gap) {
      this.#start('gap', closeGaps(walk));
    } else {
      return false;
    }
    return true;
  }

  #start(kind: Kind, steps: Job): void {
    this.#kind = kind;
    this.#job = { kind, steps };
  }

  #take({ done, value }: IteratorResult<Cursor | null, void>): void {
    const job = this.#job;
    if (!job) return;
    if (!done) {
      job.wanted = { cursor: value };
      return;
    }
    if (job.kind === 'head') this.#isHeadDone = true;
    if (job.kind === 'open syncs') this.#walk.openSyncs.searched = true;
    this.#walk.settle();
    this.stop();
  }
}
