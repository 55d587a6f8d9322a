import { ExporterError } from './exporter-error.ts';

/** A conditional write that was refused because what it replaces has changed. */
export class LostRace extends ExporterError {
  override readonly name = 'LostRace';
  override readonly isForPeople = true;
  constructor(what: string) {
    super(`${what} was changed by another run.`);
  }
}
