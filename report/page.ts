/** The whole page: one file, which loads nothing. */
import { createHash } from 'node:crypto';
import { version } from '../local/version.ts';
import { signMarkers } from './charts/status-look.ts';
import type { WorkspaceFigures } from './figures/figures.ts';
import { firstDay, type Moment, today } from './figures/moment.ts';
import { html, Markup } from './markup/html.ts';
import { nameOf } from './markup/name.ts';
import { dateOf, timeOf } from './markup/time.ts';
import { nowSection, runbookSection, troublesOf } from './parts/now.ts';
import { placeOf } from './parts/place.ts';
import { stateOf } from './parts/state-line.ts';
import { workspaceSection } from './parts/workspace.ts';
import { asset } from './texts.ts';

export interface PageOptions {
  /** Which lake it is, as a person calls it. */
  readonly source: string;
  /** Host of Braze's dashboard. */
  readonly dashboard?: string | undefined;
}

export function page(
  workspaces: readonly WorkspaceFigures[],
  moment: Moment,
  { source, dashboard }: PageOptions,
): string {
  const places = workspaces.map(placeOf);
  const troubles = troublesOf(places);
  const shown = { lastDay: today(moment), days: moment.days };
  const markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Sync history of Braze Cloud Data Ingestion, ${today(moment)}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
${drawings}
<header>
<h1>Sync history <span class="kind">Braze Cloud Data Ingestion</span></h1>
${moment.integrations && html`<p class="aside">Only of ${moment.integrations.map((id, index) => html`${index > 0 && ', '}${nameOf(id)}`)}.</p>`}
</header>
<main id="main" tabindex="-1">
${places.length === 0 ? nothing : nowSection(places, troubles, { now: moment.now, dashboard })}
${places.length > 1 && contents(places)}
${places.map((place) => workspaceSection(place, shown, places.length === 1))}
${runbookSection(troubles)}
</main>
<footer class="aside"><p>${dateOf(firstDay(moment))} to ${dateOf(today(moment))} · from ${nameOf(source)} · written ${timeOf(moment.now)}. Times are UTC.<span id="zone"></span></p>
<p>braze-cdi-sync-history ${version}. All figures are answers of its SQL views; <code>npm run query</code> asks them, too.</p></footer>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return markup.source;
}

/** Later ones override earlier ones. */
const styleSheets = ['colours', 'page', 'first-screen', 'folds', 'tables', 'charts', 'phone', 'paper'];
const style = styleSheets.map((name) => asset(`${name}.css`)).join('\n');
const script = ['local-times', 'age', 'search'].map((name) => asset(`${name}.js`)).join('\n');

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, and no style or script runs but the page's own: also if a text from outside became markup. */
const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;

/** The signs of the statuses; the style sheet calls them by their names. */
const drawings = html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${signMarkers}</defs></svg>`;

const nothing = html`<p class="state notice">There is nothing in this lake yet. Export first: <code>npm start</code>, or a run of the stack.</p>`;

function contents(places: readonly ReturnType<typeof placeOf>[]): Markup {
  return html`<nav aria-label="Workspaces"><ul>${places.map(({ anchor, figures }) => {
    const { tone, sentence } = stateOf(figures);
    return html`<li><a href="#${anchor}">${nameOf(figures.workspace)}</a> <span class="dot ${tone}"></span> ${sentence}</li>`;
  })}</ul></nav>`;
}
