/** Two counts a day, each on its own scale: of a thousand rows one is refused, and would not be seen beside them. */
import { dot, gridY, type Markish, ruleX, ruleY } from '@observablehq/plot';
import { html, type Markup } from '../markup/html.ts';
import { type Bar, dayBars } from './day-bars.ts';
import { draw } from './draw.ts';
import { dateOfDay } from './time-axis.ts';

export interface Count {
  readonly day: string;
  readonly count: bigint | null;
  /** Of an unusual day: below 0 for too little. */
  readonly score?: number | null;
}

export interface CountChart {
  readonly label: string;
  readonly className: 'brought' | 'refused';
  readonly counts: readonly Count[];
  /** Days on which the history of one that is counted begins. */
  readonly begun?: readonly string[];
}

/** @param span from when to when. */
export function twoCounts(span: [Date, Date], above: CountChart, below: CountChart): Markup {
  return html`${drawn(span, above, 116, false)}${drawn(span, below, 88, true)}`;
}

function drawn(
  span: [Date, Date],
  { label, className, counts, begun = [] }: CountChart,
  height: number,
  isLast: boolean,
): Markup {
  const bars = counts.flatMap(({ day, count }): Bar[] =>
    count === null || count <= 0n ? [] : [{ date: dateOfDay(day), from: 0, to: Number(count) }],
  );
  const highest = Math.max(1, ...bars.map(({ to }) => to));
  return draw(label, {
    height,
    marginLeft: 38,
    marginRight: 4,
    marginTop: 8,
    marginBottom: isLast ? 30 : 6,
    x: { type: 'utc', domain: span, label: null, ticks: isLast ? 5 : [], tickSize: isLast ? 4 : 0 },
    y: {
      domain: [0, highest],
      nice: true,
      ticks: isLast ? 2 : 3,
      tickFormat: briefCount,
      label: null,
      tickSize: 0,
    },
    marks: [
      gridY({ ticks: isLast ? 2 : 3 }),
      dayBars(bars, `bars ${className}`, 0.82),
      ruleY([0], { className: 'base' }),
      ruleX([...new Set(begun)].map(dateOfDay), { className: 'begun' }),
      ...unusual(counts),
    ],
  });
}

/** 1.5k, 20M; small counts as they are, and nothing between two of them. */
function briefCount(count: number): string {
  if (!Number.isInteger(count) && Math.abs(count) < 1000) return '';
  return count.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 3 }).toLowerCase();
}

/** Above the bar, pointing the way in which the day differs. */
function unusual(counts: readonly Count[]): Markish[] {
  const odd = counts.filter(({ score }) => typeof score === 'number');
  return [1, -1].map((sign) =>
    dot(
      odd.filter(({ score }) => Math.sign(score ?? 0) === sign),
      {
        x: ({ day }: Count) => new Date(dateOfDay(day).getTime() + 43_200_000),
        y: ({ count }: Count) => Number(count),
        className: 'unusual',
        symbol: 'triangle',
        rotate: sign > 0 ? 0 : 180,
        dy: -4,
        r: 2.5,
      },
    ),
  );
}
