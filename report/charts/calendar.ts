/** The days of an integration by their worst status: weeks from left to right, in half years. */
import { axisY, type Markish, text } from '@observablehq/plot';
import type { Day } from '../figures/day.ts';
import { plural } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { dateOf } from '../markup/time.ts';
import { daySquares, pitch, type Square } from './day-squares.ts';
import { draw } from './draw.ts';
import { statuses, statusLooks } from './status-look.ts';

/** Two of them hold a year, on whichever weekday it begins. */
const weeksABlock = 27;
const margins = { marginLeft: 22, marginRight: 2, marginTop: 17, marginBottom: 2 };

/** A block for each half year, the newest last: side by side or one below the other, as there is room. */
export function calendar(days: readonly Day[], label: string): Markup {
  const weeks = [...Map.groupBy(days.map(placed), ({ week }) => week).values()];
  const blocks: PlacedDay[][] = [];
  for (let end = weeks.length; end > 0; end -= weeksABlock)
    blocks.unshift(weeks.slice(Math.max(0, end - weeksABlock), end).flat());
  return html`${blocks.map((block) => drawn(block, label))}`;
}

interface PlacedDay {
  readonly day: Day;
  readonly date: Date;
  /** Counted from the Monday before 1970. */
  readonly week: number;
  /** 0 is Monday. */
  readonly weekday: number;
}

function placed(day: Day): PlacedDay {
  const date = new Date(`${day.day}T00:00:00Z`);
  const sinceMonday = date.getTime() / 86_400_000 + 3;
  return { day, date, week: Math.floor(sinceMonday / 7), weekday: sinceMonday % 7 };
}

function drawn(block: readonly PlacedDay[], label: string): Markup {
  const [first, last] = [block[0], block.at(-1)];
  if (!first || !last) return html``;
  const weeks = Array.from({ length: last.week - first.week + 1 }, (_, index) => first.week + index);
  return draw(`${label}, ${first.day.day} to ${last.day.day}`, {
    ...margins,
    width: margins.marginLeft + margins.marginRight + pitch * weeks.length,
    height: margins.marginTop + margins.marginBottom + pitch * 7,
    x: { type: 'band', domain: weeks, padding: 0, axis: null },
    y: { type: 'band', domain: [0, 1, 2, 3, 4, 5, 6], padding: 0, axis: null },
    marks: [
      axisY({ ticks: [0, 2, 4], tickSize: 0, tickFormat: weekdayLetter, label: null }),
      monthNames(block),
      ...statuses.flatMap((status) => {
        const days = block.filter(({ day }) => day.status === status);
        return days.length > 0 ? [daySquares(status, days.map(squareOf))] : [];
      }),
    ],
  });
}

const weekdayLetter = (weekday: number): string => 'MTWTFSS'[weekday] ?? '';

/** Above the week in which a month begins, where there is room for it. */
function monthNames(block: readonly PlacedDay[]): Markish {
  const firsts = block.filter(({ date }) => date.getUTCDate() === 1);
  return text(firsts, {
    x: 'week',
    frameAnchor: 'top',
    dy: -11,
    text: ({ date }: PlacedDay) => date.toLocaleDateString('en', { month: 'short', timeZone: 'UTC' }),
  });
}

const squareOf = ({ day, week, weekday }: PlacedDay): Square => ({
  column: week,
  row: weekday,
  title: day.status === 'before' ? undefined : dayTitle(day),
});

/** What the pointer is told of a day; its worst status stands there as a sign. */
function dayTitle({ day, status, syncs, without_success }: Day): string {
  const date = dateOf(day).slice(0, -5);
  if (syncs === 0n) return `${date}: ${statusLooks[status].word}`;
  if (status === 'success') return `${date}: ${plural(Number(syncs), 'sync')}`;
  if (status === 'open') return `${date}: ${plural(Number(syncs), 'sync')} so far`;
  return `${date}: ${without_success} of ${syncs} failed`;
}
