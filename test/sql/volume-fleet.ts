/** Forty integrations as they are met, a year of days each, and what was done to some of them. */
import { Random } from '../simulation/lab/random.ts';
import { coverage, integration, lakeOf, standing, sync } from './lines.ts';
import { dayMs, dtOf, hourMs, type ModelLake, type Sync } from './model/lake.ts';

type Trouble = 'no rows' | 'no sync' | 'few rows' | 'many rows' | 'failed';

export interface Injected {
  readonly id: string;
  readonly dt: string;
  readonly trouble: Trouble;
}

interface Kind {
  readonly name: string;
  readonly count: number;
  /** Rows of a day; undefined: no sync. */
  rows(day: Date, random: Random): number | undefined;
}

const isWeekend = (day: Date): boolean => [0, 6].includes(day.getUTCDay());

/** Rows that scatter around a size, by a lognormal distribution. */
function scattered(size: number, sigma: number, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
  return Math.round(size * Math.exp(sigma * normal));
}

const kinds: readonly Kind[] = [
  { name: 'steady', count: 8, rows: (_, random) => scattered(20_000, 0.1, random) },
  {
    name: 'by weekday',
    count: 8,
    rows: (day, random) => scattered(isWeekend(day) ? 8000 : 50_000, 0.2, random),
  },
  { name: 'scattered', count: 6, rows: (_, random) => scattered(50_000, 0.4, random) },
  { name: 'wild', count: 2, rows: (_, random) => scattered(50_000, 1, random) },
  {
    name: 'weekdays only',
    count: 6,
    rows: (day, random) => (isWeekend(day) ? undefined : scattered(3000, 0.2, random)),
  },
  {
    name: 'weekly',
    count: 2,
    rows: (day, random) => (day.getUTCDay() === 1 ? scattered(9000, 0.3, random) : undefined),
  },
  {
    name: 'monthly',
    count: 2,
    rows: (day, random) => (day.getUTCDate() === 3 ? scattered(90_000, 0.2, random) : undefined),
  },
  { name: 'mostly empty', count: 3, rows: (_, random) => (random.chance(0.6) ? 0 : random.between(1, 15)) },
  {
    name: 'on events',
    count: 3,
    rows: (_, random) => (random.chance(0.3) ? scattered(5000, 0.8, random) : undefined),
  },
];

const troubled: readonly Trouble[] = ['no rows', 'no sync', 'few rows', 'many rows', 'failed'];

/** @param troubles of each kind, in the last 80 days, on integrations that bring rows every day. */
export function volumeFleet(
  seed: number,
  now: number,
  troubles: number,
): { readonly lake: ModelLake; readonly injected: readonly Injected[] } {
  const random = new Random(seed);
  const ids = kinds.flatMap((kind) =>
    Array.from({ length: kind.count }, (_, index) => ({ kind, id: `${kind.name} ${index}` })),
  );
  const daily = ids.filter(({ kind }) => ['steady', 'by weekday', 'scattered'].includes(kind.name));
  const drawn = troubled.flatMap((trouble): Injected[] =>
    Array.from({ length: troubles }, () => ({
      ...{ id: random.pick(daily).id, trouble },
      dt: dtOf(now - random.between(3, 80) * dayMs),
    })),
  );
  // One a day: the first that was drawn.
  const injected: Injected[] = [
    ...new Map(drawn.toReversed().map((each) => [`${each.id} ${each.dt}`, each])).values(),
  ];
  const syncs = ids.flatMap(({ kind, id }) => daysOf(kind, id, now, random, injected));
  return {
    injected,
    lake: lakeOf({
      syncs,
      integrations: ids.map(({ id }) => integration({ id, name: id })),
      standing: ids.map(({ id }) => standing({ id, state: 'healthy', asOf: now })),
      coverage: ids.map(({ id }) => coverage({ id, from: now - 201 * dayMs, to: now })),
    }),
  };
}

function daysOf(kind: Kind, id: string, now: number, random: Random, injected: readonly Injected[]): Sync[] {
  const syncs: Sync[] = [];
  const midnight = Math.floor(now / dayMs) * dayMs;
  for (let day = midnight - 200 * dayMs; day < midnight; day += dayMs) {
    const rows = kind.rows(new Date(day), random);
    const trouble = injected.find((each) => each.id === id && each.dt === dtOf(day))?.trouble;
    if (rows === undefined || trouble === 'no sync') continue;
    const factor = { 'no rows': 0, 'few rows': 0.1, 'many rows': 5 }[String(trouble)] ?? 1;
    const made = sync({ id, start: day + 3 * hourMs, synced: BigInt(Math.round(rows * factor)) });
    syncs.push(trouble === 'failed' ? { ...made, status: 'error', synced: 0n } : made);
  }
  return syncs;
}
