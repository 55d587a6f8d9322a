/**
 * What became of a sync, as the exporter judges it, for views over `syncs` that are joined with `standing`. Whether one
 * without an end is over is said by the moment at which the exporter looked, and by a newer sync that has started:
 * Braze runs one at a time. The reader's clock has no part in it, so an answer is the same whenever it is asked.
 */
export const outcome = `CAST(CASE
    WHEN syncs.job_status IN ('success', 'partial') THEN syncs.job_status
    WHEN syncs.job_status IN ('error', 'config_error') OR syncs.sync_finish_time IS NOT NULL THEN 'failure'
    WHEN standing.last_start > syncs.sync_start_time THEN 'failure'
    WHEN ${isGivenUp('syncs.sync_start_time')} THEN 'abandoned'
    ELSE 'open'
  END AS varchar)`;

/** Still open a week after its start, when the exporter last looked. */
export function isGivenUp(start: string): string {
  return `${start} <= standing.as_of - INTERVAL '7' DAY`;
}

/** Of outcomes: nothing arrived. `partial` is data, however much was refused. */
export const broughtNothing = "outcome IN ('failure', 'abandoned')";
