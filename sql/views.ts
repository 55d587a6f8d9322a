/** The views of the lake, for people and BI tools: the same in Athena and in `npm run query`. */
import type { Dialect } from './dialect.ts';
import type { View } from './view.ts';
import { completeness } from './views/completeness.ts';
import { dailyHealth } from './views/daily-health.ts';
import { failedSyncs } from './views/failed-syncs.ts';
import { freshness } from './views/freshness.ts';
import { incidents } from './views/incidents.ts';
import { latestSyncs } from './views/latest-syncs.ts';
import { pauses } from './views/pauses.ts';
import { syncHistory } from './views/sync-history.ts';
import { volumeAnomalies } from './views/volume-anomalies.ts';

/** Each after those that it reads. */
export const views: readonly View[] = [
  syncHistory,
  latestSyncs,
  dailyHealth,
  pauses,
  failedSyncs,
  incidents,
  freshness,
  volumeAnomalies,
  completeness,
];

/** The text of a view's query. */
export const viewSql = (view: View, dialect: Dialect): string => view.sql(dialect).trim();

/**
 * The query over the views as this dialect has them, wherever it is asked: with a clock that stands still, or
 * where no view was created. Only tables have to be there.
 */
export function withViews(query: string, dialect: Dialect): string {
  const definitions: string[] = [];
  let text = query;
  for (const view of views.toReversed()) {
    if (!new RegExp(`\\b${view.name}\\b`).test(text)) continue;
    const definition = `${view.name} AS (\n${viewSql(view, dialect)}\n)`;
    definitions.unshift(definition);
    text += definition;
  }
  if (definitions.length === 0) return query;
  const [, remarks = '', bare = query] = /^((?:--.*\n)*)WITH (.*)$/s.exec(query) ?? [];
  const [own, rest] = bare === query ? ['', query] : [',', `${remarks}${bare}`];
  return `WITH ${definitions.join(',\n')}${own}\n${rest}`;
}
