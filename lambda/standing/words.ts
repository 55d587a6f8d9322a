/** Lengths of time and moments as a person says them: never cut so far that they say nothing. */
import { dayMs, hourMs, minuteMs } from './periods.ts';

/** `22 days`, `3 hours`, `1 minute`: in the largest unit of which there are two, for what is short also one. */
export function lengthOf(ms: number): string {
  if (ms >= 2 * dayMs) return plural(Math.floor(ms / dayMs), 'day');
  if (ms >= 2 * hourMs) return plural(Math.floor(ms / hourMs), 'hour');
  if (ms >= minuteMs) return plural(Math.floor(ms / minuteMs), 'minute');
  return plural(Math.max(0, Math.floor(ms / 1000)), 'second');
}

/** Of a distance that is only about so long: to the nearest unit, for a sync every 14 minutes 59 s comes every 15. */
export function roughLengthOf(ms: number): string {
  const unit = [dayMs, hourMs].find((large) => ms >= 2 * large) ?? (ms >= minuteMs ? minuteMs : 1000);
  return lengthOf(Math.round(ms / unit) * unit);
}

/** `2026-11-28 19:34 UTC`. */
export function momentOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function plural(count: number | bigint, unit: string): string {
  return `${count} ${unit}${Number(count) === 1 ? '' : 's'}`;
}

/** `1,234,567`. */
export function countOf(count: bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
