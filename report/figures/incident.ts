import { firstDay, type Moment, ofThose } from './moment.ts';

export interface Incident {
  readonly workspace: string;
  readonly integration_id: string;
  readonly integration_name: string;
  readonly first_start: string;
  readonly last_start: string;
  readonly syncs: bigint;
  readonly statuses: string;
  readonly rows_failed: bigint | null;
  readonly next_success: string | null;
  readonly minutes_to_success: number | null;
  readonly still_open: boolean;
  /** How many of the workspace are over. */
  readonly ended: bigint;
}

/** So many of a kind that are over are listed: a year of a busy workspace has thousands, most of a few minutes. */
const mostEnded = 100;

/** Rows came, and the next sync was whole: for these there is a fold. */
export const isSinglePartial = ({ statuses, syncs, still_open }: Incident): boolean =>
  statuses === 'partial' && syncs === 1n && !still_open;

/**
 * Those that are open, the oldest first; then those that the days of the report saw, the newest first. Single partial
 * syncs are counted by themselves: there may be so many of them that they would leave no room for the others.
 */
export function incidentQuestion(moment: Moment): string {
  return `
WITH ranked AS (
  SELECT
    *,
    count(CASE WHEN NOT still_open THEN 1 END) OVER (PARTITION BY workspace) AS ended,
    row_number() OVER (
      PARTITION BY workspace, still_open, statuses = 'partial' AND syncs = 1
      ORDER BY first_start DESC, integration_name, integration_id
    ) AS place
  FROM incidents
  WHERE ${ofThose(moment)} AND (still_open OR next_success >= TIMESTAMP '${firstDay(moment)} 00:00:00')
)
SELECT
  workspace, integration_id, integration_name, first_start, last_start, syncs, statuses, rows_failed,
  next_success, minutes_to_success, still_open, ended
FROM ranked
WHERE still_open OR place <= ${mostEnded}
ORDER BY
  workspace, still_open DESC, CASE WHEN still_open THEN first_start END, first_start DESC, integration_name, integration_id`;
}
