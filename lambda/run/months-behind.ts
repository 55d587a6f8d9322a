/**
 * Which months of the table `days` may say less than the days do. It stands in the workspace's record, so that whoever
 * comes after a run that was killed knows what to make anew.
 */
import type { WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { earliestDay } from '../rows/sync-row.ts';
import { monthOf } from '../schema/keys.ts';
import { dayAt, dayMs } from '../standing/periods.ts';

export class MonthsBehind {
  readonly #facts: WorkspaceFacts;
  readonly #writeFacts: () => Promise<void>;
  readonly #now: () => number;
  /** Those that this run has noted itself: its own commits bring them up to date. */
  readonly #noted = new Set<string>();

  /** @param writeFacts writes the workspace's record. @param now in milliseconds. */
  constructor(facts: WorkspaceFacts, writeFacts: () => Promise<void>, now: () => number) {
    this.#facts = facts;
    this.#writeFacts = writeFacts;
    this.#now = now;
  }

  /** A workspace of which no run knows: it is still to be seen whether there is a lake. */
  get isUnknown(): boolean {
    return this.#facts.monthsBehind === null;
  }

  /** @param hasLake there are days that no run of this version has written, or none that is known. */
  begin(hasLake: boolean): void {
    this.#facts.monthsBehind = hasLake ? 'all' : [];
  }

  /** The newest first. */
  get all(): readonly string[] {
    const { monthsBehind } = this.#facts;
    return monthsBehind === 'all' ? this.#everyMonth() : (monthsBehind ?? []).toSorted().toReversed();
  }

  /** Days of these are about to be written. @throws {LostRace} another run has taken over: nothing may be written. */
  async note(months: Iterable<string>): Promise<void> {
    const before = this.all;
    const added = [...new Set(months)].filter((month) => !before.includes(month));
    if (added.length === 0) return;
    for (const month of added) this.#noted.add(month);
    this.#facts.monthsBehind = [...before, ...added];
    await this.#writeFacts();
  }

  /** What this run has written of its days stands in it. Other days of it may be behind, where an earlier run was killed. */
  keptUp(month: string): void {
    if (this.#noted.delete(month)) this.madeAnew(month);
  }

  /** All of its days stand in it. */
  madeAnew(month: string): void {
    this.#facts.monthsBehind = this.all.filter((each) => each !== month);
  }

  /** Every one that a sync can lie in: syncs may start a day ahead of the clock. */
  #everyMonth(): string[] {
    const months: string[] = [];
    const first = monthOf(earliestDay);
    for (let month = monthOf(dayAt(this.#now() + dayMs)); month >= first; month = monthBefore(month))
      months.push(month);
    return months;
  }
}

const monthBefore = (month: string): string => monthOf(dayAt(Date.parse(`${month}-01T00:00:00Z`) - dayMs));
