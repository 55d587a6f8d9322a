/** What is late, and by how much. */
import { swatchOfSync } from '../charts/swatch.ts';
import type { Standing } from '../figures/standing.ts';
import { figureOf } from '../markup/figure.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';
import { spanOf, timeOf } from '../markup/time.ts';
import { linkTo, type Place } from './place.ts';
import { standingBadge } from './standing-badge.ts';
import { type Column, table } from './table.ts';

export function freshness(place: Place): Markup {
  const columns: Column<Standing>[] = [
    {
      head: 'Integration',
      cell: (row) => html`${linkTo(place, row)} ${standingBadge(row)}`,
    },
    { head: 'Newest sync', cell: newestSync },
    { head: 'Newest success', cell: ({ last_success }) => timeOf(last_success) },
    {
      head: 'Usually every',
      cell: ({ usual_minutes }) => (usual_minutes === null ? dash : spanOf(usual_minutes)),
    },
    { head: 'Late by', cell: lateness },
  ];
  return html`<p class="explained">Late is judged at the time when an exporter last looked: by the schedule where Braze tells one, else by habit.</p>
${table(
  'Freshness of each integration',
  columns,
  place.figures.integrations.map(({ standing }) => standing),
)}`;
}

const dash = html`<span class="none">–</span>`;

function newestSync({ last_start, last_status }: Standing): Content {
  if (last_start === null) return html`<span class="none">no sync yet</span>`;
  const status = last_status ?? 'no status';
  return html`<span class="status">${swatchOfSync(status)} ${nameOf(status)}</span> ${timeOf(last_start)}`;
}

function lateness({ integration_id, late, minutes_late, expected_by, as_of }: Standing): Content {
  if (expected_by === null && as_of !== null) return html`<span class="none">nothing expected</span>`;
  if (late === null || minutes_late === null || expected_by === null)
    return html`<span class="none">not known</span>`;
  if (!late) return html`<span class="fine">on time</span>`;
  const span = figureOf(`minutes_late ${integration_id}`, minutes_late, spanOf(minutes_late));
  return html`<strong class="late">${span}</strong> <span class="aside">expected by ${timeOf(expected_by)}</span>`;
}
