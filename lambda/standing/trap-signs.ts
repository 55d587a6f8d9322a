/** Which successes lie, and since when. A trap needs at least the history that makes it certain. */
import type { StandingFacts } from './facts.ts';
import { hourMs } from './periods.ts';
import { usualBefore } from './run-days.ts';
import type { RunHabit } from './run-habit.ts';
import { clocksDifferMs, type Run, type Runs } from './runs.ts';
import type { Trap } from './standing.ts';

/** A shorter run proves nothing. */
const leastRun = 3;
/** So many syncs before it are a history to hold a run against. */
const leastHistory = 13;
/** Among them three weekends: a younger one has not shown yet how long it can be quiet. */
const leastDays = 21;
/** A run is certain where it is more than twice as long as any before, and by more than two. */
const longerFactor = 2;
const longerBy = 2;
/**
 * And where chance, with a month's share of such syncs, hardly brings one so long: three are enough where there was none
 * among thirteen, and four weeks of weekdays leave no more than that to compare.
 */
const byChance = 0.005;
/** No zone is farther from UTC: a source that writes local time looks ahead of the clock, and harms nothing. */
const farthestZoneMs = 14 * hourMs;
/** A zone's clock changes by an hour. */
const zoneShiftsMs = hourMs;
const leastWatermarks = 8;
const stoodOften = 2;
const sentAgain = 2;

export interface Sign {
  readonly trap: Trap;
  readonly since: number;
}

export function trapSigns(facts: StandingFacts, runs: Runs): Sign[] {
  const { empty, standing, ahead, whole, boundary, nearLimit } = runs;
  const holds: readonly (readonly [Trap, Run | null, boolean])[] = [
    ['future_watermark', ahead, ahead !== null && isFuture(ahead, usualBefore(facts, ahead))],
    ['whole_table_again', whole, whole !== null && whole.count >= leastRun],
    ['boundary_resync', boundary, boundary !== null && boundary.count >= sentAgain],
    ['nothing_arrives', empty, isLongerThanEver(empty, facts, ofEmpty)],
    ['watermark_stands', standing, isLongerThanEver(standing, facts, ofStanding)],
    ['near_the_limit', nearLimit, nearLimit !== null && nearLimit.count >= leastRun],
  ];
  return holds.flatMap(([trap, run, holds]) => (run && holds ? [{ trap, since: run.since }] : []));
}

interface Usual {
  readonly syncs: number;
  readonly such: number;
  readonly longest: number;
}

const ofEmpty = ({ counted, empty, longestEmpty }: RunHabit): Usual => ({
  syncs: counted,
  such: empty,
  longest: longestEmpty,
});
const ofStanding = ({ compared, stood, longestStanding }: RunHabit): Usual => ({
  syncs: compared,
  such: stood,
  longest: longestStanding,
});

function isLongerThanEver(run: Run | null, facts: StandingFacts, of: (habit: RunHabit) => Usual): boolean {
  const habit = run ? usualBefore(facts, run) : undefined;
  if (!run || !habit) return false;
  const { syncs, such, longest } = of(habit);
  if (habit.days < leastDays || syncs < leastHistory || run.count <= longerFactor * longest + longerBy)
    return false;
  // As if there had been one more of them: that there was none in a month does not mean that there never is one. Where
  // all were such, the share is 1, and no run is long enough.
  const share = (such + 1) / (syncs + 1);
  return syncs * share ** run.count <= byChance;
}

/** At once where no zone explains it, or where its watermarks never lay ahead; else when it has stood still. */
function isFuture(ahead: NonNullable<Runs['ahead']>, habit: RunHabit | undefined): boolean {
  if (ahead.byMs > farthestZoneMs + clocksDifferMs) return true;
  const isUsual = habit && habit.ahead > 1 && ahead.byMs <= habit.farthestMs + zoneShiftsMs + clocksDifferMs;
  if (isUsual) return false;
  if (habit && habit.watermarks >= leastWatermarks && habit.ahead === 0) return true;
  return ahead.stood >= stoodOften && ahead.moved === 0;
}
