/**
 * Which months of the table `days` may say less than the days do. It stands in the workspace's record, so that whoever
 * comes after a run that was killed knows what to make anew.
 */
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { earliestDay } from '../rows/sync-row.ts';
import { monthOf } from '../schema/keys.ts';
import { dayAt, dayMs } from '../standing/periods.ts';

interface Context {
  readonly facts: WorkspaceFacts;
  /** Writes the workspace's record. */
  readonly writeFacts: () => Promise<void>;
  /** In milliseconds. */
  readonly now: () => number;
}

export class MonthsBehind {
  readonly #context: Context;
  /** Those that an earlier run has noted. */
  readonly #found: ReadonlySet<string>;
  /** Those that a commit of this run could not bring up to date. */
  readonly #missed = new Set<string>();
  /** Those that this run has made anew. */
  readonly #made = new Set<string>();

  constructor(context: Context) {
    this.#context = context;
    const { monthsBehind } = context.facts;
    this.#found = new Set(typeof monthsBehind === 'string' ? [] : monthsBehind);
  }

  /** A workspace of which no run knows: it is still to be seen whether there is a lake. */
  get isUnknown(): boolean {
    return this.#context.facts.monthsBehind === null;
  }

  /** @param hasLake there are days that no run of this version has written, or none that is known. */
  begin(hasLake: boolean): void {
    this.#context.facts.monthsBehind = hasLake ? 'all' : [];
  }

  /** Those that this run has still to make anew, the newest first. */
  get due(): readonly string[] {
    return this.#all.filter((month) => !this.#made.has(month));
  }

  /** Days of these are about to be written. @throws {LostRace} another run has taken over: nothing may be written. */
  async note(months: Iterable<string>): Promise<void> {
    const before = this.#all;
    const added = [...new Set(months)].filter((month) => !before.includes(month));
    if (added.length === 0) return;
    this.#context.facts.monthsBehind = [...before, ...added];
    await this.#context.writeFacts();
  }

  /**
   * What a commit has written of its days stands in it. What an earlier run or commit has written of others may not, where
   * that was to be made anew already.
   */
  keptUp(month: string): void {
    const wasBehind = this.#context.facts.monthsBehind === 'all' || this.#found.has(month);
    if (!wasBehind && !this.#missed.has(month)) this.#strike(month);
  }

  /** What a commit has written of its days does not stand in it, or nobody knows. */
  missed(month: string): void {
    this.#missed.add(month);
  }

  /**
   * All of its days stand in it. A run that has lost its lease, and may still be at work, may write what it has noted a
   * last time after that: it stays noted, and the next run makes it anew once more.
   */
  madeAnew(month: string): void {
    this.#made.add(month);
    const isOvertaken = this.#context.facts.overtakenUntil !== null;
    if (!(isOvertaken && this.#found.has(month))) this.#strike(month);
  }

  /** The newest first. */
  get #all(): readonly string[] {
    const { monthsBehind } = this.#context.facts;
    return monthsBehind === 'all' ? this.#everyMonth() : (monthsBehind ?? []).toSorted().toReversed();
  }

  #strike(month: string): void {
    this.#context.facts.monthsBehind = this.#all.filter((each) => each !== month);
  }

  /** Every one that a sync can lie in: syncs may start a day ahead of the clock. */
  #everyMonth(): string[] {
    const months: string[] = [];
    const first = monthOf(earliestDay);
    for (let month = monthOf(dayAt(this.#context.now() + dayMs)); month >= first; month = monthBefore(month))
      months.push(month);
    return months;
  }
}

const monthBefore = (month: string): string => monthOf(dayAt(Date.parse(`${month}-01T00:00:00Z`) - dayMs));
