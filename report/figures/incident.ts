import { firstDay, type Moment, ofWorkspaces } from './moment.ts';

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
  readonly next_success: string | null;
  readonly minutes_to_success: number | null;
  readonly still_open: boolean;
  /** How many of the workspace are over. */
  readonly ended: bigint;
}

/** So many that are over are listed: a year of a busy workspace has thousands, most of a few minutes. */
const mostEnded = 30;

/**
 * Those that are open, the oldest first; then of those that the days of the report saw the gravest: one in which
 * rows came through all the same is less than one in which none did.
 */
export function incidentQuestion(moment: Moment): string {
  return `
WITH ranked AS (
  SELECT
    *,
    count(CASE WHEN NOT still_open THEN 1 END) OVER (PARTITION BY workspace) AS ended,
    row_number() OVER (
      PARTITION BY workspace, still_open
      ORDER BY statuses = 'partial', minutes_to_success DESC, first_start DESC, integration_name, integration_id
    ) AS place
  FROM incidents
  WHERE ${ofWorkspaces(moment)} AND (still_open OR next_success >= TIMESTAMP '${firstDay(moment)} 00:00:00')
)
SELECT
  workspace, integration_id, integration_name, first_start, last_start, syncs, statuses, rows_failed,
  next_success, minutes_to_success, still_open, ended
FROM ranked
WHERE still_open OR place <= ${mostEnded}
ORDER BY workspace, still_open DESC, CASE WHEN still_open THEN first_start END, place`;
}
