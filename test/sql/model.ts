/**
 * What each view has to answer, worked out in TypeScript from the lines of a lake, sync by sync and without a look
 * at the SQL.
 */
import { completeness } from './model/completeness.ts';
import { freshness } from './model/freshness.ts';
import { dailyHealth } from './model/health.ts';
import type { ModelLake, ModelRow } from './model/lake.ts';
import { latestSyncs } from './model/latest.ts';
import { pauses } from './model/pauses.ts';
import { failedSyncs, incidents } from './model/streaks.ts';
import { syncHistory } from './model/syncs.ts';
import { volumeAnomalies } from './model/volume.ts';

/** By view; `now` in milliseconds. */
export const modelAnswers: Readonly<Record<string, (lake: ModelLake, now: number) => ModelRow[]>> = {
  sync_history: syncHistory,
  latest_syncs: latestSyncs,
  daily_health: dailyHealth,
  pauses,
  failed_syncs: failedSyncs,
  incidents,
  freshness,
  volume_anomalies: volumeAnomalies,
  completeness,
};
