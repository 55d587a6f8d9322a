/** All that is wrong with an integration now, whatever its state says. */
import type { StandingFacts } from './facts.ts';
import { newestOf, newestOver } from './facts.ts';
import type { Lateness } from './lateness.ts';
import { shareRefused } from './outcome.ts';
import type { IncidentKind, Trouble } from './standing.ts';
import type { Stuck } from './stuck.ts';
import type { Summary } from './summary.ts';
import { trapReason } from './trap-reasons.ts';
import { trapSigns } from './trap-signs.ts';
import { ago, lengthOf, momentOf, plural } from './words.ts';

/** What syncs may do wrong: unknown while nobody can read them, and over when it rests. */
export const troublesOfSyncs: readonly IncidentKind[] = ['failed', 'refused', 'late', 'stuck', 'trap'];

export interface Seen {
  readonly facts: StandingFacts;
  readonly summary: Summary;
  readonly lateness: Lateness | null;
  readonly stuck: Stuck | null;
  readonly asOf: number;
  /** From when on no stretch of its history is missing, in milliseconds; null: from its beginning. */
  readonly wholeFrom: number | null;
}

export function troublesOfItsSyncs(seen: Seen): Trouble[] {
  const { facts, summary, lateness, stuck, asOf } = seen;
  const troubles: Trouble[] = [];
  const add = (kind: IncidentKind, since: number, reason: string) =>
    troubles.push({ kind, trap: null, since, reason });
  // What began before it rested is not counted against it until a sync has said so again.
  const rest = facts.promise.rest?.last ?? Number.NEGATIVE_INFINITY;
  const sinceRest = (since: number) => Math.max(since, rest);
  if ((newestOver(facts)?.start ?? Number.NEGATIVE_INFINITY) > rest) {
    if (summary.failed) add('failed', sinceRest(summary.failed.since), failedReason(seen));
    if (summary.refused) add('refused', sinceRest(summary.refused.since), refusedReason(seen));
    for (const { trap, since } of trapSigns(facts, summary.runs)) {
      const reason = trapReason(trap, summary.runs, newestOf(facts));
      troubles.push({ kind: 'trap', trap, since: sinceRest(since), reason });
    }
  }
  if (stuck) add('stuck', stuck.since, stuckReason(stuck, asOf));
  if (lateness?.late) add('late', lateness.awaited, lateReason(lateness, asOf));
  return troubles;
}

function failedReason({ facts, summary, asOf, wholeFrom }: Seen): string {
  const status = newestOver(facts)?.status ?? 'no status';
  const { streak, lastSuccess } = summary;
  if (!streak)
    return 'The newest sync succeeded without a row; one more, or one with rows, and this is over.';
  // A success may hide in what has not been read yet.
  const isSure = wholeFrom === null || (lastSuccess !== null && lastSuccess >= wholeFrom);
  const never = isSure ? 'It has never succeeded.' : 'In what has been read of it, it has never succeeded.';
  const success = isSure ? 'The last success' : 'The last success that has been read';
  const last = lastSuccess === null ? never : `${success} began ${ago(lastSuccess, asOf)}.`;
  const newest = `The newest ${plural(streak.count, 'sync')}${isSure ? '' : ' that have been read'}`;
  const count = streak.count === 1 ? 'The newest sync' : newest;
  return `${count} ended without success, the last with ${status}. ${last}`;
}

function refusedReason({ facts, summary }: Seen): string {
  const newest = newestOver(facts);
  const share = newest ? shareRefused(newest) : null;
  if (!newest || share === null || newest.status !== 'partial') {
    const since = momentOf(summary.refused?.since ?? 0);
    return `Braze has refused more rows than are put up with since ${since}, and no sync has brought rows since without that.`;
  }
  return `Braze refused ${plural(newest.rowsFailed ?? 0n, 'row')} of the newest sync, ${percentOf(share)} of them.`;
}

/** All of them are said to be refused only where they are. */
function percentOf(share: number): string {
  if (share < 0.01) return `${(share * 100).toPrecision(1)} %`;
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100} %`;
}

function stuckReason({ start, p95Ms }: Stuck, asOf: number): string {
  const usual = p95Ms === null ? '' : `; nearly all of the others took up to ${lengthOf(p95Ms)}`;
  return `A sync has been running for ${lengthOf(asOf - start)}${usual}.`;
}

function lateReason({ judgedBy, awaited }: Lateness, asOf: number): string {
  return judgedBy === 'schedule'
    ? `Braze had scheduled a sync for ${momentOf(awaited)}, and none has started in ${lengthOf(asOf - awaited)}.`
    : `By its habit a sync was to start about ${momentOf(awaited)}, and none has in ${lengthOf(asOf - awaited)}.`;
}
