/**
 * How long a first export takes, at the most: Braze names no number. The newest page says how often an integration
 * syncs, and a year or so is kept.
 */
import { type Check, ok, skipped } from './check.ts';
import { placedOf } from './row-facts.ts';
import { type Head, isPage, type Sightings } from './sightings.ts';

const keptMs = 365 * 86_400_000;
const pageSize = 10;

export interface Estimate {
  readonly pages: number;
  readonly minutes: number;
}

/** @param integrations how many there are. @param perMinute requests. */
export function estimateOf(
  heads: readonly Head[],
  integrations: number,
  perMinute: number,
): Estimate | undefined {
  const known = heads.flatMap(({ id, asked }) => (isPage(asked) ? [pagesOf(id, asked)] : []));
  if (known.length === 0) return undefined;
  const sum = known.reduce((total, pages) => total + pages, 0);
  // Those that were not asked for have not run as lately as these: they are taken to be like the one in the middle.
  const middle = known.toSorted((a, b) => a - b)[Math.floor(known.length / 2)] ?? 1;
  const pages = Math.ceil(sum + middle * Math.max(0, integrations - known.length));
  return { pages, minutes: Math.ceil(pages / perMinute) };
}

function pagesOf(id: string, page: Parameters<typeof placedOf>[1]): number {
  const starts = placedOf(id, page).map(({ start }) => Date.parse(`${start.slice(0, 19)}Z`));
  if (!page.answer.links.next || starts.length < 2) return 1;
  const spanMs = Math.max(...starts) - Math.min(...starts);
  return spanMs <= 0 ? 1 : Math.ceil((keptMs * (starts.length - 1)) / spanMs / pageSize);
}

export function historyChecks({ heads }: Sightings, integrations: number, perMinute: number): Check[] {
  const estimate = estimateOf(heads, integrations, perMinute);
  if (!estimate) return [skipped('first export', 'no history was answered')];
  const { pages, minutes } = estimate;
  return [
    ok(
      'first export',
      `${lengthOf(minutes)} at the most (${pages.toLocaleString('en')} page${pages === 1 ? '' : 's'} for a year)`,
    ),
  ];
}

function lengthOf(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}
