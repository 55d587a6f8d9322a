/** Finds an integration among many. Without a script it is not there, and the list is whole. */
import type { WorkspaceFigures } from '../figures/figures.ts';
import type { StandingState } from '../figures/standing.ts';
import { countOf } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { words } from './standing-badge.ts';

export function search(anchor: string, { integrations }: WorkspaceFigures): Markup {
  if (integrations.length < 2) return html``;
  const states = [...Map.groupBy(integrations, ({ standing }) => standing.standing)];
  return html`<div class="search" role="search" aria-label="Integrations" hidden>
<label for="${anchor}-text">Search <input type="search" id="${anchor}-text" class="text" placeholder="name, type or id"></label>
<label for="${anchor}-state">State <select id="${anchor}-state" class="state-choice"><option value="">all</option>${states.map(
    ([state, those]) => optionOf(state, those.length),
  )}</select></label>
<label for="${anchor}-order">Sort <select id="${anchor}-order" class="order"><option value="">trouble first</option><option value="name">by name</option><option value="newest">newest sync first</option></select></label>
<span class="found" role="status"></span>
</div>
`;
}

const optionOf = (state: StandingState, count: number): Markup =>
  html`<option value="${state}">${words[state]} (${countOf(count)})</option>`;
