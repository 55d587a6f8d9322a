/** From when to when the history is whole, and what is missing. */
import type { Standing } from '../figures/standing.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { wholeName } from '../markup/name.ts';
import { timeOf } from '../markup/time.ts';
import { linkTo, type Place } from './place.ts';
import { table } from './table.ts';

export function coverage(place: Place): Markup {
  return html`<p class="explained">Between these times no sync is missing: a day without one had none. Outside of them nothing is known, and the calendars say <em>not read yet</em>.</p>
${table(
  'Coverage of each integration',
  [
    { head: 'Integration', cell: (row: Standing): Content => linkTo(place, row) },
    { head: 'Whole from', cell: ({ trusted_from }: Standing): Content => timeOf(trusted_from) },
    { head: 'to', cell: ({ trusted_to }: Standing): Content => timeOf(trusted_to) },
    { head: 'In words', kind: 'prose' as const, cell: verdictOf },
  ],
  place.figures.integrations.map(({ standing }) => standing),
)}`;
}

const verdictOf = ({ verdict }: Standing): Content => wholeName(verdict ?? 'No run has read it yet.');
