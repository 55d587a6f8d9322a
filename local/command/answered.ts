import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** Help or version was asked for, and printed. */
export class Answered extends ExporterError {
  override readonly name = 'Answered';
  override readonly isForPeople = false;
}
