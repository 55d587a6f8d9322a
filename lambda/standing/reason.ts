/** Why an integration stands as it does: a sentence or two for a person. */
import { newestOf } from './facts.ts';
import type { Judged } from './judge-input.ts';
import { youthOf } from './lateness.ts';
import { isActive } from './look-at-list.ts';
import { dayMs } from './periods.ts';
import type { IncidentKind, StandingState } from './standing.ts';
import { isUnknown } from './state.ts';
import { aboutEvery, ago, lengthOf, momentOf } from './words.ts';

/** What was added up of its older syncs is known to be wrong, or not all of them could be looked up. */
const notLookedUp =
  'What is said of its older syncs may be short: they could not all be looked up in the lake, which the next run does.';
const saysNothingOfSyncs: readonly StandingState[] = ['gone', 'unread', 'paused'];

export function reasonOf(state: StandingState, judged: Judged): string {
  const reason = sureReasonOf(state, judged);
  const isSure = !judged.input.facts.stale || saysNothingOfSyncs.includes(state);
  return isSure ? reason : `${reason} ${notLookedUp}`;
}

function sureReasonOf(state: StandingState, judged: Judged): string {
  const { input, lateness, asOf, pace } = judged;
  const of = (kind: IncidentKind) => judged.troubles.find((trouble) => trouble.kind === kind)?.reason ?? '';
  const newest = newestOf(input.facts);
  switch (state) {
    case 'gone':
      return 'It is gone from Braze; its history is kept.';
    case 'unread':
      return unreadReason(judged);
    case 'paused':
      return `Its status at Braze is ${input.listed?.status ?? 'unknown'}, and nothing is scheduled.`;
    case 'failing':
      return of('failed');
    case 'refusing':
      return of('refused');
    case 'stuck':
      return of('stuck');
    case 'late':
      return of('late');
    case 'suspect':
      return judged.troubles.flatMap(({ kind, reason }) => (kind === 'trap' ? [reason] : [])).join(' ');
    case 'new':
      return lateness && lateness.awaited > asOf
        ? `It has never synced; the first sync is scheduled for ${momentOf(lateness.awaited)}.`
        : 'It has never synced.';
    case 'resting': {
      const last = newest ? ` The newest sync started ${ago(newest.start, asOf)}.` : '';
      return `${whyNothing(judged)}${last}`;
    }
    case 'healthy': {
      const usual = pace ? `, as usual about every ${aboutEvery(pace.usualMs)}` : '';
      return `The newest sync started ${newest ? ago(newest.start, asOf) : ''}${usual}.`;
    }
  }
}

/** As seen from the clock: who synced once, and that long ago, has no rhythm. */
function whyNothing({ input, pace, asOf }: Judged): string {
  const youth = isActive(input.listed) ? youthOf(input.facts, pace) : null;
  const seenMs = youth ? asOf - youth.from : 0;
  if (!youth || seenMs >= youth.neededMs)
    return 'Nothing is expected of it: no schedule is known, and no rhythm.';
  const [seen, needed] = [seenMs, youth.neededMs].map((ms) => Math.floor(ms / dayMs));
  return `It has not been seen for long enough to know its rhythm (${seen} days of ${needed}).`;
}

function unreadReason({ input, asOf }: Judged): string {
  const { headAt, failure, now } = input;
  if (headAt === null) return failure ? `It has never been read. ${failure}` : 'It has never been read.';
  if (isUnknown(input.facts))
    return 'It was read, and there was no time left to judge it: the next run does.';
  const since = `It was last read ${lengthOf(now - asOf)} ago: how it stands now is not known.`;
  return failure ? `${since} ${failure}` : since;
}
