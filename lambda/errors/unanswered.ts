import { ExporterError } from './exporter-error.ts';
import type { NoAnswer } from './no-answer.ts';
import { NoConnection } from './no-connection.ts';

/** So many tries have not brought an answer. */
export class Unanswered extends ExporterError {
  override readonly name = 'Unanswered';
  override readonly isForPeople = true;
  /** False: nobody is there at all, and asking for something else is no use. */
  readonly connected: boolean;
  constructor(cause: NoAnswer, tries: number) {
    super(`Braze did not answer in ${tries} tries: ${cause.message}.`);
    this.connected = !(cause instanceof NoConnection);
  }
}
