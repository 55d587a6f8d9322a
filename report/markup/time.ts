/** Times and spans for people. The page's script adds the reader's own time to each `<time>`. */
import { html, type Markup } from './html.ts';

/** @param text as in the lake, UTC: `yyyy-MM-dd HH:mm:ss.SSS`. @param zone said where a time stands alone. */
export function timeOf(text: string | null, zone = ''): Markup {
  if (text === null) return html`<span class="none">none</span>`;
  return html`<time datetime="${text.replace(' ', 'T')}Z">${text.slice(0, 16)}${zone}</time>`;
}

/** `2 d 4 h`, in two units at the most. */
export function spanOf(minutes: number): string {
  const whole = Math.round(minutes);
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  const [days, hours, rest] = [Math.floor(whole / 1440), Math.floor((whole % 1440) / 60), whole % 60];
  if (days > 0) return joined(days, 'd', hours, 'h');
  return hours > 0 ? joined(hours, 'h', rest, 'min') : `${rest} min`;
}

const joined = (large: number, unit: string, small: number, smaller: string): string =>
  `${large.toLocaleString('en')} ${unit}${small > 0 ? ` ${small} ${smaller}` : ''}`;

/** `5 Nov 2026` */
export function dateOf(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}
