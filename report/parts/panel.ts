import { html, type Markup } from '../markup/html.ts';

/** A chart under its title. @param table the id of what holds its figures. */
export const panel = (title: string, table: string, chart: Markup): Markup =>
  html`<figure aria-details="${table}"><figcaption>${title}</figcaption>${chart}</figure>`;
