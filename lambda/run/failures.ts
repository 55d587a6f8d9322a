/** What could not be exported and why, in sentences for a person, in the order in which it was found out. */
import { isContained } from './containment.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { ReportEvent } from './run-events.ts';

export class Failures {
  readonly #report: ReportEvent;
  readonly #sentences: string[] = [];

  constructor(report: ReportEvent) {
    this.#report = report;
  }

  get sentences(): readonly string[] {
    return this.#sentences;
  }

  add(...sentences: readonly string[]): void {
    this.#sentences.push(...sentences);
  }

  /** As {@link add}, for what may be met more than once. */
  addOnce(sentence: string): void {
    if (!this.#sentences.includes(sentence)) this.add(sentence);
  }

  /** What fails for its own reason holds back what belongs to it, and nothing else. @throws what is not contained. */
  addContained(error: unknown): void {
    if (!isContained(error)) throw error;
    this.addOnce(error.message);
  }

  /** Something of this integration could not be exported. */
  addOf({ id }: IntegrationRun, why: string): void {
    this.add(`Integration ${id} could not be exported. ${why}`);
  }

  /** Nothing more of this integration can be exported in this run. */
  fail(integration: IntegrationRun, why: string): void {
    integration.fail(why);
    this.addOf(integration, why);
    this.#report({ kind: 'failed', integrationId: integration.id, message: why });
  }
}
