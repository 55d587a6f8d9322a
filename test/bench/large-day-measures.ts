/** A day of 50,000 syncs, which is one object: its first export, and the run that adds one row to it. */
import { Lab } from '../simulation/lab/lab.ts';
import { Random } from '../simulation/lab/random.ts';
import { minute } from '../simulation/lab/steady-lab.ts';
import { countWrites, type Writes } from './count-writes.ts';
import { figure, type Measure } from './measure.ts';
import { served } from './memory-measures.ts';
import { receiptOf } from './runs.ts';
import { ScheduledWorld } from './scheduled-world.ts';

const hour = 60 * minute;
const midnight = Date.UTC(2026, 5, 1);
const evening = midnight + 20 * hour;
const later = midnight + 23 * hour;
const rows = 50_000;

export async function largeDay(): Promise<Measure[]> {
  const lab = new Lab(new Random(1), world(), { now: evening });
  const firstExport = await costOf(lab, countWrites(lab, 'syncs/'), 'its first export');
  lab.now = later;
  const addingOne = await costOf(lab, countWrites(lab, 'syncs/'), 'the run that adds a row');
  return [...firstExport, ...addingOne, ...(await memory())];
}

async function memory(): Promise<Measure[]> {
  let now = evening;
  const what = 'a day of 50,000 syncs';
  return await served(
    world(),
    () => now,
    async (start) => {
      const first = await start(`${what}, first export`);
      now = later;
      return [...first, ...(await start(`${what}, one row more`))];
    },
  );
}

/** At the documented limit: what was read in a minute is committed, and the day written again. */
async function costOf(lab: Lab, written: Writes, which: string): Promise<Measure[]> {
  const before = process.cpuUsage();
  await receiptOf(lab);
  const { user, system } = process.cpuUsage(before);
  return [
    figure(`s of processor time, a day of 50,000 syncs, ${which}`, (user + system) / 1e6, 1),
    figure(`MB of days written (${written.count}), a day of 50,000 syncs, ${which}`, written.bytes / 1e6, 1),
  ];
}

/** Those of the day until the evening, and one more. */
const world = () => new ScheduledWorld([starts()]);

function* starts(): Generator<number> {
  const cadence = (20 * hour) / rows;
  for (let row = 0; row < rows; row += 1) yield midnight + row * cadence;
  yield later - minute;
}
