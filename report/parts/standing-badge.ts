import type { Standing, StandingState } from '../figures/standing.ts';
import { html, type Markup } from '../markup/html.ts';

/** The word says it; the colour only repeats it. */
export function standingBadge({ standing }: Standing): Markup {
  return html`<span class="badge ${standing}">${words[standing]}</span>`;
}

const atRisk = 'history at risk';
export const gapBadge = html`<span class="badge gap_at_risk">${atRisk}</span>`;

export const badgeWordsOf = (state: StandingState | 'gap_at_risk'): string =>
  state === 'gap_at_risk' ? atRisk : words[state];

export const words: Readonly<Record<StandingState, string>> = {
  failing: 'no success',
  stuck: 'stuck',
  late: 'late',
  unread: 'not read',
  refusing: 'rows refused',
  suspect: 'success in doubt',
  partly_read: 'partly read',
  healthy: 'well',
  resting: 'at rest',
  new: 'without a sync yet',
  paused: 'paused',
  gone: 'gone',
};
