/** Observable Plot without a browser: an SVG as text, which takes its colours from the page's style sheet. */
import { type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { html, Markup } from '../markup/html.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Wide enough for a phone without shrinking much, narrow enough for three beside one another on a screen. */
const chartWidth = 352;

/** @param label what a screen reader says in place of the picture. */
export function draw(label: string, options: PlotOptions): Markup {
  return html`<div class="plot" role="img" aria-label="${label}">${svgOf(options)}</div>`;
}

/** A chart under its title. @param table the id of what holds its figures. */
export const panel = (title: string, table: string, chart: Markup): Markup =>
  html`<figure aria-details="${table}"><figcaption>${title}</figcaption>${chart}</figure>`;

/** Only fixed texts, dates and numbers may go into `options`: what it draws does not go through `html`. */
export function svgOf(options: PlotOptions): Markup {
  const svg = plot({ width: chartWidth, ...options, document: document as never });
  // The page allows no style but its own, see the Content-Security-Policy.
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const name of ['font-family', 'font-size', 'class', 'fill']) svg.removeAttribute(name);
  // What it shows is said by its label, and by the table behind it.
  return new Markup(compact(svg.outerHTML).replace('<svg', '<svg aria-hidden="true"'));
}

/** A tenth of a pixel is as exact as a screen; and what only names the parts of a picture is not read out. */
function compact(svg: string): string {
  return svg
    .replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/ aria-(label|hidden|description)="[^"]*"/g, '')
    .replace(/ font-variant="tabular-nums"/g, '')
    .replace(/"><\/(rect|path|line)>/g, '"/>')
    .replace(/ \/>/g, '/>');
}
