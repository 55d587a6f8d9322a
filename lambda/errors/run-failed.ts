import { ExporterError } from './exporter-error.ts';

/** The run has failed, with what could be exported committed. Its message is all that the caller of the function sees. */
export class RunFailed extends ExporterError {
  override readonly name = 'RunFailed';
  override readonly isForPeople = true;
  /** A stack would only repeat, in every alarm and queue, where this program is built. */
  override readonly stack = '';
}
