import { ExporterError } from './exporter-error.ts';

export interface StoreFailureOptions extends ErrorOptions {
  /** See {@link StoreFailure.isOfWholeStore}; false by default. */
  readonly isOfWholeStore?: boolean;
}

/**
 * A store could not do what it was asked to, for a reason outside of this program: no room, no permission, no
 * connection. The message names the place and says what to do. Whether a write has happened is not known.
 */
export class StoreFailure extends ExporterError {
  override readonly name = 'StoreFailure';
  override readonly isForPeople = true;
  /**
   * The reason lies with the store, and it is no use to ask for anything else. False: it may be this object's or
   * record's own (its size, its permission); only that others succeed tells.
   */
  readonly isOfWholeStore: boolean;

  constructor(message: string, { isOfWholeStore = false, ...options }: StoreFailureOptions = {}) {
    super(message, options);
    this.isOfWholeStore = isOfWholeStore;
  }
}
