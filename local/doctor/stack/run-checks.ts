/** The last runs of a workspace, by what they have left in the bucket and in the table. */
import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import { millisecondsOfCell } from '../../../lambda/rows/instant.ts';
import { scheduleOf } from '../../../lib/schedule/read-schedule.ts';
import { durationText } from '../../table/duration.ts';

/** What the object of `coverage` says. */
export interface CoverageSeen {
  readonly writtenAt: number;
  readonly integrations: readonly { readonly state: string; readonly checked_at: string | null }[];
}

export interface LeaseSeen {
  /** Null: no run is at work. */
  readonly until: number | null;
}

export interface RunsMeant {
  readonly now: number;
  /** Expression of the schedule; undefined: the workspace is paused. */
  readonly schedule: string | undefined;
}

/** A run may take so long, and those that begin beside it step aside. As the alarm NoRunEndedWell has it. */
const longestRun = 15 * 60_000;
const turns = 3;

const runNow = 'Run it once with the command that the stack put out as RunNow';

export function coverageChecks(seen: CoverageSeen | undefined, meant: RunsMeant): readonly Check[] {
  if (!seen) {
    return [warning('last good run', 'none has ended yet', `${runNow}, and follow it with FollowLog.`)];
  }
  const present = seen.integrations.filter(({ state }) => state !== 'gone');
  const read = present.filter(({ state }) => state !== 'failing');
  const all = present.length;
  const failing = all - read.length;
  if (failing > 0 && read.length === 0) {
    return [
      failed(
        'integrations',
        `the last run could read none of ${all}`,
        "The reason stands in the function's log (the command FollowLog), and in the column failure of the table " +
          'coverage: docs/runbook.md#failures says what to do about it.',
      ),
    ];
  }
  return [
    ageCheck(seen, read, meant),
    failing === 0
      ? ok('integrations', `all ${all} were read`)
      : warning(
          'integrations',
          `the last run could not read ${failing} of ${all}`,
          'The reasons stand in the column failure of the table coverage: docs/runbook.md#incident-not_exported.',
        ),
  ];
}

function ageCheck(
  { writtenAt }: CoverageSeen,
  read: CoverageSeen['integrations'],
  { now, schedule }: RunsMeant,
): Check {
  const times = read.flatMap(({ checked_at: at }) => (at === null ? [] : [millisecondsOfCell(at)]));
  const at = times.length === 0 ? writtenAt : Math.max(...times);
  const age = Math.max(0, now - at);
  const seen = `${durationText(age / 1000)} ago`;
  const fires = schedule === undefined ? undefined : scheduleOf(schedule);
  const turn = typeof fires === 'object' ? Math.max(longestRun, fires.longest * 1000) : Infinity;
  return age <= turns * turn
    ? ok('last good run', seen)
    : failed(
        'last good run',
        `${seen}, and the schedule is ${schedule}`,
        `Read the last error or receipt in the function's log (the command FollowLog): docs/runbook.md#alarm-norunendedwell. ${runNow}.`,
      );
}

export function leaseCheck(seen: LeaseSeen | undefined, now: number): Check {
  const until = seen?.until ?? null;
  if (until === null) return ok('lease', 'free');
  if (until > now) return ok('lease', 'a run is at work');
  return warning(
    'lease',
    `a run was killed and left it, which ran out ${durationText((now - until) / 1000)} ago; none has begun since`,
    `The next run takes it over. Read in the function's log how that one ended (out of time, or of memory). ${runNow}.`,
  );
}
