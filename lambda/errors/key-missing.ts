import { Denied } from './denied.ts';

/** A workspace has no key yet. The message names the secret, and the command that fills it. */
export class KeyMissing extends Denied {}
