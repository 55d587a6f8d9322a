import { ExporterError } from './exporter-error.ts';

/** One try has brought no answer of Braze's: none at all, or one that is not Braze's. It is tried again. */
export class NoAnswer extends ExporterError {
  override readonly name: string = 'NoAnswer';
  override readonly isForPeople = false;
}
