/** What the squares of the calendars mean. */
import { statuses, statusLooks } from '../charts/status-look.ts';
import { swatch } from '../charts/swatch.ts';
import type { WorkspaceFigures } from '../figures/figures.ts';
import { html, type Markup } from '../markup/html.ts';

/** Those that occur, the worst first. */
export function statusKey({ integrations }: WorkspaceFigures): Markup {
  const occurring = new Set(integrations.flatMap(({ days }) => days.map(({ status }) => status)));
  return html`<ul class="key" aria-label="What the days of the calendars mean">${statuses
    .filter((status) => occurring.has(status))
    .map((status) => {
      const { word, meaning } = statusLooks[status];
      return html`<li>${swatch(status)} <b>${word}</b> ${meaning}</li>`;
    })}</ul>`;
}
