/** Lengths of time and moments as a person says them: never cut so far that they say nothing. */
import { dayMs, hourMs, minuteMs } from './periods.ts';

/** `22 days`, `3 hours`, `1 minute`: in the largest unit of which there are two, for what is short also one. */
export function lengthOf(ms: number): string {
  if (ms >= 2 * dayMs) return plural(Math.floor(ms / dayMs), 'day');
  if (ms >= 2 * hourMs) return plural(Math.floor(ms / hourMs), 'hour');
  if (ms >= minuteMs) return plural(Math.floor(ms / minuteMs), 'minute');
  return plural(Math.max(0, Math.floor(ms / 1000)), 'second');
}

/** `15 minutes`, `hour`, `24 hours`: for what comes about so often, so rounded, not cut. */
export function aboutEvery(ms: number): string {
  const [minutes, hours] = [Math.round(ms / minuteMs), Math.round(ms / hourMs)];
  if (hours >= 48) return plural(Math.round(ms / dayMs), 'day');
  if (minutes === 60) return 'hour';
  if (minutes >= 120) return plural(hours, 'hour');
  return minutes > 1 ? plural(minutes, 'minute') : minutes === 1 ? 'minute' : lengthOf(ms);
}

/** The clocks of the source, of Braze and of the exporter differ by so much, and nobody need hear of it. */
const justNowMs = 5 * minuteMs;

/** `3 hours ago`. */
export function ago(at: number, asOf: number): string {
  if (at > asOf + justNowMs) return `ahead of the clock (${momentOf(at)})`;
  return asOf - at < 1000 ? 'just now' : `${lengthOf(asOf - at)} ago`;
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
