/**
 * `cron(minutes hours day-of-month month day-of-week year)` of EventBridge Scheduler.
 *
 * One library knows what AWS takes and says what is wrong, the other one knows when it runs.
 */
import cronValidate from 'cron-validate';
import { Cron } from 'croner';
import type { Schedule } from './schedule.ts';

const daySeconds = 86_400;

export function cronSchedule(expression: string): Schedule | string {
  const fields = /^cron\(([^a-z ]+(?: [^a-z ]+){5})\)$/.exec(expression)?.[1];
  if (fields === undefined) {
    return 'must be cron(…) with six fields, one space between them and names in capitals: minute, hour, day of month, month, day of week, year';
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields.split(' ');
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    return 'must have ? either as its day of month or as its day of week, not in both and not in neither';
  }
  const checked = cronValidate.default(fields, { preset: 'aws-cloud-watch' });
  if (checked.isError()) return faultOf(checked.getError()[0]);

  try {
    // The last day of a week is a Saturday.
    const days = cronOf(`0 0 ${dayOfMonth} ${month} ${dayOfWeek === 'L' ? 'SAT' : dayOfWeek} ${year}`);
    if (!days.nextRun()) return 'never fires: there is no such day, or its years are over';
    return { expression, ...gapsOf(cronOf(`${minute} ${hour} * * * *`), days) };
  } catch (error) {
    return faultOf(error instanceof Error ? error.message : String(error));
  }
}

/** A library's message without the expression, and as a part of a sentence. */
const faultOf = (message = ''): string =>
  `is wrong: ${message.replace(/^CronPattern: |\.?( \(Input cron: .*)?$/g, '')}`;

const cronOf = (fields: string): Cron =>
  new Cron(`0 ${fields}`, {
    mode: '7-part',
    utcOffset: 0,
    // A Sunday is 1, and 5/15 is from 5 on, as with AWS.
    alternativeWeekdays: true,
    sloppyRanges: true,
  });

/** In seconds. The times of a day are the same on every day that has any, so that neither list is long. */
function gapsOf(timesOfDay: Cron, days: Cron): { shortest: number; longest: number } {
  const times = secondsOf(timesOfDay, 24 * 60).filter((time) => time < start + daySeconds);
  const firstToLast = (times.at(-1) ?? 0) - (times[0] ?? 0);
  // Two years of days hold a leap year and one that is none.
  const gaps = [
    ...differences(times),
    ...differences(secondsOf(days, 2 * 366)).map((apart) => apart - firstToLast),
  ];
  return gaps.length === 0
    ? { shortest: Infinity, longest: Infinity }
    : { shortest: Math.min(...gaps), longest: Math.max(...gaps) };
}

/** Not today: two syntheses of one commit must be alike. */
const start = Date.UTC(2024, 0) / 1000;

const secondsOf = (cron: Cron, count: number): number[] =>
  cron.nextRuns(count, new Date(start * 1000 - 1)).map((run) => run.getTime() / 1000);

const differences = (moments: readonly number[]): number[] =>
  moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment));
