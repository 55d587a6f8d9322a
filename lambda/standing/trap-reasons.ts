/** What a success that lies means, what it costs, and what to do: a few sentences for each trap. */

import type { Runs } from './runs.ts';
import type { Trap } from './standing.ts';
import type { SyncFact } from './sync-fact.ts';
import { countOf, lengthOf, momentOf, plural } from './words.ts';

export function trapReason(trap: Trap, runs: Runs, newest: SyncFact | undefined): string {
  switch (trap) {
    case 'future_watermark': {
      const until = runs.watermark ? momentOf(runs.watermark.at) : 'a later time';
      return (
        `A row with an UPDATED_AT that lies ahead of the clock was synced (${until}): until then nothing older is read ` +
        'any more, though each sync succeeds. Correct that row in the source, and set the integration up anew.'
      );
    }
    case 'whole_table_again':
      return (
        `Each of the last ${plural(runs.whole?.count ?? 0, 'sync')} sent about ${countOf(runs.whole?.rows ?? 0n)} rows, as ` +
        'many as the one before, up to the moment of its start: UPDATED_AT seems to be the current time, and the whole ' +
        'table is sent, and paid for, each time. Take UPDATED_AT from the row’s last change.'
      );
    case 'boundary_resync':
      return (
        `${plural(runs.boundary?.count ?? 0, 'sync')} sent rows again whose UPDATED_AT equals the newest that was synced ` +
        'before: each costs data points again. Give the rows of a load different times, or leave out the boundary in the view.'
      );
    case 'nothing_arrives':
      return (
        `The last ${plural(runs.empty?.count ?? 0, 'sync')} succeeded without a row, more in a row than ever in the month ` +
        'before. Look whether the source table is still filled.'
      );
    case 'watermark_stands': {
      const at = runs.watermark ? ` at ${momentOf(runs.watermark.at)}` : '';
      return (
        `The newest UPDATED_AT has not moved on in ${plural(runs.standing?.count ?? 0, 'sync')}${at}, longer than ever in the ` +
        'month before: rows that come with an older one are never read. Look whether the source writes UPDATED_AT when a row arrives.'
      );
    }
    case 'near_the_limit': {
      const { firstMs = 0, newestMs = 0 } = runs.nearLimit ?? {};
      const took = newest?.finish ? newest.finish - newest.start : newestMs;
      return (
        `The last syncs took ${lengthOf(firstMs)} to ${lengthOf(Math.max(took, newestMs))}: a source query must end within an ` +
        'hour, and fails when it does not. Make the view quicker, or send fewer rows at a time.'
      );
    }
  }
}
