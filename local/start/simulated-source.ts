/** The simulated Braze as the source of a run, which starts and stops it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { httpTransport } from '../../lambda/braze/http-transport.ts';
import type { Clock } from '../../lambda/time/clock.ts';
import { startSystemClock } from '../../lambda/time/system-clock.ts';
import { believableWorld } from '../simulator/believable.ts';
import { startSimulatedBraze } from '../simulator/http.ts';
import { explaining } from '../stores/file-error.ts';
import { makeFolder } from '../stores/make-folder.ts';
import type { Source } from './source.ts';

const key = 'simulated-key';
const hour = 3_600_000;
/** Simulated minutes take a second: whoever looks at the simulation should not sit through its rate limit. */
const speed = 60;
/** The first simulated run is so far back, and each one after it begins so much later than the last. */
const firstIsBack = 6 * hour;
const step = hour / 4;

/** The simulated present is kept beside the lake, and never overtakes the real one. */
export async function simulatedSource(data: string): Promise<Source> {
  const file = join(data, 'simulator.json');
  makeFolder(data);
  const real = startSystemClock();
  const began = real.now();
  const kept = await readFile(file, 'utf8')
    .then(lastPresent)
    .catch(() => undefined);
  const start = Math.min(began, kept === undefined ? began - firstIsBack : kept + step);
  const now = () => Math.min(real.now(), start + (real.now() - began) * speed);
  const keep = () =>
    explaining(file, () =>
      writeFile(file, `${JSON.stringify({ present: new Date(now()).toISOString() })}\n`),
    );
  await keep();
  const server = await startSimulatedBraze({
    world: believableWorld(),
    now,
    keys: { [key]: ['cdi.integration_list', 'cdi.integration_job_status'] },
  });
  return {
    transport: httpTransport(new URL(server.endpoint), key),
    clock: simulatedClock(now, real),
    speed,
    close: async () => {
      await keep();
      await server.close();
    },
  };
}

function lastPresent(text: string): number | undefined {
  const present = Date.parse(JSON.parse(text).present);
  return Number.isNaN(present) ? undefined : present;
}

function simulatedClock(now: () => number, real: Clock): Clock {
  return {
    now,
    sleep: async (milliseconds, signal) => {
      const until = now() + milliseconds;
      while (now() < until && !signal?.aborted) {
        const pace = now() < real.now() - speed * 1000 ? speed : 1;
        const options = signal ? { signal } : {};
        await after(Math.ceil((until - now()) / pace), undefined, options).catch(() => {});
      }
    },
  };
}
