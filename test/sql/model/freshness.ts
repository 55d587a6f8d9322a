import { dayMs, type ModelLake, type ModelRow, timeText } from './lake.ts';
import { standingOwnersOf } from './standing-owners.ts';

export function freshness(lake: ModelLake, now: number): ModelRow[] {
  return standingOwnersOf(lake).map(({ names, line }) => {
    const isKnown = line?.late === true || (line?.asOf != null && now - line.asOf < dayMs);
    return {
      ...names,
      last_success: timeText(line?.lastSuccess ?? null),
      usual_minutes: line?.usualMinutes ?? null,
      expected_by: timeText(line?.expectedBy ?? null),
      as_of: timeText(line?.asOf ?? null),
      late: isKnown ? (line?.late ?? null) : null,
      minutes_late: isKnown ? (line?.minutesLate ?? null) : null,
      newest_timestamp_synced: timeText(line?.newestTimestamp ?? null),
      state: line?.state ?? null,
      since: timeText(line?.since ?? null),
      reason: line?.reason ?? null,
      judged_by: line?.judgedBy ?? null,
      due_since: timeText(line?.dueSince ?? null),
      traps: line?.traps ?? null,
    };
  });
}
