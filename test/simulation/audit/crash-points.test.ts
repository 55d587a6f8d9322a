/** A process that dies at any of its calls leaves nothing that the audit takes for a fault, and so does the next run. */
import { expect, test } from 'vitest';
import { Process } from '../lab/disturbance.ts';
import { Lab } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';
import { crashPlan, someHours } from '../world/crash-world.ts';
import { MovingWorld } from '../world/moving-world.ts';
import { findingsAt } from './audited-history.ts';

const hourMs = 3_600_000;

test.each(['newest_first', 'oldest_first', 'unordered'] as const)(
  'P2: nothing is found before and after each call of a first and a second export, %s',
  async (order) => {
    const now = Date.UTC(2026, 5, 1, 12);
    const world = new MovingWorld(crashPlan, now);
    const limits = { list: 5000, status: 5000 };
    const lab = new Lab(new Random(7), world, { now, quirks: { order }, limits });
    someHours(world, lab.now - hourMs, 10);
    world.frozen = true;
    let points = 0;
    const run = async () => {
      const left: { readonly crashed: Lab; readonly what: string }[] = [];
      const process = new Process();
      process.watch = (moment, operation) => {
        const what = `${moment} call ${process.calls}`;
        // A request changes nothing in the stores.
        if (operation === 'write') left.push({ crashed: lab.fork(new Random(7)), what });
      };
      await lab.run({}, process);
      for (const { crashed, what } of left) {
        expect(await findingsAt({ lab: crashed }), what).toEqual([]);
        await crashed.run();
        expect(await findingsAt({ lab: crashed }), `the run after ${what}`).toEqual([]);
      }
      points += left.length;
    };
    await run();
    world.frozen = false;
    lab.now += 24 * hourMs;
    someHours(world, lab.now, 30);
    lab.now += hourMs;
    world.move(lab.now);
    world.frozen = true;
    await run();
    expect(points).toBeGreaterThan(40);
  },
);
