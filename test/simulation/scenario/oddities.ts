/** Everything that an honest source at a tidy place would not do, by name: each can be turned on alone. */
import { type LieName, lieNames } from '../../../local/simulator/lies/told-lie.ts';
import type { OddKind, SiteEvent } from '../world/world-plan.ts';

export const oddKinds = [
  'late row',
  'row ahead',
  'swapped rows',
  'changed row',
  'reopened row',
  'twins',
  'strange status',
] as const satisfies readonly OddKind[];

export const siteKinds = ['lost object', 'clock steps'] as const satisfies readonly SiteEvent['kind'][];

const placeKinds = [
  /** Braze's and the exporter's clocks differ, and drift. */
  'clocks apart',
  /** Calls of the stores take time, some of it long. */
  'slow stores',
  /** Answers take seconds. */
  'slow answers',
  /** `prev` of the second page has no cursor. */
  'bare prev',
  /** A page without rows has no results. */
  'no results',
  /** A list of more than one page, of many syncs that never end. */
  'crowd',
] as const;

export type Oddity = LieName | OddKind | SiteEvent['kind'] | (typeof placeKinds)[number];

export const oddities: readonly Oddity[] = [...lieNames, ...oddKinds, ...siteKinds, ...placeKinds];

export function isLie(oddity: Oddity): oddity is LieName {
  return lieNames.includes(oddity as LieName);
}

/** @throws {TypeError} naming what there is. @param text `all`, `none`, or names with commas. */
export function readOddities(text: string): ReadonlySet<Oddity> {
  if (text === 'none') return new Set();
  if (text === 'all') return new Set(oddities);
  const names = text.split(',').map((each) => each.trim());
  const known = names.flatMap((name) => oddities.filter((each) => each === name));
  if (known.length < names.length) throw new TypeError(`all, none, or of these: ${oddities.join(', ')}`);
  return new Set(known);
}
