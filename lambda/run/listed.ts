/** What the table `integrations` says of an integration, as far as its standing needs it. */
import { millisecondsOfCell } from '../rows/instant.ts';
import type { Listed } from '../standing/judge-input.ts';

/** @param line of the table. */
export function listedOf(line: string): Listed {
  const cells = JSON.parse(line);
  const next: string | null = cells.next_scheduled_run;
  return {
    name: cells.integration_name || null,
    type: cells.integration_type,
    status: cells.integration_status,
    nextScheduledRun: next === null ? null : millisecondsOfCell(next),
    listed: cells.listed,
  };
}
