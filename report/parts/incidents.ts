/** Streaks of syncs without success: open ones first, then by date; single partial syncs are folded away. */
import { type Incident, isSinglePartial } from '../figures/incident.ts';
import { figureOf, plural } from '../markup/figure.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';
import { spanOf, timeOf } from '../markup/time.ts';
import { linkTo, type Place } from './place.ts';
import { table } from './table.ts';

export interface IncidentWindow {
  /** Of a day: the class of the rows that began or ended then. */
  readonly classOf: (day: string) => string;
}

export function incidents(place: Place, { classOf }: IncidentWindow): Markup {
  const { incidents: all } = place.figures;
  if (all.length === 0) return html`<p>None: every streak of syncs ended in success.</p>`;
  const open = all.filter(({ still_open }) => still_open);
  const shown = all.length - open.length;
  const ended = all[0]?.ended ?? 0n;
  const rest =
    BigInt(shown) < ended
      ? html`; of ${figureOf('ended_incidents', ended)} that are over, the ${shown} newest are listed`
      : html`; ${figureOf('ended_incidents', ended)} ${ended === 1n ? 'is' : 'are'} over`;
  const single = all.filter(isSinglePartial);
  const others = all.filter((incident) => !isSinglePartial(incident));
  const rowClass = ({ still_open, next_success }: Incident): string =>
    still_open || next_success === null ? 'within-0' : classOf(next_success.slice(0, 10));
  return html`<p class="explained">An incident is a streak of syncs without success. ${figureOf('open_incidents', open.length)} ${
    open.length === 1 ? 'is' : 'are'
  } open${rest}. Open ones stand first; the others by date, the newest first.</p>
${others.length > 0 && table('Incidents', columnsOf(place), others, rowClass)}
${
  single.length > 0 &&
  html`<details><summary>${plural(single.length, 'single partial sync')}: some rows were refused, and the next sync was whole</summary>
${table('Single partial syncs', columnsOf(place), single, rowClass)}</details>`
}`;
}

const columnsOf = (place: Place) => [
  { head: 'Integration', cell: (row: Incident): Content => linkTo(place, row) },
  { head: 'Began', cell: ({ first_start }: Incident): Content => timeOf(first_start) },
  { head: 'Lasted', cell: lasted },
  {
    head: 'Syncs',
    cell: ({ syncs, statuses }: Incident): Content =>
      html`${plural(Number(syncs), 'sync')}: ${nameOf(statuses)}`,
  },
  {
    head: 'Rows refused',
    kind: 'number' as const,
    cell: ({ rows_failed }: Incident): Content => figureOf('incident_rows_failed', rows_failed),
  },
];

function lasted({ minutes_to_success, still_open }: Incident): Content {
  if (still_open || minutes_to_success === null) return html`<span class="badge failing">still open</span>`;
  return spanOf(minutes_to_success);
}
