/** A list in which a row stands out of place here and there, beside the same list sorted. */
import { minute, steady, type TimedRow, timedLab } from '../simulation/lab/timed-world.ts';
import { type Measure, measure } from './measure.ts';
import { deployedRuns, receiptOf, requestsOf } from './runs.ts';

const day = 24 * 60 * minute;
const rows = 2000;
/** One row of so many stands three places too low. */
const each = 50;

export async function nearlySorted(): Promise<Measure[]> {
  const sorted = steady(rows, 15 * minute);
  const [tidy, untidy] = [
    await requestsFor(sorted),
    await requestsFor(sorted.toSpliced(0, rows, ...strayed(sorted))),
  ];
  const list = `a list in which one row of ${each} is out of place, over a sorted one`;
  return [
    measure(`requests of the first export, ${list}`, untidy.first / tidy.first, 1.05, 3),
    measure(`requests of a steady day, ${list}`, untidy.day / tidy.day, 1.05, 3),
  ];
}

/** Those that are listed before the first run. */
function strayed(sorted: readonly TimedRow[]): TimedRow[] {
  const strayed = sorted.slice(0, rows);
  for (let index = each; index < rows; index += each)
    strayed.splice(index - 3, 0, ...strayed.splice(index, 1));
  return strayed;
}

async function requestsFor(listed: readonly TimedRow[]): Promise<{ first: number; day: number }> {
  const lab = timedLab({ a: listed });
  const { requests } = await receiptOf(lab);
  return { first: requests.status, day: await requestsOf(deployedRuns(lab, day)) };
}
