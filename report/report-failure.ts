import { ExporterError } from '../lambda/errors/exporter-error.ts';

/** A report could not be made; the message is for a person. */
export class ReportFailure extends ExporterError {
  override readonly name = 'ReportFailure';
  override readonly isForPeople = true;
}

/** There is nothing in the lake of what the report is asked for. */
export class NothingToReport extends ExporterError {
  override readonly name = 'NothingToReport';
  override readonly isForPeople = true;
}
