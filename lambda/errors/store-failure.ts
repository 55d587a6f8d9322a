import { ExporterError } from './exporter-error.ts';

/**
 * A store could not do what it was asked to, for a reason outside of this program: no room, no permission, no
 * connection. The message names the place and says what to do. Whether a write has happened is not known.
 */
export class StoreFailure extends ExporterError {
  override readonly name = 'StoreFailure';
  override readonly isForPeople = true;
}
