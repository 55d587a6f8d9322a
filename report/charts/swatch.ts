/** A day of the calendar, as a sign beside a word. */
import type { DayStatus } from '../figures/day.ts';
import { html, type Markup } from '../markup/html.ts';
import { daySquares, pitch } from './day-squares.ts';
import { svgOf } from './draw.ts';

const drawn = new Map<DayStatus, Markup>();

export function swatch(status: DayStatus): Markup {
  const known = drawn.get(status);
  if (known) return known;
  const svg = svgOf({
    width: pitch,
    height: pitch,
    margin: 0,
    x: { type: 'band', domain: [0], padding: 0, axis: null },
    y: { type: 'band', domain: [0], padding: 0, axis: null },
    marks: [daySquares(status, [{ column: 0, row: 0, title: undefined }])],
  });
  const swatched = html`<span class="swatch" aria-hidden="true">${svg}</span>`;
  drawn.set(status, swatched);
  return swatched;
}

/** @param jobStatus as Braze gave it: an open set. */
export function swatchOfSync(jobStatus: string): Markup {
  const status: Readonly<Record<string, DayStatus>> = {
    success: 'success',
    partial: 'partial',
    error: 'error',
    config_error: 'config_error',
    running: 'open',
  };
  return swatch((Object.hasOwn(status, jobStatus) ? status[jobStatus] : undefined) ?? 'other');
}
