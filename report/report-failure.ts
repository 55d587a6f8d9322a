import { ExporterError } from '../lambda/errors/exporter-error.ts';

/** A report could not be made; the message is for a person. */
export class ReportFailure extends ExporterError {
  override readonly name = 'ReportFailure';
  override readonly isForPeople = true;
}
