/** The reports that the stack writes by itself: whether their schedule is there, and when it last brought one. */
import { type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import { readReportEvent } from '../../../lambda/report-environment.ts';
import { reportKey } from '../../../lambda/schema/keys.ts';
import { scheduleOf } from '../../../lib/schedule/read-schedule.ts';
import { durationText } from '../../table/duration.ts';
import type { ScheduleSeen } from './schedule-checks.ts';
import { setRight } from './set-right.ts';

/** When each was last written, by its key. */
export type ReportsSeen = ReadonlyMap<string, number>;

/** Reports that are due in one moment are written one after the other, and their schedule may spread them. */
const longestWriting = 30 * 60_000;
/** One that failed is told by its queue. */
const turns = 2;

export function reportScheduleChecks(seen: ScheduleSeen | undefined, name: string): readonly Check[] {
  if (!seen) {
    return [
      failed(
        'schedule',
        `the schedule ${name} is gone, so that no report is written`,
        `A deployment of the same does not bring it back, but this does ${setRight}`,
      ),
    ];
  }
  return [
    ok('schedule', seen.expression),
    seen.isEnabled
      ? ok('state', 'enabled')
      : failed(
          'state',
          'it is disabled, so that no report is written',
          `In EventBridge Scheduler, enable ${name}. If no reports are wanted, take report out of cdk.json, and deploy.`,
        ),
  ];
}

/** Before the schedule has had its turns as it stands now, nobody can expect a report of it. */
export function writtenCheck(reports: ReportsSeen, schedule: ScheduleSeen, now: number): Check {
  const names = workspacesIn(schedule.input);
  if (names.length === 0) {
    return failed('written', 'the schedule hands over no workspaces', `Set that right ${setRight}`);
  }
  const fires = scheduleOf(schedule.expression);
  const turn =
    schedule.isEnabled && typeof fires === 'object'
      ? Math.max(longestWriting, fires.longest * 1000)
      : Number.POSITIVE_INFINITY;
  const writtenAt = (name: string) => reports.get(reportKey(name));
  const awaitedFor = (name: string) => now - Math.max(writtenAt(name) ?? 0, schedule.changedAt);
  const overdue = names.filter((name) => awaitedFor(name) > turns * turn);
  if (overdue.length > 0) {
    const longest = durationText(Math.max(...overdue.map(awaitedFor)) / 1000);
    return failed(
      'written',
      `none of ${listed(overdue)} for ${longest}, and the schedule is ${schedule.expression}`,
      'Write them now with the command that the stack put out as ReportNow, and read what fails: ' +
        'docs/runbook.md#alarm-reportfailed.',
    );
  }
  const times = names.map(writtenAt).filter((at) => at !== undefined);
  const missing = names.filter((name) => writtenAt(name) === undefined);
  return ok(
    'written',
    [
      ...(times.length > 0 ? [`${durationText(Math.max(0, now - Math.min(...times)) / 1000)} ago`] : []),
      ...(missing.length > 0 ? [`none yet of ${listed(missing)}`] : []),
    ].join(', '),
  );
}

const listed = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** None: somebody has written something else there. */
function workspacesIn(input: string): readonly string[] {
  try {
    return readReportEvent(JSON.parse(input))?.workspaces.map(({ name }) => name) ?? [];
  } catch {
    return [];
  }
}
