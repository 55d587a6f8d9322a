import { cronSchedule } from './cron.ts';
import { rateSchedule } from './rate.ts';
import type { Schedule } from './schedule.ts';

/** The schedule, or what is wrong with it, as the rest of a sentence that begins with its name. */
export function scheduleOf(expression: string): Schedule | string {
  if (expression.startsWith('rate(')) return rateSchedule(expression);
  if (expression.startsWith('cron(')) return cronSchedule(expression);
  return 'must be rate(…), such as rate(15 minutes), or cron(…), such as cron(0 6 * * ? *)';
}
