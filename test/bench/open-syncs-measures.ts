/** One integration with 800 syncs that are not final: one in four of a week's stays `running` for good. */
import { integrationItem } from '../../lambda/checkpoint/integration-record.ts';
import { workspace } from '../simulation/lab/lab.ts';
import { began, minute, sync, type TimedRow, timedLab } from '../simulation/lab/timed-world.ts';
import { figure, type Measure, measure } from './measure.ts';
import { deployedRuns, pagesOf, receiptOf, requestsOf } from './runs.ts';

const day = 24 * 60 * minute;
const open = 800;
const aWeek = 4 * open;
const cadence = (7 * day) / aWeek;

export async function manyOpen(): Promise<Measure[]> {
  const lab = timedLab({ a: syncs() }, { limits: { list: 50, status: 100 } });
  await receiptOf(lab);
  lab.now += day;
  const allDue = await receiptOf(lab);
  const record = await lab.checkpoints.get(workspace, integrationItem('a'));
  const kilobytes = Buffer.byteLength(JSON.stringify(record?.data)) / 1000;
  const inADay = await requestsOf(deployedRuns(lab, day));
  const what = `one integration with ${open} open syncs on ${pagesOf(aWeek)} pages`;
  return [
    // A day's new pages come on top, and such as hold what is asked for a last time.
    figure(`requests of a run after a day without one, when all are due, ${what}`, allDue.requests.status, 0),
    figure(`requests in a day, ${what}`, inADay, 0),
    measure('share of the limit that these are', inADay / (24 * 60 * lab.limits.status), 0.05, 3),
    measure(`KB of its checkpoint record, ${what}`, kilobytes, 200, 0),
  ];
}

/** Two weeks of them, and three days to come. */
function syncs(): TimedRow[] {
  const days = 17;
  return Array.from({ length: (days * day) / cadence }, (_, index) => {
    const start = began + (index + 1) * cadence - 14 * day;
    const running = { job_status: 'running', sync_finish_time: null };
    return { listedAt: start, row: sync(start, index % 4 === 0 ? running : {}) };
  });
}
