import type { Standing } from '../figures/standing.ts';
import { html, type Markup } from '../markup/html.ts';

/** The word says it; the colour only repeats it. */
export function standingBadge(standing: Standing): Markup {
  return html`<span class="badge ${standing.standing}">${standingWord(standing)}</span>`;
}

function standingWord({ standing, listed, integration_status, last_start }: Standing): string {
  if (standing === 'failing') return 'no success';
  if (standing === 'unread') return 'not read';
  if (standing === 'partly_read') return 'partly read';
  if (standing !== 'resting') return standing;
  if (listed === false) return 'gone';
  if (integration_status?.toLowerCase() === 'paused') return 'paused';
  return last_start === null ? 'no sync yet' : 'gone';
}
