import { firstDay, type Moment, ofThose } from './moment.ts';

export interface Incident {
  readonly workspace: string;
  readonly integration_id: string;
  readonly integration_name: string;
  readonly first_start: string;
  readonly last_start: string;
  readonly syncs: bigint;
  /** Null: it is open, and its newest sync is not over. */
  readonly statuses: string | null;
  readonly rows_failed: bigint | null;
  /** Start of the success that ended it, or else of its last sync. */
  readonly ended_at: string;
  readonly minutes_without_data: number | null;
  /** `success`, or why nothing is expected any more; null: open. */
  readonly ended_by: string | null;
  readonly still_open: boolean;
  /** How many of the workspace are over, of the last 45 days. */
  readonly ended: bigint;
}

/** So many that are over are listed: a year of a busy workspace has thousands, most of a few minutes. */
const mostEnded = 100;

/** Those that are open, the oldest first; then those that are over, the newest first. The view looks back 45 days. */
export function incidentQuestion(moment: Moment): string {
  return `
WITH ranked AS (
  SELECT
    *,
    count(CASE WHEN NOT still_open THEN 1 END) OVER (PARTITION BY workspace) AS ended,
    row_number() OVER (
      PARTITION BY workspace, still_open
      ORDER BY first_start DESC, integration_name, integration_id
    ) AS place
  FROM incidents
  WHERE ${ofThose(moment)} AND (still_open OR coalesce(next_success, last_start) >= TIMESTAMP '${firstDay(moment)} 00:00:00')
)
SELECT
  workspace, integration_id, integration_name, first_start, last_start, syncs, statuses, rows_failed,
  coalesce(next_success, last_start) AS ended_at, minutes_without_data, ended_by, still_open, ended
FROM ranked
WHERE still_open OR place <= ${mostEnded}
ORDER BY workspace, still_open DESC, CASE WHEN still_open THEN first_start END, place`;
}
