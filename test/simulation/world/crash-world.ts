/** The world in which a process dies at each of its calls: small, and with something of all that a run meets. */
import type { MovingWorld } from './moving-world.ts';
import type { WorldPlan } from './world-plan.ts';

export const crashPlan: WorldPlan = {
  details: 7,
  close: true,
  idle: 0,
  stuckShare: 0.1,
  integrations: [
    { rows: 45, cadenceMinutes: 60 },
    { rows: 31, cadenceMinutes: 15 },
  ],
};

/** Some syncs of both integrations, a burst of more than a page, and rows that can't be placed. */
export function someHours(world: MovingWorld, now: number, hours: number): void {
  for (let hour = 0; hour < hours; hour += 1) {
    const at = now + hour * 60_000;
    world.happen({ kind: 'start', integration: hour % 2, syncs: hour === 7 ? 13 : 1 }, at);
    if (hour % 8 === 5) world.happen({ kind: 'hostile', integration: 1, row: hour }, at);
  }
}
