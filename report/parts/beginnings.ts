/**
 * Where the known history of each integration begins: Braze tells of a year of one and of an hour of another, and added
 * up they rise where nothing happened.
 */
import type { IntegrationFigures } from '../figures/figures.ts';

export interface Beginning {
  readonly name: string;
  /** `yyyy-mm-dd` */
  readonly day: string;
}

/** Of those that begin after the first day, the newest first. */
export function beginnings(integrations: readonly IntegrationFigures[], firstDay: string): Beginning[] {
  return integrations
    .flatMap(({ standing, days }): Beginning[] => {
      const first = days.find(({ status }) => status !== 'before' && status !== 'not_read');
      return first && first.day > firstDay ? [{ name: standing.integration_name, day: first.day }] : [];
    })
    .sort((one, other) => (one.day < other.day ? 1 : -1));
}
