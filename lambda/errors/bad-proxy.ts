import { ExporterError } from './exporter-error.ts';

/** What the environment says of a proxy can not be used. Its message does not repeat it. */
export class BadProxy extends ExporterError {
  override readonly name = 'BadProxy';
  override readonly isForPeople = true;
}
