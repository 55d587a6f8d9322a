import { Denied } from './denied.ts';

/**
 * The status endpoint refuses the key (401, 403) for one integration. Whether that is the key's fault or this
 * integration's own hangs on what the others are told.
 */
export class Refused extends Denied {
  readonly status: 401 | 403;

  /** @param message what to do if it is about the key. */
  constructor(status: 401 | 403, message: string) {
    super(message);
    this.status = status;
  }

  /** A sentence for a person, where the key is good for others. */
  get ownMessage(): string {
    return (
      `Braze refuses this integration to the API key (${this.status}), while it answers for others with the same key. ` +
      'Look at the integration in Braze; if it is as it should be, ask its support.'
    );
  }
}
