/** How much memory the real command needs, in a process of its own, with a real server and a real folder. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import type { World } from '../../local/simulator/world.ts';
import { minute, until } from '../simulation/lab/steady-lab.ts';
import type { Measure } from './measure.ts';
import { measuredOptions, peakOf } from './peak-of.ts';
import { SteadyWorld, type SteadyWorldOptions } from './steady-world.ts';

export const deepHistory: SteadyWorldOptions = { integrations: 1, rows: 35_000, cadence: 15 * minute, until };
const manyIntegrations: SteadyWorldOptions = {
  integrations: 1000,
  rows: 96,
  cadence: 15 * minute,
  until,
};

export async function memory(): Promise<Measure[]> {
  return [
    ...(await memoryOf('35,000 syncs of one integration', deepHistory)),
    ...(await memoryOf('1,000 integrations with a day each', manyIntegrations)),
  ];
}

async function memoryOf(name: string, world: SteadyWorldOptions): Promise<Measure[]> {
  const now = () => world.until + minute;
  return await served(new SteadyWorld(world), now, (start) => start(name));
}

/** @param work calls the command, as often as it likes, on one folder; each call tells of itself under a name. */
export async function served<T>(
  world: World,
  now: () => number,
  work: (start: (name: string) => Promise<Measure[]>) => Promise<T>,
): Promise<T> {
  const server = await startSimulatedBraze({
    world,
    quirks: { statusLimit: 1e9, listLimit: 1e9, limitHeaders: 'none' },
    now,
  });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    return await work((name) => measuredStart(name, server.endpoint, folder));
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function measuredStart(name: string, endpoint: string, folder: string): Promise<Measure[]> {
  const { stderr } = spawn(
    process.execPath,
    [
      ...measuredOptions,
      new URL('../../bin/start.ts', import.meta.url).pathname,
      ...['--endpoint', endpoint, '--data', folder, '--json'],
      ...['--requests-per-minute', '100000000', '--list-requests-per-minute', '100000000'],
    ],
    { env: { ...process.env, BRAZE_API_KEY: 'measured' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return peakOf(name, stderr);
}
