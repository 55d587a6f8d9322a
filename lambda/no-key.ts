/** What a run answers that found no key: it has done nothing, and that is no failure. */

export interface NoKey {
  readonly outcome: 'no_key';
  readonly workspace: string;
  /** A sentence or two, with the secret and the command that sets it. */
  readonly message: string;
}
