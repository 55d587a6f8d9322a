/** What happens in a run that is worth a line of its own. */
import { headlineOf } from '../../lambda/alerts/message-texts.ts';
import { pairSentence, type RunEvent } from '../../lambda/run/run-events.ts';
import type { ProgressLine } from './progress-line.ts';

export class Remarks {
  readonly #line: Pick<ProgressLine, 'estimate'>;
  #saidPair = false;

  constructor(line: Pick<ProgressLine, 'estimate'>) {
    this.#line = line;
  }

  of(event: RunEvent): string | undefined {
    if (event.kind === 'page') return this.#line.estimate();
    if (event.kind === 'retry') return `Trying again: ${event.reason}.`;
    if (event.kind === 'failed') return `Integration ${event.integrationId}: ${event.message}`;
    if (event.kind === 'late') {
      const rows = event.rows === 1 ? 'a row' : `${event.rows} rows`;
      return `Integration ${event.integrationId}: ${rows} turned up where none was missing; what lies below is read again.`;
    }
    if (event.kind === 'incident') return headlineOf(event.alert);
    if (event.kind !== 'pair' || this.#saidPair) return undefined;
    this.#saidPair = true;
    return `Warning: ${pairSentence(event)}`;
  }
}
