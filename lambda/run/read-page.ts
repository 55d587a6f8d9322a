/** Reads the page that an integration's walk wants, and hands its rows to the harvest and its shape to the walk. */

import type { Instant } from '../rows/instant.ts';
import { isPlaced, readSyncRow } from '../rows/sync-row.ts';
import type { Clock } from '../time/clock.ts';
import { type Page, rangeOf, refused } from '../walk/page.ts';
import type { Asker } from './ask.ts';
import type { Harvest } from './harvest.ts';
import type { Participant } from './participant.ts';

export interface PageRead {
  /** Rows on the page. */
  readonly count: number;
  readonly oldest: Instant | undefined;
}

/** So soon after an answer, in milliseconds, the links in it have not gone stale. */
const promptly = 30_000;

/** @returns undefined where there was no page but an answer about the cursor or the integration. @throws as {@link Asker.ask} */
export async function readPage(
  asker: Asker,
  participant: Participant,
  harvest: Harvest,
  clock: Clock,
): Promise<PageRead | undefined> {
  const { id, state, walk } = participant;
  const { wanted } = participant;
  if (!wanted) return undefined;
  const { cursor } = wanted;
  if (!participant.asked) {
    // Also if no answer comes: who is asked in vain must not be first in every run.
    state.checkedAt = clock.now();
    participant.asked = true;
  }
  const path = `/cdi/integrations/${encodeURIComponent(id)}/job_sync_status`;
  const { verdict, at } = await asker.ask({ endpoint: 'status', path, cursor });
  walk.prompt = at - participant.answeredAt <= promptly;
  participant.answeredAt = clock.now();
  if (verdict.kind === 'unknown_integration') {
    participant.leave();
    return undefined;
  }
  if (verdict.kind === 'cursor_refused') {
    participant.answer(refused);
    return undefined;
  }

  const now = clock.now();
  const rows = verdict.results.map((result) => readSyncRow(id, result, now));
  const placed = rows.filter(isPlaced);
  const page: Page = {
    cursor,
    at,
    count: rows.length,
    starts: placed.map(({ start }) => start),
    ...verdict.links,
  };
  // Before the walk takes the page in: what lies in its range is then held to be whole.
  harvest.add(rows, (start) => participant.expects(start));
  for (const { start, final } of placed) {
    if (final) {
      participant.openPlaces.delete(start);
    } else {
      participant.openPlaces.set(start, cursor);
      walk.seen.add(start);
    }
  }
  state.gone = false;
  participant.answer(page);
  return { count: rows.length, oldest: rangeOf(page)?.oldest };
}
