/** Where an integration stands on the page. Made of numbers: ids come from outside. */
import type { WorkspaceFigures } from '../figures/figures.ts';
import { html, type Markup } from '../markup/html.ts';
import { nameOf } from '../markup/name.ts';

export interface Place {
  /** Of the workspace, on the page. */
  readonly anchor: string;
  readonly figures: WorkspaceFigures;
}

export const placeOf = (figures: WorkspaceFigures, index: number): Place => ({
  anchor: `w${index + 1}`,
  figures,
});

/** Its name, as a link to its own section where it has one. */
export function linkTo(
  { anchor, figures }: Place,
  {
    integration_id,
    integration_name,
  }: { readonly integration_id: string; readonly integration_name: string },
): Markup {
  const index = figures.integrations.findIndex(({ standing }) => standing.integration_id === integration_id);
  const name = nameOf(integration_name);
  return index < 0 ? name : html`<a href="#${anchor}-i${index + 1}">${name}</a>`;
}
