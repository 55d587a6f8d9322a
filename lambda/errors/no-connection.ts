import { NoAnswer } from './no-answer.ts';

/** Nobody is there: the host is unknown, refuses the connection, or does not prove who it is. */
export class NoConnection extends NoAnswer {
  override readonly name = 'NoConnection';
}
