import { statuses, statusLooks } from '../charts/status-look.ts';
import { swatch } from '../charts/swatch.ts';
import type { WorkspaceFigures } from '../figures/figures.ts';
import { html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';
import { coverage } from './coverage.ts';
import { freshness } from './freshness.ts';
import { incidents } from './incidents.ts';
import { integrationSection } from './integration.ts';
import type { Place } from './place.ts';
import { stateOf } from './state-line.ts';
import { totals } from './totals.ts';

export function workspaceSection(place: Place, lastDay: string): Markup {
  const { anchor, figures } = place;
  const { tone, sentence } = stateOf(figures);
  const part = (name: string, title: string, content: Markup): Markup =>
    html`<section aria-labelledby="${anchor}-${name}"><h3 id="${anchor}-${name}">${title}</h3>
${content}
</section>
`;
  return html`<section class="workspace" id="${anchor}" aria-labelledby="${anchor}-name">
<h2 id="${anchor}-name"><span class="kind">Workspace</span> ${nameOf(figures.workspace)}</h2>
<p class="state ${tone}">${sentence}</p>
${part('totals-name', 'In numbers', totals(place, lastDay))}
${
  figures.integrations.length > 0 && [
    part('freshness', 'Freshness', freshness(place)),
    part('incidents', 'Incidents', incidents(place)),
    part(
      'days',
      'Day by day',
      html`${statusKey(figures)}${chartKey}${figures.integrations.map((integration, index) => integrationSection(integration, `${anchor}-i${index + 1}`))}`,
    ),
    part('coverage', 'Coverage', coverage(place)),
  ]
}
</section>
`;
}

/** What the squares of the calendars mean: of those that occur, the worst first. */
function statusKey({ integrations }: WorkspaceFigures): Markup {
  const occurring = new Set(integrations.flatMap(({ days }) => days.map(({ status }) => status)));
  return html`<ul class="key" aria-label="What the days of the calendars mean">${statuses
    .filter((status) => occurring.has(status))
    .map((status) => {
      const { word, meaning } = statusLooks[status];
      return html`<li>${swatch(status)} <b>${word}</b> ${meaning}</li>`;
    })}</ul>`;
}

const chartKey = html`<p class="explained">Days are UTC days; pointed at, a day tells how many of its syncs failed. A triangle marks a day with far more or far fewer rows than usual. The shade behind durations is the usual: nine in ten medians of the 28 days with syncs before. A ring marks a median outside of it.</p>`;
