/** An integration: its year, its rows, how long its syncs took, and the figures behind that. */
import { calendar } from '../charts/calendar.ts';
import { panel } from '../charts/draw.ts';
import { durations, unitOf } from '../charts/durations.ts';
import { swatchOfSync } from '../charts/swatch.ts';
import { spanned } from '../charts/time-axis.ts';
import { twoCounts } from '../charts/two-counts.ts';
import type { IntegrationFigures } from '../figures/figures.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { cut, isLong, nameOf, wholeName } from '../markup/name.ts';
import { timeOf } from '../markup/time.ts';
import { dayTable } from './day-table.ts';
import { standingBadge } from './standing-badge.ts';

export function integrationSection({ standing, days }: IntegrationFigures, anchor: string): Markup {
  const { integration_name, integration_type, integration_id, verdict } = standing;
  const name = cut(integration_name, 40);
  const table = `${anchor}-days`;
  return html`<details class="integration" data-state="${standing.standing}" data-newest="${standing.last_start}"><summary><h4 id="${anchor}-name">${nameOf(integration_name)} ${standingBadge(standing)}</h4> <span class="aside">${lastSync(standing)}</span></summary>
<article id="${anchor}" aria-labelledby="${anchor}-name">
<p class="aside">${integration_type !== null && html`${nameOf(integration_type)} · `}<bdi>${cut(verdict ?? 'No run has read it yet.', 300)}</bdi> · id <bdi>${cut(integration_id, 100)}</bdi></p>
${isLong(integration_name) && html`<details><summary>Its whole name</summary><p class="whole">${wholeName(integration_name)}</p></details>`}
<div class="panels">
${panel('Days by worst status', table, calendar(days, `Days of ${name} by worst status`))}
${charts({ standing, days }, table, name)}
</div>
${dayTable(days, table, `Figures of ${name} by day`)}
</article></details>
`;
}

function lastSync({ last_start, last_status }: IntegrationFigures['standing']): Content {
  if (last_start === null) return false;
  const status = last_status ?? 'no status';
  return html`${swatchOfSync(status)} ${nameOf(status)} ${timeOf(last_start)}`;
}

/** They span the days on which there is anything: two weeks of history are not squeezed into a corner of a year. */
function charts({ days }: IntegrationFigures, table: string, name: string): Content {
  const withSyncs = days.filter(({ syncs }) => syncs > 0n);
  const [first, last] = [withSyncs[0], days.at(-1)];
  if (!first || !last) return html`<p class="empty">No sync is known of these ${days.length} days.</p>`;
  const span = spanned(first.day, last.day, days[0]?.day ?? first.day);
  const rows = twoCounts(
    span,
    {
      label: `Rows synced by ${name}, by day`,
      className: 'brought',
      counts: withSyncs.map(({ day, rows_synced, score }) => ({ day, count: rows_synced, score })),
    },
    {
      label: `Rows of ${name} that Braze refused, by day`,
      className: 'refused',
      counts: withSyncs.map(({ day, rows_failed }) => ({ day, count: rows_failed })),
    },
  );
  const isCounted = withSyncs.some(
    ({ rows_synced, rows_failed }) => (rows_synced ?? 0n) > 0n || (rows_failed ?? 0n) > 0n,
  );
  const isTimed = withSyncs.some(({ median_seconds }) => median_seconds !== null);
  return [
    isCounted
      ? panel('Rows synced, and below them rows refused', table, rows)
      : html`<p class="empty">None of its syncs brought rows, nor refused any.</p>`,
    isTimed
      ? panel(
          `${unitOf(withSyncs).word} a sync took: median to 95th percentile`,
          table,
          durations(span, withSyncs, `Duration of the syncs of ${name}, by day`),
        )
      : html`<p class="empty">None of its syncs told when it finished.</p>`,
  ];
}
