import { ExporterError } from './exporter-error.ts';

/** Nobody is answered any more, whatever is asked: the rest of the run is left to the next one. */
export class Outage extends ExporterError {
  override readonly name = 'Outage';
  override readonly isForPeople = true;
  /** @param lastReason why the last try was in vain. */
  constructor(lastReason: string) {
    super(
      `Braze answers nothing, whatever it is asked: the last try ended with ${lastReason}. ` +
        'What was read before is kept, and the next run goes on.',
    );
  }
}
