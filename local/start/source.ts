/** Where a local run reads from. */
import type { Transport } from '../../lambda/braze/transport.ts';
import type { Clock } from '../../lambda/time/clock.ts';

export interface Source {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Seconds of the clock in a second. */
  readonly speed: number;
  close(): Promise<void>;
}
