/** `npm run bench`: what an export costs in requests, time, memory and writes, as ratios and counts. */
import Table from 'cli-table3';
import { deployed } from '../test/bench/deployed-measures.ts';
import type { Measure } from '../test/bench/measure.ts';
import {
  backfill,
  deepHistory,
  manyIntegrations,
  memory,
  shareOfLimit,
  steady,
  throughput,
} from '../test/bench/measures.ts';
import { queries } from '../test/bench/query-measures.ts';
import { startUp } from '../test/bench/start-measures.ts';

const rows: Measure[] = [];
const add = async (said: string, work: () => Promise<Measure | Measure[]>): Promise<void> => {
  console.error(`Measuring ${said} …`);
  rows.push(...[await work()].flat());
};
await add('the start-up', startUp);
await add('the steady state', steady);
await add('a backfill of a year', backfill);
await add('the use of the limit', shareOfLimit);
await add('the speed', throughput);
await add('memory: 35,000 syncs of one integration', () =>
  memory('35,000 syncs of one integration', deepHistory),
);
await add('memory: 1,000 integrations', () => memory('1,000 integrations with a day each', manyIntegrations));
await add('what is deployed, against the local AWS', deployed);
await add('questions, on Trino and DuckDB', queries);

const table = new Table({ head: ['measure', 'value', 'goal', ''], style: { head: [], border: [] } });
for (const { name, value, goal, met } of rows) table.push([name, value, goal, met ? 'met' : 'missed']);
console.log(table.toString());
if (rows.some(({ met }) => !met)) process.exitCode = 1;
