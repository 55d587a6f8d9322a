/** Keeps the newest syncs as they stand, and adds up the others. */
import { type Summary, summaryWith } from './summary.ts';
import type { SyncFact } from './sync-fact.ts';

/** So many may still change without a look into the lake. */
const keptSyncs = 6;
/** Syncs of one millisecond stay together, that it is known which of them are added up; up to so many. */
const mostSyncs = 16;

export function trim(
  syncs: readonly SyncFact[],
  older: Summary,
  refusedShare: number,
): { recent: SyncFact[]; older: Summary } {
  let from = 0;
  let summary = older;
  while (syncs.length - from > keptSyncs) {
    let to = from + 1;
    while (to < syncs.length && syncs[to]?.start === syncs[from]?.start) to += 1;
    const keeps = syncs.length - to;
    if (keeps < keptSyncs && syncs.length - from <= mostSyncs) break;
    const until = Math.min(to, syncs.length - keptSyncs);
    for (const sync of syncs.slice(from, until)) summary = summaryWith(summary, sync, refusedShare);
    from = until;
  }
  return { recent: syncs.slice(from), older: summary };
}
