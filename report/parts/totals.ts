/** A workspace in numbers, and over time. */
import { panel } from '../charts/draw.ts';
import { spanned } from '../charts/time-axis.ts';
import { type CountChart, twoCounts } from '../charts/two-counts.ts';
import type { WorkspaceFigures } from '../figures/figures.ts';
import type { Total } from '../figures/total.ts';
import { countOf, figureOf } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import type { Place } from './place.ts';

export function totals({ anchor, figures }: Place, lastDay: string): Markup {
  const { whole, integrations, quarantined, days } = figures;
  const [first] = days;
  return html`<dl class="totals">
${number('Integrations', figureOf('integrations', integrations.length))}
${number('Syncs', figureOf('syncs', whole?.syncs ?? 0n))}
${number('Without data', figureOf('without_success', whole?.without_success ?? 0n))}
${number('Rows synced', figureOf('rows_synced', whole?.rows_synced ?? null))}
${number('Rows refused', figureOf('rows_failed', whole?.rows_failed ?? null))}
${quarantined > 0n && number('Rows that could not be placed', figureOf('quarantined', quarantined))}
</dl>
${first && charts(`${anchor}-totals`, days, spanned(first.dt, lastDay))}`;
}

const number = (term: string, value: Markup): Markup => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;

function charts(table: string, days: WorkspaceFigures['days'], span: [Date, Date]): Markup {
  const chart = (
    className: CountChart['className'],
    count: keyof Total &
      ('rows_synced' | 'rows_failed' | 'syncs' | 'without_success' | 'integrations' | 'failing_integrations'),
    label: string,
  ): CountChart => ({ label, className, counts: days.map((day) => ({ day: day.dt, count: day[count] })) });
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
<details id="${table}"><summary>The figures of these charts, by day</summary>
<div class="scroll" role="region" tabindex="0" aria-label="Figures of all integrations by day"><table class="figures"><thead><tr><th scope="col">Day, UTC<th scope="col">Syncs<th scope="col">Without success<th scope="col">Rows synced<th scope="col">Rows refused<th scope="col">Integrations<th scope="col">With a failure</tr></thead><tbody>
${days.toReversed().map(
  (day) => html`<tr><th>${day.dt}<td>${countOf(day.syncs)}<td>${countOf(day.without_success)}<td>${
    day.rows_synced !== null && countOf(day.rows_synced)
  }<td>${day.rows_failed !== null && countOf(day.rows_failed)}<td>${countOf(day.integrations)}<td>${countOf(day.failing_integrations)}
`,
)}</tbody></table></div></details>`;
}
