/**
 * `cron(minutes hours day-of-month month day-of-week year)` of EventBridge Scheduler.
 *
 * The parser takes much for granted (it reads `abc` as a number, and 28-3 as any day), so the fields are checked
 * against their grammar before it sees them.
 */
import cronParser from 'aws-cron-parser';
import { type CronField, cronFields } from './cron-fields.ts';
import { gapsOf, nextRun } from './cron-gaps.ts';
import type { Schedule } from './schedule.ts';

export function cronSchedule(expression: string): Schedule | string {
  const texts = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  if (texts.length !== cronFields.length) {
    return `must be cron(…) with six fields, one space between them: ${cronFields.map(({ name }) => name).join(', ')}`;
  }
  const read = cronFields.map((field, index) => field.read(texts[index] ?? ''));
  const wrong = cronFields.find((_, index) => read[index] === undefined);
  if (wrong) return faultOf(wrong);
  if ((texts[2] === '?') === (texts[4] === '?')) {
    return 'must have ? either as its day of month or as its day of week, not in both and not in neither';
  }

  const cron = cronParser.parse(read.join(' '));
  if (!nextRun(cron, new Date())) return 'never fires: there is no such day, or its years are over';
  return { expression, ...gapsOf(cron) };
}

const faultOf = ({ name, allowed }: CronField): string => `has a wrong ${name}: it takes ${allowed}`;
