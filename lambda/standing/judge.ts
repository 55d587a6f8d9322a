/** From the facts, the list and the coverage to how an integration stands. */
import { paceOf } from './expectation.ts';
import { newestOf, summaryOfAll } from './facts.ts';
import { graceOf } from './grace.ts';
import type { Judged, JudgeInput } from './judge-input.ts';
import { latenessOf } from './lateness.ts';
import { isActive, isPaused } from './look-at-list.ts';
import { dayMs, minuteMs } from './periods.ts';
import { troublesOfReading, unknownIn } from './reading.ts';
import { reasonOf } from './reason.ts';
import type { Standing } from './standing.ts';
import { sinceOf, stateOf } from './state.ts';
import { stuckOf } from './stuck.ts';
import { troublesOfItsSyncs } from './troubles.ts';

export type { JudgeInput, Listed } from './judge-input.ts';

/** Braze shows refused rows for so long. */
const detailsMs = 30 * dayMs;
export function judge(input: JudgeInput): Standing {
  const { facts, listed, headAt, now, settings } = input;
  const { wholeFrom } = input.coverage;
  const asOf = headAt ?? now;
  const summary = summaryOfAll(facts);
  const pace = paceOf(facts.habit, summary.data);
  const isResting = input.condition === 'gone' || isPaused(listed);
  const lateness = isResting
    ? null
    : latenessOf({
        facts,
        pace,
        nextScheduledRun: listed?.nextScheduledRun ?? null,
        isActive: isActive(listed),
        graceMs: graceOf(pace?.usualMs ?? null, settings.lateGraceMs),
        asOf,
      });
  const stuck = isResting ? null : stuckOf(facts, asOf);
  const troubles = isResting ? [] : troublesOfItsSyncs({ facts, summary, lateness, stuck, asOf, wholeFrom });
  const judged: Judged = { input, summary, pace, lateness, stuck, troubles, asOf };
  const state = stateOf(judged);
  const newest = newestOf(facts);
  const detailsUntil = (summary.lastRefused ?? Number.NEGATIVE_INFINITY) + detailsMs;
  const all = [...(state === 'unread' ? [] : troubles), ...troublesOfReading(judged, state)];
  return {
    integrationId: input.integrationId,
    state,
    since: sinceOf(state, judged, all),
    reason: reasonOf(state, judged),
    lastStart: newest?.start ?? null,
    lastFinish: newest?.finish ?? null,
    lastStatus: newest?.status ?? null,
    lastRowsSynced: newest?.rowsSynced ?? null,
    lastRowsFailed: newest?.rowsFailed ?? null,
    lastSuccess: summary.lastSuccess,
    syncsWithoutSuccess: summary.streak?.count ?? 0,
    failingSince: summary.streak?.since ?? null,
    usualMinutes: pace ? pace.usualMs / minuteMs : null,
    expectedBy: lateness?.by ?? null,
    dueSince: lateness?.judgedBy === 'schedule' && lateness.late ? lateness.awaited : null,
    judgedBy: lateness?.judgedBy ?? null,
    late: lateness?.late ?? null,
    minutesLate: lateness && (lateness.late ? (asOf - lateness.by) / minuteMs : 0),
    traps: troubles.flatMap(({ trap }) => trap ?? []),
    newestTimestampSynced: summary.runs.watermark?.at ?? null,
    detailsUntil: detailsUntil > asOf ? detailsUntil : null,
    continues: input.continues,
    incidents: facts.open.map(({ id }) => id),
    asOf: headAt,
    troubles: all,
    unknown: unknownIn(state, judged),
  };
}
