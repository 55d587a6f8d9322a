/**
 * What was read and is not committed yet, and when it is to be. What is held here and what the histories say belong
 * together: a commit takes both as they stand between two answers.
 */
import type { QuarantinedRow } from '../rows/sync-row.ts';
import { type BeforeRecords, type CommitPorts, commit } from './commit.ts';
import type { Failures } from './failures.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import type { ReadRow } from './read-rows.ts';
import { WriteBuffer } from './write-buffer.ts';

/** Rows held at the most before a commit: some twenty megabytes. */
const maxBufferedRows = 20_000;
/**
 * So long after the first answer that is not committed, and after as many as the limit allows in a minute: a crash
 * costs no more of it, and what is under way. Each commit writes the days again in which the one before has ended, so
 * that a backfill of one integration writes 1.1 objects a day of history, and one of many that share their days writes
 * each day as often as it takes minutes to read.
 */
const maxUncommittedMs = 60_000;

export class Uncommitted {
  readonly #ports: CommitPorts;
  readonly #integrations: IntegrationRuns;
  readonly #failures: Failures;
  readonly #maxAnswers: number;
  #buffer = new WriteBuffer();
  /** Answers since the last commit, and when the first of them was taken. */
  #answers = 0;
  #since = 0;

  /** @param maxAnswers as many as the limit allows in a minute. */
  constructor(ports: CommitPorts, integrations: IntegrationRuns, failures: Failures, maxAnswers: number) {
    this.#ports = ports;
    this.#integrations = integrations;
    this.#failures = failures;
    this.#maxAnswers = maxAnswers;
  }

  get isEmpty(): boolean {
    return this.#buffer.size === 0;
  }

  /** There is so much of it, or it has waited for so long, that it is to be committed now. */
  get isDue(): boolean {
    const { size } = this.#buffer;
    return size >= maxBufferedRows || (size > 0 && this.#areAnswersDue);
  }

  get #areAnswersDue(): boolean {
    if (this.#answers === 0) return false;
    if (this.#answers >= this.#maxAnswers) return true;
    return this.#ports.now() - this.#since >= maxUncommittedMs;
  }

  /** An answer is being taken. */
  countAnswer(): void {
    if (this.#answers === 0) this.#since = this.#ports.now();
    this.#answers += 1;
  }

  add(rows: readonly ReadRow[]): void {
    this.#buffer.add(rows);
  }

  quarantine(row: QuarantinedRow): void {
    this.#buffer.quarantine(row);
  }

  /** @throws as {@link commit} */
  async commit(beforeRecords?: BeforeRecords): Promise<void> {
    const { now, receipt, report } = this.#ports;
    const integrations = this.#integrations;
    const buffer = this.#buffer;
    for (const each of integrations.all) each.giveUpOldSyncs(now(), integrations.isDue(each));
    const failures = await commit(this.#ports, buffer, integrations.byId, beforeRecords);
    for (const failure of failures) this.#failures.addOnce(failure);
    receipt.rows.unchanged += buffer.repeats;
    report({ kind: 'commit', rows: buffer.size, days: buffer.days.length });
    this.#buffer = buffer.next();
    this.#answers = 0;
  }
}
