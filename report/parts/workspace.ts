import { statuses, statusLooks } from '../charts/status-look.ts';
import { swatch } from '../charts/swatch.ts';
import type { WorkspaceFigures } from '../figures/figures.ts';
import { daysBefore } from '../figures/moment.ts';
import { countOf } from '../markup/figure.ts';
import { type Content, html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';
import { coverage } from './coverage.ts';
import { freshness } from './freshness.ts';
import { incidents } from './incidents.ts';
import { integrationSection } from './integration.ts';
import type { Place } from './place.ts';
import { search } from './search.ts';
import { stateOf } from './state-line.ts';
import { totals } from './totals.ts';
import { chooseWindow, withinClass } from './window.ts';

/** The days that the report shows. */
export interface ShownDays {
  readonly lastDay: string;
  readonly days: number;
}

export function workspaceSection(place: Place, { lastDay, days }: ShownDays, isOnly: boolean): Markup {
  const { anchor, figures } = place;
  const { tone, sentence } = stateOf(figures);
  const { integrations } = figures;
  const classOf = (day: string): string => withinClass(day, days, (count) => daysBefore(lastDay, count));
  const part = (name: string, title: Content, content: Markup, isOpen = false): Markup =>
    html`<section aria-labelledby="${anchor}-${name}"><details class="part"${isOpen && html` open`}><summary><h3 id="${anchor}-${name}">${title}</h3></summary>
${content}
</details></section>
`;
  return html`<section class="workspace" id="${anchor}" aria-labelledby="${anchor}-name">
<h2 id="${anchor}-name"><span class="kind">Workspace</span> ${nameOf(figures.workspace)}</h2>
${!isOnly && html`<p class="${tone}-line"><span class="dot ${tone}"></span> ${sentence}</p>`}
${chooseWindow(anchor, days)}
${part('totals-name', 'In numbers', totals(place, lastDay, days))}
${
  integrations.length > 0 && [
    part('incidents', 'Incidents', incidents(place, classOf)),
    part('freshness', 'Freshness', freshness(place)),
    part('coverage', 'Coverage', coverage(place)),
    part(
      'days',
      html`Integrations <span class="kind">${countOf(integrations.length)}, open any</span>`,
      html`${search(anchor, figures)}<div class="list">
${integrations.map((integration, index) => integrationSection(integration, `${anchor}-i${index + 1}`))}</div>
<details><summary>What the calendars and charts mean</summary>${statusKey(figures)}${chartKey}</details>`,
      true,
    ),
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
