/** What `npm run bench` measures: each a ratio or a count, with the goal that it is held against. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '../../lambda/run/receipt.ts';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { Lab } from '../simulation/lab.ts';
import { Random } from '../simulation/random.ts';
import { type Measure, measure } from './measure.ts';
import { measuredOptions, peakOf } from './peak-of.ts';
import { SteadyWorld, type SteadyWorldOptions } from './steady-world.ts';

const minute = 60_000;
export const until = Date.UTC(2026, 5, 1, 12);
const pagesOf = (rows: number): number => Math.ceil(rows / 10);

function lab(
  world: Partial<SteadyWorldOptions>,
  status = 100,
  latency: readonly [number, number] = [150, 350],
): Lab {
  const options = { integrations: 20, rows: 960, cadence: 15 * minute, until, ...world };
  return new Lab(new Random(1), new SteadyWorld(options), {
    now: until + minute,
    limits: { list: 50, status },
    latency,
  });
}

async function receiptOf(tested: Lab, deadline?: number): Promise<Receipt> {
  const result = await tested.run(deadline === undefined ? {} : { deadline });
  if (!result) throw new Error('The run died.');
  return result.receipt;
}

/** A year of one integration, read in runs of 15 minutes at the documented limit while new syncs come in. */
export async function backfill(): Promise<Measure[]> {
  const rows = 35_040;
  const tested = lab({ integrations: 1, rows });
  let runs = 0;
  let written = 0;
  let outcome = 'suspended';
  while (outcome === 'suspended') {
    const began = tested.now;
    const receipt = await receiptOf(tested, began + 14 * minute);
    outcome = receipt.outcome;
    written += receipt.objects.written;
    runs += 1;
    tested.now = Math.max(tested.now, began + 15 * minute);
  }
  const days = tested.objects.keys().filter((key) => key.startsWith('syncs/')).length;
  const ratio = tested.braze.requests.status / pagesOf(rows);
  const writes = (written - 2 * runs) / days;
  return [
    measure(`requests over ideal, backfill of a year under drift, ${runs} runs`, ratio, 1.02, 3),
    measure(`objects written over days touched, same backfill, ${days} days`, writes, 1.2, 3),
  ];
}

export async function steady(): Promise<Measure> {
  const tested = lab({ integrations: 23, rows: 50 }, 5000);
  await receiptOf(tested);
  tested.now += 15 * minute;
  const { requests } = await receiptOf(tested);
  return measure('requests over ideal, steady state, 23 integrations', requests.status / 23, 1, 3);
}

/** How much of the limit a run uses that has more to do than it can. */
export async function shareOfLimit(): Promise<Measure[]> {
  const measures = [];
  for (const seconds of [0.1, 1.2, 2.5]) {
    const tested = lab({ integrations: 10, rows: 4000 }, 100, [seconds * 1000, seconds * 1000]);
    const { requests } = await receiptOf(tested, tested.now + 15 * minute);
    const busiest = tested.braze.busiestMinute('status');
    const name = `share of the limit used in 15 minutes, answers take ${seconds} s, busiest minute ${busiest}`;
    measures.push(measure(name, requests.status / 1500, 0.98, 3, true));
  }
  return measures;
}

export async function throughput(): Promise<Measure> {
  const rows = 35_040;
  const tested = lab({ integrations: 1, rows }, 1_000_000);
  const began = performance.now();
  await receiptOf(tested);
  const perSecond = rows / ((performance.now() - began) / 1000);
  // A limit of 100 pages a minute is 17 rows a second.
  return measure('rows a second through parse, merge and write', Math.round(perSecond), 5000, 0, true);
}

/** The real command in a process of its own, with a real server and a real folder. */
export async function memory(name: string, world: SteadyWorldOptions): Promise<Measure[]> {
  const server = await startSimulatedBraze({
    world: new SteadyWorld(world),
    quirks: { statusLimit: 1e9, listLimit: 1e9, limitHeaders: 'none' },
    now: () => world.until + minute,
  });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const measured = spawn(
      process.execPath,
      [
        ...measuredOptions,
        new URL('../../bin/start.ts', import.meta.url).pathname,
        ...['--endpoint', server.endpoint, '--data', folder, '--json'],
        ...['--requests-per-minute', '100000000', '--list-requests-per-minute', '100000000'],
      ],
      { env: { ...process.env, BRAZE_API_KEY: 'measured' }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return await peakOf(name, measured.stderr);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const deepHistory: SteadyWorldOptions = { integrations: 1, rows: 35_000, cadence: 15 * minute, until };
export const manyIntegrations: SteadyWorldOptions = {
  integrations: 1000,
  rows: 96,
  cadence: 15 * minute,
  until,
};
