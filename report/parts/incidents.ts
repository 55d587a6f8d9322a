/** Streaks of syncs that brought no data: open ones first, then by date. */
import type { Incident } from '../figures/incident.ts';
import { figureOf, plural } from '../markup/figure.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';
import { spanOf, timeOf } from '../markup/time.ts';
import { linkTo, type Place } from './place.ts';
import { table } from './table.ts';

/** @param classOf tells in which of the windows a day is. */
export function incidents(place: Place, classOf: (day: string) => string): Markup {
  const { incidents: all } = place.figures;
  if (all.length === 0) return html`<p>None in the last 45 days.</p>`;
  const open = all.filter(({ still_open }) => still_open);
  const shown = all.length - open.length;
  const ended = all[0]?.ended ?? 0n;
  const rest =
    BigInt(shown) < ended
      ? html`; of ${figureOf('ended_incidents', ended)} that are over, the ${shown} newest are listed`
      : html`; ${figureOf('ended_incidents', ended)} ${ended === 1n ? 'is' : 'are'} over`;
  return html`<p class="explained">An incident is a streak of syncs that brought no data; those that are over are of the last 45 days. ${figureOf('open_incidents', open.length)} ${
    open.length === 1 ? 'is' : 'are'
  } open${rest}. Open ones stand first, then the newest.</p>
${table('Incidents', columnsOf(place), all, ({ still_open, ended_at }) => (still_open ? 'within-0' : classOf(ended_at.slice(0, 10))))}`;
}

const columnsOf = (place: Place) => [
  { head: 'Integration', cell: (row: Incident): Content => linkTo(place, row) },
  { head: 'Began', cell: ({ first_start }: Incident): Content => timeOf(first_start) },
  { head: 'Lasted', cell: lasted },
  {
    head: 'Syncs',
    cell: ({ syncs, statuses }: Incident): Content =>
      html`${plural(Number(syncs), 'sync')}${statuses === null ? '' : html`: ${nameOf(statuses)}`}`,
  },
  {
    head: 'Rows refused',
    kind: 'number' as const,
    cell: ({ rows_failed }: Incident): Content => figureOf('incident_rows_failed', rows_failed),
  },
];

function lasted({ minutes_without_data, still_open, ended_by }: Incident): Content {
  if (still_open || minutes_without_data === null) return html`<span class="badge failing">still open</span>`;
  return ended_by === 'success'
    ? spanOf(minutes_without_data)
    : html`${spanOf(minutes_without_data)}, then ${ended_by}`;
}
