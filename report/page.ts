/** The whole page: one file, which loads nothing. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { version } from '../local/version.ts';
import { signMarkers } from './charts/status-look.ts';
import type { WorkspaceFigures } from './figures/figures.ts';
import { firstDay, type Moment, today } from './figures/moment.ts';
import { html, Markup } from './markup/html.ts';
import { nameOf } from './markup/name.ts';
import { dateOf, timeOf } from './markup/time.ts';
import { placeOf } from './parts/place.ts';
import { stateOf } from './parts/state-line.ts';
import { workspaceSection } from './parts/workspace.ts';

/** @param source which lake it is, as a person calls it. */
export function page(workspaces: readonly WorkspaceFigures[], moment: Moment, source: string): string {
  const places = workspaces.map(placeOf);
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
<p class="aside">${dateOf(firstDay(moment))} to ${dateOf(today(moment))} · from ${nameOf(source)} · written ${timeOf(moment.now)}. Times are UTC.<span id="zone"></span></p>
</header>
${places.length > 1 && contents(places)}
<main id="main" tabindex="-1">
${places.length === 0 && nothing}
${places.map((place) => workspaceSection(place, today(moment)))}
</main>
<footer class="aside"><p>braze-cdi-sync-history ${version}. All figures are answers of its SQL views; <code>npm run query</code> asks them, too.</p></footer>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return markup.source;
}

const asset = (name: string): string => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');

/** Later ones override earlier ones. */
const styleSheets = ['colours', 'page', 'tables', 'charts', 'phone', 'paper'];
const style = styleSheets.map((name) => asset(`${name}.css`)).join('\n');
const script = asset('local-times.js');

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
