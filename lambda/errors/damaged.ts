import { ExporterError } from './exporter-error.ts';

/**
 * Something that an earlier run stored can't be read: cut short, edited, or written by a newer version.
 * It is never overwritten, since it may be all that is left; a person has to look. The message names the
 * place and says what to do.
 */
export class Damaged extends ExporterError {
  override readonly name = 'Damaged';
  override readonly isForPeople = true;
}
