/**
 * Failures that nobody can name yet. One who is refused, or not answered, has failed by itself only if others are
 * answered: otherwise it is about the key, see {@link KeyDoubt}, or an outage, see {@link Silence}. So they are held
 * until somebody is answered, or the reading has ended.
 */
import type { Refused } from '../errors/refused.ts';
import type { Failures } from './failures.ts';
import type { IntegrationRun } from './integration-run.ts';
import { KeyDoubt } from './key-doubt.ts';

export class HeldFailures {
  readonly #failures: Failures;
  readonly #keyDoubt = new KeyDoubt();
  #unanswered: (() => void)[] = [];

  constructor(failures: Failures) {
    this.#failures = failures;
  }

  get isKeyInDoubt(): boolean {
    return this.#keyDoubt.isOpen;
  }

  /** @param underWay the others whose request is under way. @throws {Refused} it is about the key. */
  holdRefused(integration: IntegrationRun, error: Refused, underWay: Iterable<IntegrationRun>): void {
    this.#keyDoubt.refused(integration, error, underWay);
  }

  holdUnanswered(integration: IntegrationRun, why: string): void {
    this.#unanswered.push(() => this.#failures.fail(integration, why));
  }

  holdListUnanswered(sentence: string): void {
    this.#unanswered.push(() => this.#failures.add(sentence));
  }

  /** The request for this integration was answered. */
  takeAnswered(integration: IntegrationRun): void {
    this.#failRefused(this.#keyDoubt.answered(integration));
    this.failUnanswered();
  }

  /** Braze answers, or has answered others: who was not answered has failed by itself. */
  failUnanswered(): void {
    for (const fail of this.#unanswered.splice(0)) fail();
  }

  /** Nobody is asked any more: who was refused has failed by itself. @throws {Refused} it is about the key. */
  failRefused(): void {
    this.#failRefused(this.#keyDoubt.conclude());
  }

  #failRefused(refused: readonly (readonly [IntegrationRun, Refused])[]): void {
    for (const [integration, error] of refused) this.#failures.fail(integration, error.ownMessage);
  }
}
