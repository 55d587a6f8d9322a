/** What an export takes in requests and in time, and how much of the limit it uses. */
import { minute, steadyLab } from '../simulation/lab/steady-lab.ts';
import { countWrites } from './count-writes.ts';
import { figure, type Measure, measure } from './measure.ts';
import { pagesOf, receiptOf, runsUntilComplete } from './runs.ts';

/** A year of one integration, read in runs of 15 minutes at the documented limit while new syncs come in. */
export async function backfill(): Promise<Measure[]> {
  const rows = 35_040;
  const tested = steadyLab({ rows });
  const days = countWrites(tested, 'syncs/');
  const months = countWrites(tested, 'days/');
  let [runs, touched] = [0, 0];
  for await (const _ of runsUntilComplete(tested)) {
    runs += 1;
    // The day that new syncs come in is touched by each.
    touched += days.keys.size;
    days.keys.clear();
  }
  const ratio = tested.braze.requests.status / pagesOf(rows);
  return [
    measure(`requests over ideal, backfill of a year under drift, ${runs} runs`, ratio, 1.01, 3),
    measure('days written over days touched by each run, same backfill', days.count / touched, 1.1, 3),
    figure('months of `days` written over months, same backfill', months.count / months.keys.size, 1),
  ];
}

export async function steady(): Promise<Measure[]> {
  const tested = steadyLab({ integrations: 23, rows: 50 }, { limits: { list: 50, status: 5000 } });
  await receiptOf(tested);
  tested.now += 15 * minute;
  const { requests } = await receiptOf(tested);
  return [measure('requests over ideal, steady state, 23 integrations', requests.status / 23, 1, 3)];
}

/** How much of the limit a run uses that has more to do than it can. */
export async function shareOfLimit(): Promise<Measure[]> {
  const measures = [];
  for (const seconds of [0.1, 1.2, 2.5]) {
    const tested = steadyLab({ integrations: 10, rows: 4000 }, { latency: [seconds * 1000, seconds * 1000] });
    const { requests } = await receiptOf(tested, { deadline: tested.now + 15 * minute });
    const busiest = tested.braze.busiestMinute('status');
    const name = `share of the limit used in 15 minutes, answers take ${seconds} s, busiest minute ${busiest}`;
    measures.push(measure(name, requests.status / 1500, 0.98, 3, true));
  }
  return measures;
}

export async function throughput(): Promise<Measure[]> {
  const rows = 35_040;
  const tested = steadyLab({ rows }, { limits: { list: 50, status: 1_000_000 } });
  const began = performance.now();
  await receiptOf(tested);
  const perSecond = rows / ((performance.now() - began) / 1000);
  // A limit of 100 pages a minute is 17 rows a second.
  return [measure('rows a second through parse, merge and write', Math.round(perSecond), 5000, 0, true)];
}
