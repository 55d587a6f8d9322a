/** A lab whose integrations sync at a fixed cadence, at the documented limits: what it takes is known beforehand. */
import { SteadyWorld, type SteadyWorldOptions } from '../../bench/steady-world.ts';
import { Lab, type LabOptions } from './lab.ts';
import { Random } from './random.ts';

export const minute = 60_000;
/** When the last sync before the first run started. */
export const until = Date.UTC(2026, 5, 1, 12);

export function steadyLab(world: Partial<SteadyWorldOptions>, options: LabOptions = {}): Lab {
  const whole = { integrations: 1, rows: 960, cadence: 15 * minute, until, ...world };
  return new Lab(new Random(1), new SteadyWorld(whole), {
    now: until + 1000,
    limits: { list: 50, status: 100 },
    latency: [150, 350],
    ...options,
  });
}
