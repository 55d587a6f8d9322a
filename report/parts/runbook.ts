/** The headings of the runbook that the page leads to, in the page itself: it is sent to people without the repository. */
import { html, type Markup } from '../markup/html.ts';
import { runbookText } from '../texts.ts';

interface Heading {
  readonly title: string;
  readonly text: string;
}

let read: ReadonlyMap<string, Heading> | undefined;

/** Where the runbook is not at hand, the page names the heading, and does without its text. */
function headings(): ReadonlyMap<string, Heading> {
  read ??= new Map(
    runbookText()
      .split(/^### /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n');
        const title = part.slice(0, end);
        const text = part.slice(end).split(/^## /m)[0] ?? '';
        return [anchorIn(title), { title, text: text.trim() }];
      }),
  );
  return read;
}

const anchorIn = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

const nameIn = (address: string): string => address.slice(address.indexOf('#') + 1);

/** @param address as alerts have it. @returns the id on the page; undefined where the text is not at hand. */
export const runbookAnchor = (address: string): string | undefined =>
  headings().has(nameIn(address)) ? `runbook-${nameIn(address)}` : undefined;

export function runbook(addresses: readonly string[]): Markup {
  const names = [...new Set(addresses.map(nameIn))];
  const parts = names.flatMap((name) => {
    const heading = headings().get(name);
    if (!heading) return [];
    const { title, text } = heading;
    return [
      html`<details class="part"><summary><h3 id="runbook-${name}-name">${title}</h3></summary>
<section id="runbook-${name}" class="runbook" aria-labelledby="runbook-${name}-name">${text.split(/\n{2,}/).map(block)}</section></details>
`,
    ];
  });
  if (parts.length === 0) return html``;
  return html`<section aria-labelledby="runbook"><h2 id="runbook">Runbook <span class="kind">what each of these means, and how it is mended</span></h2>
${parts}</section>
`;
}

/** As much of Markdown as the runbook has under its headings. */
function block(text: string): Markup {
  const code = /^```\w*\n([\s\S]*?)\n?```$/.exec(text);
  if (code)
    return html`<pre tabindex="0">${(code[1] ?? '').split('\n').map(
      (line) => html`${line}
`,
    )}</pre>`;
  const items = text.split(/^- /m);
  if (items.length > 1 && items[0] === '')
    return html`<ul>${items.slice(1).map((item) => html`<li>${inline(item)}</li>`)}</ul>`;
  return html`<p>${inline(text)}</p>`;
}

function inline(text: string): Markup[] {
  return text
    .trim()
    .replaceAll('\n', ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .map((piece) => {
      if (piece.startsWith('**')) return html`<b>${piece.slice(2, -2)}</b>`;
      return piece.startsWith('`') ? html`<code>${piece.slice(1, -1)}</code>` : html`${piece}`;
    });
}
