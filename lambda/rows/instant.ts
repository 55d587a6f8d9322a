/**
 * A moment with the digits that its source has given, as text that sorts by time: UTC, `YYYY-MM-DDTHH:MM:SS`,
 * then a point and the fraction where there is one, without a zone. A `Date` would cut Braze's microseconds off,
 * and two syncs could then look like one. Zeros at the end stay: `35.180` is not `35.183`, and `35.18` may be.
 */
export type Instant = string & { readonly __instant: unique symbol };

/** ISO 8601, also with a blank for the `T` or before the zone, and with `UTC` for `Z`: nothing else can be meant. */
const iso8601 =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?( ?(?:Z|UTC|([+-])(\d{2})(?::?(\d{2}))?))?$/i;

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export interface ReadTime {
  readonly instant: Instant;
  /** False: the text names no zone, and was taken for UTC. */
  readonly hasZone: boolean;
}

/** Reads date and time with a zone; undefined for anything else. */
export function parseInstant(text: unknown): Instant | undefined {
  const time = typeof text === 'string' ? readTime(text) : undefined;
  return time?.hasZone ? time.instant : undefined;
}

/** Reads date and time; undefined for anything else, also for the 30th of February. */
export function readTime(text: string): ReadTime | undefined {
  const match = iso8601.exec(text);
  if (!match) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = '0',
    fraction = '',
    zone,
    sign,
    zoneHour = '0',
    zoneMinute = '0',
  ] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second.padStart(2, '0')}`;
  // Nearly every time is in UTC already, and a day's object has tens of thousands: a Date takes most of the reading.
  const whole = offset === 0 ? local : new Date(Date.parse(`${local}Z`) - offset * 60_000).toISOString();
  // Outside of four-digit years neither sorting as text nor the table's timestamps work.
  if (!/^\d{4}-/.test(whole) || whole.startsWith('0000')) return undefined;
  return { instant: withFraction(whole.slice(0, 19), fraction), hasZone: zone !== undefined };
}

function isDate(year: number, month: number, day: number): boolean {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeapYear ? 29 : daysOfMonths[month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function withFraction(whole: string, fraction: string): Instant {
  return (fraction ? `${whole}.${fraction}` : whole) as Instant;
}

/** Whether two agree in all the digits that both have: `35`, `35.183` and `35.183728` may all be one moment. */
export function agree(a: Instant, b: Instant): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

/** Without zeros at the end: of two that are one moment to the last digit, the same text. */
export function canonical(instant: Instant): Instant {
  return withFraction(instant.slice(0, 19), withoutTrailingZeros(instant.slice(20)));
}

/** Not by a regular expression, which takes quadratic time on a hostile text. */
export function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** The instant of a clock's milliseconds. */
export function instantOf(milliseconds: number): Instant {
  const text = new Date(milliseconds).toISOString();
  return withFraction(text.slice(0, 19), withoutTrailingZeros(text.slice(20, -1)));
}

/** Milliseconds since the epoch, cut. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(`${instant.slice(0, 19)}${fractionOf(instant)}Z`);
}

/** The UTC day, `YYYY-MM-DD`. */
export function dayOf(instant: Instant): string {
  return instant.slice(0, 10);
}

/** How the lake writes a timestamp: `yyyy-MM-dd HH:mm:ss.SSS`, cut to milliseconds, never rounded. */
export function timestampCell(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}${fractionOf(instant)}`;
}

/** `Date.parse` makes a time of many a text that is none. */
const cellForm = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/;

/** Milliseconds since the epoch of what the lake has so written; NaN where it is no timestamp. */
export function millisecondsOfCell(cell: string): number {
  return cellForm.test(cell) ? millisecondsOf(cell.replace(' ', 'T') as Instant) : Number.NaN;
}

function fractionOf(instant: Instant): string {
  return `.${instant.slice(20, 23).padEnd(3, '0')}`;
}
