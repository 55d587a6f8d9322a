import { firstDay, type Moment, ofThose, today } from './moment.ts';

/** All integrations of a workspace together, on a day or, where `dt` is null, on all of them. */
export interface Total {
  readonly workspace: string;
  readonly dt: string | null;
  readonly syncs: bigint;
  readonly without_success: bigint;
  readonly rows_synced: bigint | null;
  readonly rows_failed: bigint | null;
  /** How many integrations synced on the day, and how many of them had a sync that brought no data. */
  readonly integrations: bigint;
  readonly failing_integrations: bigint;
}

export function totalQuestion(moment: Moment): string {
  return `
SELECT
  workspace,
  dt,
  CAST(sum(syncs) AS bigint) AS syncs,
  CAST(sum(syncs - success - partial - open) AS bigint) AS without_success,
  TRY_CAST(sum(rows_synced) AS bigint) AS rows_synced,
  TRY_CAST(sum(rows_failed) AS bigint) AS rows_failed,
  count(DISTINCT integration_id) AS integrations,
  count(DISTINCT CASE WHEN syncs > success + partial + open THEN integration_id END) AS failing_integrations
FROM daily_health
WHERE dt >= '${firstDay(moment)}' AND dt <= '${today(moment)}' AND ${ofThose(moment)}
GROUP BY GROUPING SETS ((workspace, dt), (workspace))
ORDER BY workspace, dt NULLS LAST`;
}
