/** The figures behind an integration's charts: a day a row, newest first; days without syncs in a row are one. */
import { isUnusual } from '../charts/durations.ts';
import { statusLooks } from '../charts/status-look.ts';
import type { Day } from '../figures/day.ts';
import { countOf } from '../markup/figure.ts';
import { type Content, html, type Markup } from '../markup/html.ts';

const heads = [
  'Day, UTC',
  'Worst status',
  'Syncs',
  'Without success',
  'Rows synced',
  'Rows refused',
  'Median',
  '95 of 100 within',
  'Usual median',
  'Unusual',
];

/** @param id which the charts name as their details. */
export function dayTable(days: readonly Day[], id: string, label: string): Markup {
  return html`<details id="${id}"><summary>The figures of these charts, by day</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table class="figures"><thead><tr>${heads.map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>
${runsOf(days).map(rowOf)}</tbody></table></div></details>`;
}

interface Run {
  readonly newest: Day;
  oldest: Day;
}

function runsOf(days: readonly Day[]): Run[] {
  const runs: Run[] = [];
  for (const day of days.toReversed()) {
    const last = runs.at(-1);
    if (last && day.syncs === 0n && last.oldest.status === day.status) last.oldest = day;
    else runs.push({ newest: day, oldest: day });
  }
  return runs;
}

/**
 * Without end tags, and without a scope, which HTML knows by itself where a whole column is headers: a year of fifty
 * integrations has eighteen thousand of these rows.
 */
function rowOf({ newest, oldest }: Run): Markup {
  const { word } = statusLooks[newest.status];
  if (newest.syncs === 0n) {
    const days = newest === oldest ? newest.day : `${oldest.day} to ${newest.day}`;
    return html`<tr><th>${days}<td>${word}<td colspan=8>
`;
  }
  const cells: Content[] = [
    word,
    countOf(newest.syncs),
    countOf(newest.without_success),
    countIn(newest.rows_synced),
    countIn(newest.rows_failed),
    secondsIn(newest.median_seconds),
    secondsIn(newest.p95_seconds),
    newest.usual_from !== null && newest.usual_to !== null
      ? `${secondsIn(newest.usual_from)}–${secondsIn(newest.usual_to)}`
      : '',
  ];
  const unusual = unusualOf(newest);
  if (unusual) cells.push(unusual);
  return html`<tr><th>${newest.day}${cells.map((cell) => html`<td>${cell}`)}
`;
}

const countIn = (count: bigint | null): string => (count === null ? '' : countOf(count));

const secondsIn = (seconds: number | null): string =>
  seconds === null ? '' : seconds.toLocaleString('en', { maximumFractionDigits: 0 });

function unusualOf(day: Day): string {
  const rows = day.score === null ? [] : [day.score > 0 ? 'many rows' : 'few rows'];
  if (!isUnusual(day)) return rows.join(', ');
  const isSlow = (day.median_seconds ?? 0) > (day.usual_to ?? 0);
  return [...rows, isSlow ? 'slow' : 'fast'].join(', ');
}
