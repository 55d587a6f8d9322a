import type { Schedule } from './schedule.ts';

const seconds = { minute: 60, hour: 3_600, day: 86_400 };

/** `rate(1 hour)`, `rate(15 minutes)`: AWS wants the singular after 1 and the plural after any other number. */
export function rateSchedule(expression: string): Schedule | string {
  const [, number = '', unit = '', plural = ''] =
    /^rate\(([1-9]\d{0,4}) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  if (!isUnit(unit)) {
    return 'must be rate(N minutes), rate(N hours) or rate(N days), N being a whole number above 0';
  }
  const right = `rate(${number} ${unit}${number === '1' ? '' : 's'})`;
  if ((number === '1') !== (plural === '')) return `must be ${right}: AWS takes the singular after 1 only`;
  const period = Number(number) * seconds[unit];
  return { expression, shortest: period, longest: period };
}

const isUnit = (text: string): text is keyof typeof seconds => Object.hasOwn(seconds, text);
