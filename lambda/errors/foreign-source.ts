import { ExporterError } from './exporter-error.ts';

/**
 * What answers is not the source that the workspace belongs to: another Braze workspace, or the simulated one in
 * place of a real one. Nothing of it may be written. The message says what to do.
 */
export class ForeignSource extends ExporterError {
  override readonly name = 'ForeignSource';
  override readonly isForPeople = true;
}
