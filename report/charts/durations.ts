/** How long syncs took: the median of each day, up to the 95th percentile, over the band of the days before. */
import { areaY, gridY, ruleY } from '@observablehq/plot';
import type { Day } from '../figures/day.ts';
import type { Markup } from '../markup/html.ts';
import { dayBars, dayPoints } from './day-bars.ts';
import { draw } from './draw.ts';
import { dateOfDay } from './time-axis.ts';

export interface TimeUnit {
  readonly word: string;
  readonly seconds: number;
}

const units: readonly TimeUnit[] = [
  { word: 'Hours', seconds: 3600 },
  { word: 'Minutes', seconds: 60 },
  { word: 'Seconds', seconds: 1 },
];

/** The largest in which the longest day is not below 2. */
export function unitOf(days: readonly Day[]): TimeUnit {
  const longest = Math.max(0, ...days.map(({ p95_seconds }) => p95_seconds ?? 0));
  return units.find(({ seconds }) => longest >= 2 * seconds) ?? { word: 'Seconds', seconds: 1 };
}

export const isUnusual = ({ median_seconds, usual_from, usual_to }: Day): boolean =>
  median_seconds !== null &&
  usual_from !== null &&
  usual_to !== null &&
  (median_seconds < usual_from || median_seconds > usual_to);

export function durations(span: [Date, Date], days: readonly Day[], label: string): Markup {
  const { seconds } = unitOf(days);
  const measured = days.flatMap(({ median_seconds, p95_seconds, ...day }) =>
    median_seconds === null
      ? []
      : [{ ...day, median_seconds, p95_seconds, date: dateOfDay(day.day), at: median_seconds / seconds }],
  );
  const highest = Math.max(
    1,
    ...measured.map(({ p95_seconds, at }) => Math.max(at, (p95_seconds ?? 0) / seconds)),
  );
  const ticks = 4;
  return draw(label, {
    height: 204,
    marginLeft: 38,
    marginRight: 4,
    marginTop: 8,
    marginBottom: 30,
    x: { type: 'utc', domain: span, label: null, ticks: 5, tickSize: 4 },
    y: {
      domain: [0, highest],
      nice: true,
      ticks,
      label: null,
      tickSize: 0,
      tickFormat: (value: number) => value.toLocaleString('en'),
    },
    marks: [
      gridY({ ticks }),
      areaY(measured.filter(turns), {
        x: ({ date }: { date: Date }) => new Date(date.getTime() + 43_200_000),
        y1: ({ usual_from }: Day) => (usual_from === null ? null : usual_from / seconds),
        y2: ({ usual_to }: Day) => (usual_to === null ? null : usual_to / seconds),
        className: 'usual',
      }),
      dayBars(
        measured.map(({ date, at, p95_seconds }) => ({
          date,
          from: at,
          to: Math.max(at, (p95_seconds ?? 0) / seconds),
        })),
        'bars upper',
        0.25,
      ),
      dayPoints(
        measured.filter((day) => !isUnusual(day)),
        'points median',
        0.45,
      ),
      dayPoints(measured.filter(isUnusual), 'points odd', 0.7),
      dayPoints(measured.filter(isUnusual), 'points odd-core', 0.35),
      ruleY([0], { className: 'base' }),
    ],
  });
}

/** Where the band goes straight on, the days between say nothing. */
function turns(day: Day, index: number, days: readonly Day[]): boolean {
  const isLike = (other: Day | undefined): boolean =>
    other !== undefined && other.usual_from === day.usual_from && other.usual_to === day.usual_to;
  return !isLike(days[index - 1]) || !isLike(days[index + 1]);
}
