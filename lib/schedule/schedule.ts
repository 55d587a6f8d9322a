/** A schedule expression of EventBridge Scheduler, and how far apart its runs are. */
import { cronSchedule } from './cron.ts';
import { rateSchedule } from './rate.ts';

export interface Schedule {
  /** As EventBridge Scheduler takes it. */
  readonly expression: string;
  /** Seconds between two runs where they are closest; infinite where it fires only once. */
  readonly shortest: number;
  /** Seconds between two runs where they are furthest apart; infinite where it fires only once. */
  readonly longest: number;
}

/** The schedule, or what is wrong with it, as the rest of a sentence that begins with its name. */
export function scheduleOf(expression: string): Schedule | string {
  if (expression.startsWith('rate(')) return rateSchedule(expression);
  if (expression.startsWith('cron(')) return cronSchedule(expression);
  return 'must be rate(…), such as rate(15 minutes), or cron(…), such as cron(0 6 * * ? *)';
}
