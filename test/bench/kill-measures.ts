/** A backfill whose process is killed: what is read again, and what is written again. */
import { Process } from '../simulation/lab/disturbance.ts';
import type { Lab } from '../simulation/lab/lab.ts';
import { minute, steadyLab } from '../simulation/lab/steady-lab.ts';
import { countWrites } from './count-writes.ts';
import { type Measure, measure } from './measure.ts';
import { receiptOf } from './runs.ts';

/** 120 days. */
const rows = 96 * 120;
const kills = 5;

export async function killed(): Promise<Measure[]> {
  const whole = laboratory();
  const process = new Process();
  await whole.run({}, process);
  let [readAgain, writes] = [0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    // From 40 to 60 hundredths of the way: wherever between two commits.
    const call = Math.round(process.calls * (0.4 + (0.2 * kill) / (kills - 1)));
    const lab = laboratory();
    const written = countWrites(lab, 'syncs/');
    if (await lab.run({}, new Process([{ call, applied: false, kind: 'crash' }])))
      throw new Error(`The run was over before its call ${call}.`);
    await receiptOf(lab);
    readAgain = Math.max(readAgain, lab.braze.requests.status - whole.braze.requests.status);
    writes = Math.max(writes, written.count / written.keys.size);
  }
  const what = `a backfill of 120 days, killed half-way, the worst of ${kills}`;
  return [
    // A minute's, the one under way, and the head.
    measure(`requests made again, ${what}`, readAgain, 102, 0),
    measure(`objects written over days touched, ${what}`, writes, 1.1, 3),
  ];
}

const laboratory = (): Lab => steadyLab({ rows, cadence: 15 * minute });
