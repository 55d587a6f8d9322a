/** A workspace in numbers, and over time: once for each window that can be chosen. */
import { panel } from '../charts/draw.ts';
import { spanOfDays } from '../charts/time-axis.ts';
import { type CountChart, twoCounts } from '../charts/two-counts.ts';
import type { WorkspaceFigures } from '../figures/figures.ts';
import { daysBefore } from '../figures/moment.ts';
import type { Total } from '../figures/total.ts';
import { countOf, figureOf, plural } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { cut } from '../markup/name.ts';
import { beginnings } from './beginnings.ts';
import type { Place } from './place.ts';
import { windowsOf } from './window.ts';

export function totals(place: Place, lastDay: string, days: number): Markup {
  return html`${windowsOf(days).map((each, index) => ofWindow(place, lastDay, each, index, each === days))}`;
}

function ofWindow(
  { anchor, figures }: Place,
  lastDay: string,
  length: number,
  index: number,
  isWhole: boolean,
): Markup {
  const firstDay = daysBefore(lastDay, length - 1);
  const days = figures.days.filter(({ dt }) => dt >= firstDay);
  const { integrations, quarantined } = figures;
  // A test compares the plain names with SQL; those of a smaller window say so.
  const named = (name: string): string => (isWhole ? name : `${name} ${length}`);
  const counted = (name: CountName): bigint | null =>
    isWhole && figures.whole ? figures.whole[name] : sumOf(days.map((day) => day[name]));
  return html`<div class="span span-${index}">
<dl class="totals">
${number('Integrations', figureOf(named('integrations'), integrations.length))}
${number('Syncs', figureOf(named('syncs'), counted('syncs') ?? 0n))}
${number('Without data', figureOf(named('without_success'), counted('without_success') ?? 0n))}
${number('Rows synced', figureOf(named('rows_synced'), counted('rows_synced')))}
${number('Rows refused', figureOf(named('rows_failed'), counted('rows_failed')))}
${quarantined > 0n && number('Rows that could not be placed', figureOf(named('quarantined'), quarantined))}
</dl>
${days.length > 0 && charts(`${anchor}-totals-${length}`, figures, days, [firstDay, lastDay])}</div>
`;
}

type CountName = 'syncs' | 'without_success' | 'rows_synced' | 'rows_failed';

function sumOf(counts: readonly (bigint | null)[]): bigint | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0n);
}

const number = (term: string, value: Markup): Markup => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;

function charts(
  table: string,
  { integrations }: WorkspaceFigures,
  days: WorkspaceFigures['days'],
  [firstDay, lastDay]: [string, string],
): Markup {
  const begun = beginnings(integrations, firstDay);
  const span = spanOfDays(firstDay, lastDay);
  const chart = (
    className: CountChart['className'],
    count: keyof Total & (CountName | 'integrations' | 'failing_integrations'),
    label: string,
  ): CountChart => ({
    label,
    className,
    counts: days.map((day) => ({ day: day.dt, count: day[count] })),
    begun: begun.map(({ day }) => day),
  });
  const pair = (title: string, above: CountChart, below: CountChart): Markup =>
    panel(title, table, twoCounts(span, above, below));
  return html`<div class="panels">
${pair(
  'Rows synced, and below them rows refused',
  chart('brought', 'rows_synced', 'Rows synced by all integrations, by day'),
  chart('refused', 'rows_failed', 'Rows that Braze refused, by day'),
)}
${pair(
  'Syncs, and below them those without data',
  chart('brought', 'syncs', 'Syncs of all integrations, by day'),
  chart('refused', 'without_success', 'Syncs without data, by day'),
)}
${pair(
  'Integrations, and below them those with failures',
  chart('brought', 'integrations', 'Integrations that synced, by day'),
  chart('refused', 'failing_integrations', 'Integrations with a failure, by day'),
)}
</div>
${
  begun.length > 0 &&
  html`<p class="explained">Dashed lines: there the known history of ${plural(begun.length, 'integration')} begins (${begun
    .slice(0, 3)
    .map(
      ({ name, day }, index) => html`${index > 0 && ', '}<bdi>${cut(name, 40)}</bdi> on ${day}`,
    )}${begun.length > 3 && html`, and ${begun.length - 3} more`}). Days before one do not hold all there was: a rise there is none.</p>`
}
<details id="${table}"><summary>The figures of these charts, by day</summary>
<div class="scroll" role="region" tabindex="0" aria-label="Figures of all integrations by day, from ${firstDay}"><table class="figures"><thead><tr><th scope="col">Day, UTC<th scope="col">Syncs<th scope="col">Without success<th scope="col">Rows synced<th scope="col">Rows refused<th scope="col">Integrations<th scope="col">With a failure</tr></thead><tbody>
${days.toReversed().map(
  (day) => html`<tr><th>${day.dt}<td>${countOf(day.syncs)}<td>${countOf(day.without_success)}<td>${
    day.rows_synced !== null && countOf(day.rows_synced)
  }<td>${day.rows_failed !== null && countOf(day.rows_failed)}<td>${countOf(day.integrations)}<td>${countOf(day.failing_integrations)}
`,
)}</tbody></table></div></details>`;
}
