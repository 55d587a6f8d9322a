/** When syncs are to start. */
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { fromLocal, type Zone } from './zone.ts';

export type Plan =
  | '5 minutes'
  | '15 minutes'
  | 'hourly'
  | 'daily'
  | 'weekdays'
  | 'business hours'
  | 'weekly'
  | 'monthly';
export const plans: readonly Plan[] = [
  '5 minutes',
  '15 minutes',
  'hourly',
  'daily',
  'weekdays',
  'business hours',
  'weekly',
  'monthly',
];

const every: Partial<Record<Plan, number>> = {
  '5 minutes': 5,
  '15 minutes': 15,
  hourly: 60,
  'business hours': 15,
};

/** @param minute of the local day, for those that come once a day or less often. */
export function occurrences(plan: Plan, zone: Zone, minute: number, from: number, until: number): number[] {
  const found: number[] = [];
  const minutes = every[plan];
  for (let local = Math.floor(from / dayMs) * dayMs - dayMs; local <= until + dayMs; local += dayMs) {
    const date = new Date(local);
    const weekday = date.getUTCDay();
    const isWorkday = weekday > 0 && weekday < 6;
    if (plan === 'business hours') {
      if (!isWorkday) continue;
      for (let at = 9 * 60; at < 17 * 60; at += 15) found.push(fromLocal(zone, local + at * minuteMs));
    } else if (minutes !== undefined) {
      for (let at = 0; at < dayMs; at += minutes * minuteMs) found.push(local + at);
    } else if (
      plan === 'daily' ||
      (plan === 'weekdays' && isWorkday) ||
      (plan === 'weekly' && weekday === 1) ||
      (plan === 'monthly' && date.getUTCDate() === 1)
    ) {
      found.push(fromLocal(zone, local + minute * minuteMs));
    }
  }
  return found.filter((at) => at >= from && at < until);
}

export const usualOf: Record<Plan, number> = {
  '5 minutes': 5 * minuteMs,
  '15 minutes': 15 * minuteMs,
  hourly: hourMs,
  daily: dayMs,
  weekdays: dayMs,
  'business hours': 15 * minuteMs,
  weekly: 7 * dayMs,
  monthly: 31 * dayMs,
};
