/**
 * Whether it is the key that is refused (401, 403), or a few integrations each for itself.
 *
 * 1. A refusal is held until somebody is answered who was asked after it: the key is good then, and whoever was
 *    refused has failed by itself. What was under way already tells neither this nor that.
 * 2. Where three that were asked after it are refused as well, and nobody is answered, it is about the key.
 *    Before anybody was answered two are enough.
 * 3. Where nobody is left to be asked, it is about the key only if nobody was answered in this run.
 */
import type { Refused } from '../errors/refused.ts';
import type { IntegrationRun } from './integration-run.ts';

const maxRefusedAfter = 3;
const maxRefusedAfterUnheard = 2;

export class KeyDoubt {
  readonly #refused = new Map<IntegrationRun, Refused>();
  #underWayBefore = new Set<IntegrationRun>();
  #refusedAfter = 0;
  #isHeard = false;

  /** Somebody was refused, and nobody has shown yet what it is about. */
  get isOpen(): boolean {
    return this.#refused.size > 0;
  }

  /** @returns those that have failed by themselves, as this answer shows. */
  answered(integration: IntegrationRun): [IntegrationRun, Refused][] {
    this.#isHeard = true;
    return this.#underWayBefore.delete(integration) ? [] : this.#settle();
  }

  /** @param underWay the others whose request is under way. @throws {Refused} it is about the key. */
  refused(integration: IntegrationRun, error: Refused, underWay: Iterable<IntegrationRun>): void {
    if (!this.isOpen) this.#underWayBefore = new Set(underWay);
    else if (!this.#underWayBefore.delete(integration)) this.#refusedAfter += 1;
    this.#refused.set(integration, error);
    if (this.#refusedAfter >= (this.#isHeard ? maxRefusedAfter : maxRefusedAfterUnheard)) throw error;
  }

  /** Nobody is asked any more. @returns those that have failed by themselves. @throws {Refused} it is about the key. */
  conclude(): [IntegrationRun, Refused][] {
    const [error] = this.#refused.values();
    if (error && !this.#isHeard) throw error;
    return this.#settle();
  }

  #settle(): [IntegrationRun, Refused][] {
    const own = [...this.#refused];
    this.#refused.clear();
    this.#underWayBefore.clear();
    this.#refusedAfter = 0;
    return own;
  }
}
