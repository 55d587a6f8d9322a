import { NoAnswer } from './no-answer.ts';

/** How far it has come: the host's name, the way there, its certificate, or the proxy before it. */
export type Obstacle = 'name' | 'way' | 'certificate' | 'proxy';

/** Nobody is there: the host is unknown, refuses the connection, or does not prove who it is. */
export class NoConnection extends NoAnswer {
  override readonly name = 'NoConnection';
  readonly obstacle: Obstacle;

  constructor(message: string, obstacle: Obstacle = 'way') {
    super(message);
    this.obstacle = obstacle;
  }
}
