/** Where an integration stands on the page. Made of numbers: ids come from outside. */
import type { WorkspaceFigures } from '../figures/figures.ts';

export interface Place {
  /** Of the workspace, on the page. */
  readonly anchor: string;
  readonly figures: WorkspaceFigures;
}

export const placeOf = (figures: WorkspaceFigures, index: number): Place => ({
  anchor: `w${index + 1}`,
  figures,
});

/** The anchor of the integration's own section; undefined where it has none. */
export function anchorOf({ anchor, figures }: Place, integrationId: string): string | undefined {
  const index = figures.integrations.findIndex(({ standing }) => standing.integration_id === integrationId);
  return index < 0 ? undefined : `${anchor}-i${index + 1}`;
}
