import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** The local AWS, or what belongs to it, could not be fetched or started. The message says what to do. */
export class LocalAwsFailure extends ExporterError {
  override readonly name = 'LocalAwsFailure';
  override readonly isForPeople = true;
}
