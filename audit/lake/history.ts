/** What the rows of one integration add up to, from the oldest to the newest: all that standing and coverage are held against. */
import { inOrder, isData, isRefusing, type SyncFact } from './sync-fact.ts';

const dayMs = 86_400_000;
/** What is older is not compared, nor are refused rows remembered. */
const forgottenMs = 35 * dayMs;
/** A record keeps no more of the newest as they stand. */
export const mostLatest = 16;

export class History {
  rows = 0;
  notFinal = 0;
  newest: SyncFact | undefined;
  /** Start of the newest that is not final, and of the newest of all, with all their digits. */
  newestOpenStart = '';
  newestStart = '';
  /** The newest that is over. */
  newestOver: SyncFact | undefined;
  lastSuccessMs: number | null = null;
  withoutSuccess = 0;
  failingSinceMs: number | null = null;
  lastRefusedMs: number | null = null;
  #watermark: { readonly atMs: number; readonly startMs: number } | null = null;
  readonly #refusedShare: number;
  /** The newest, and others that started in its millisecond: their order is known when all of them are there. */
  #pending: SyncFact[] = [];
  /** The newest that are settled, and perhaps some more than are asked for. */
  #latest: SyncFact[] = [];

  constructor(refusedShare: number) {
    this.#refusedShare = refusedShare;
  }

  get watermarkMs(): number | null {
    return this.#watermark?.atMs ?? null;
  }

  /** The newest, in their order: up to so many as a record keeps. */
  get latest(): readonly SyncFact[] {
    return this.#latest.slice(-mostLatest);
  }

  /** Day by day, each from its oldest on. */
  add(fact: SyncFact, start: string): void {
    this.rows += 1;
    if (start > this.newestStart) this.newestStart = start;
    if (!fact.isFinal) {
      this.notFinal += 1;
      this.newestOpenStart = start;
    }
    const [last] = this.#pending;
    if (last && last.startMs !== fact.startMs) {
      this.#settle(this.#pending);
      this.#keepLatest(this.#pending);
      this.#pending = [];
    }
    this.#pending.push(fact);
  }

  end(): void {
    const sorted = this.#pending.sort(inOrder);
    this.newest = sorted.at(-1);
    // All but the newest are over, whatever their rows say: Braze runs one at a time.
    const isOver = this.newest?.isFinal === true;
    this.#settle(isOver ? sorted : sorted.slice(0, -1));
    this.#keepLatest(sorted);
    this.#pending = [];
  }

  /** Shortened now and then only: there may be millions. */
  #keepLatest(facts: readonly SyncFact[]): void {
    for (const fact of facts) this.#latest.push(fact);
    if (this.#latest.length > 4 * mostLatest) this.#latest = this.#latest.slice(-mostLatest);
  }

  #settle(facts: SyncFact[]): void {
    for (const fact of facts.sort(inOrder)) this.#count(fact);
  }

  #count(fact: SyncFact): void {
    this.newestOver = fact;
    const { startMs, finishMs, rowsFailed } = fact;
    if (isData(fact) && !isRefusing(fact, this.#refusedShare)) {
      this.lastSuccessMs = startMs;
      this.withoutSuccess = 0;
      this.failingSinceMs = null;
    } else {
      this.withoutSuccess += 1;
      this.failingSinceMs ??= startMs;
    }
    if (rowsFailed !== null && rowsFailed > 0n)
      // None lasts longer: a finish beyond that can't be true.
      this.lastRefusedMs = Math.min(finishMs ?? startMs, startMs + dayMs);
    else if (this.lastRefusedMs !== null && startMs - this.lastRefusedMs > forgottenMs)
      this.lastRefusedMs = null;
    if (isData(fact)) this.#noteWatermark(fact);
  }

  #noteWatermark({ startMs, watermarkMs }: SyncFact): void {
    if (this.#watermark !== null && startMs - this.#watermark.startMs > forgottenMs) this.#watermark = null;
    if (watermarkMs !== null) this.#watermark = { atMs: watermarkMs, startMs };
  }
}
