/** Where a local run reads from: a real workspace, or the simulated Braze. */
import { httpTransport, type Transport } from '../../lambda/braze/transport.ts';
import type { Clock } from '../../lambda/time/clock.ts';
import { systemClock } from '../../lambda/time/system-clock.ts';
import type { StartOptions } from './options.ts';

export interface Source {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Seconds of the clock in a second. */
  readonly speed: number;
  close(): Promise<void>;
}

export async function openSource({ endpoint, apiKey, data }: StartOptions): Promise<Source> {
  if (endpoint)
    return {
      transport: httpTransport(endpoint, apiKey),
      clock: systemClock,
      speed: 1,
      close: async () => {},
    };
  // A real workspace needs no simulator.
  const { simulatedSource } = await import('./simulated-source.ts');
  return await simulatedSource(data);
}
