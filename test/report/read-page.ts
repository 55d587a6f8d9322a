/** A page as a browser reads it, but for what it looks like. */
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';

export type Page = ReturnType<typeof parseHTML>['document'];

export const readPage = (file: string): Page => parseHTML(readFileSync(file, 'utf8')).document;

/** Linkedom reads on into a row that is not closed; a browser does not. */
export function cellsOfDay(source: string, sectionId: string): Map<string, string[]> {
  const section = source.slice(source.indexOf(`<details id="${sectionId}-days">`));
  const body = section.slice(section.indexOf('<tbody>'), section.indexOf('</tbody>'));
  const rows = body.split('<tr>').slice(1);
  return new Map(
    rows.map((row) => {
      const [day = '', ...cells] = row.split(/<t[hd][^>]*>/).slice(1);
      return [day.trim(), cells.map((cell) => cell.trim())];
    }),
  );
}

/** The exact values of the figures with this name, in the order of the page. */
export function figures(page: Page, name: string): string[] {
  return [...page.querySelectorAll(`data[data-figure="${name}"]`)].map(
    (element) => element.getAttribute('value') ?? '',
  );
}

export const textOf = (element: { readonly textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
