/** Opens what a local run reads from: a real workspace, or the simulated Braze. */
import { httpTransport } from '../../lambda/braze/http-transport.ts';
import { startSystemClock } from '../../lambda/time/system-clock.ts';
import type { StartOptions } from './options.ts';
import type { Source } from './source.ts';

export async function openSource({ endpoint, apiKey, data, proxies }: StartOptions): Promise<Source> {
  if (endpoint)
    return {
      transport: httpTransport(endpoint, apiKey, proxies !== undefined),
      clock: startSystemClock(),
      speed: 1,
      close: async () => {},
    };
  // A real workspace needs no simulator.
  const { simulatedSource } = await import('./simulated-source.ts');
  return await simulatedSource(data);
}
