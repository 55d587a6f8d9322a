/** How often a fleet of forty is called falsely in a week, by what freshness and volume_anomalies say, and said before. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLake } from '../../local/query/open-lake.ts';
import { at, duckdb } from '../../sql/dialect.ts';
import { withViews } from '../../sql/views.ts';
import { shownDays } from '../../sql/volume/days.ts';
import { writeLake } from '../sql/lake-of.ts';
import { timeText } from '../sql/model/lake.ts';
import { volumeFleet } from '../sql/volume-fleet.ts';
import { type Called, callsOf, weeks } from './late-fleet.ts';
import { figure, type Measure, measure } from './measure.ts';
import { calledBefore } from './volume-before.ts';

/** Of so many fleets; a seed gives the same one each time. */
const seeds = [1, 2, 3];
const now = Date.UTC(2026, 5, 17, 12);
const troubles = 8;

export async function findings(): Promise<Measure[]> {
  return [...lateness(), ...(await volume())];
}

function lateness(): Measure[] {
  const found = seeds.map(callsOf);
  return (['before', 'habit', 'promise'] as const).flatMap((rule) => {
    const all = found.map((each) => each[rule]);
    const sum = (of: (called: Called) => number) => all.reduce((total, each) => total + of(each), 0);
    const delays = all.flatMap(({ delaysMs }) => delaysMs).sort((a, b) => a - b);
    const hours = (ms = 0) => (ms / 3_600_000).toFixed(1);
    const [called, wrong] = [sum((each) => each.called), sum((each) => each.false)];
    const [outages, heard] = [sum((each) => each.outages), sum((each) => each.heard)];
    return [
      ...rows({
        what: `freshness ${ruleSaid[rule]}`,
        falseAWeek: wrong / (weeks * seeds.length),
        counts: [called, called - wrong, outages - heard],
        isGoal: rule !== 'before',
      }),
      told(
        'hours until called: median, longest',
        `${hours(delays[Math.ceil(delays.length / 2) - 1])}, ${hours(delays.at(-1))}`,
      ),
    ];
  });
}

const ruleSaid = {
  before: 'as it was',
  habit: 'by habit alone',
  promise: 'by next_scheduled_run',
} as const;

interface Found {
  readonly what: string;
  readonly falseAWeek: number;
  readonly counts: readonly [called: number, true_: number, missed: number];
  readonly isGoal: boolean;
}

function rows({ what, falseAWeek, counts, isGoal }: Found): Measure[] {
  const name = `false a week, ${what}`;
  return [
    isGoal ? measure(name, falseAWeek, 1, 1) : figure(name, falseAWeek, 1),
    told('called, true, missed', counts.join(', ')),
  ];
}

const told = (name: string, value: string): Measure => ({ name: `  ${name}`, value, goal: '', met: true });

async function volume(): Promise<Measure[]> {
  const sums = { before: { called: 0, true: 0 }, today: { called: 0, true: 0 }, injected: 0 };
  for (const seed of seeds) {
    const { lake, injected } = volumeFleet(seed, now, troubles);
    const isInjected = new Set(injected.map(({ id, dt }) => `${id} ${dt}`));
    sums.injected += injected.length;
    const add = (sum: { called: number; true: number }, days: readonly string[]) => {
      sum.called += days.length;
      sum.true += days.filter((day) => isInjected.has(day)).length;
    };
    add(sums.before, calledBefore(lake.syncs, now, shownDays));
    add(sums.today, await calledToday(lake));
  }
  return (['before', 'today'] as const).flatMap((rule) => {
    const { called, true: right } = sums[rule];
    return rows({
      what: `volume_anomalies ${rule === 'before' ? 'as it was' : 'today'}`,
      falseAWeek: ((called - right) * 7) / (shownDays * seeds.length),
      counts: [called, right, sums.injected - right],
      isGoal: rule === 'today',
    });
  });
}

async function calledToday(lake: ReturnType<typeof volumeFleet>['lake']): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    await mkdir(join(directory, 'lake'));
    writeLake(directory, lake);
    const local = await openLake(directory);
    try {
      const sql = 'SELECT integration_id, dt FROM volume_anomalies';
      const { rows } = await local.query(withViews(sql, at(duckdb, timeText(now) ?? '')));
      return rows.map(([id, dt]) => `${id} ${dt}`);
    } finally {
      local.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
