import { ExporterError } from './exporter-error.ts';

/** The deadline has come, or a wait does not fit before it. Not a failure: the next run goes on. */
export class OutOfTime extends ExporterError {
  override readonly name = 'OutOfTime';
  override readonly isForPeople = false;
}
