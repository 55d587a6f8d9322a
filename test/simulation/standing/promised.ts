/** What the source's list says of the next run: promises that are kept, none, and such that starts do not match. */
import { hourMs } from '../../../lambda/standing/periods.ts';
import { occurrences, type Plan } from './calendar.ts';
import type { Zone } from './zone.ts';

/** When the source moves its promise on; `none`: it makes none. */
export const promises = ['at the start', 'at the end', 'none'] as const;
/** Nobody can be asked to see at once that these mean nothing: each may be believed wrongly once. */
export const unmatchedPromises = [
  'hours too early',
  'hours too late',
  'twice as often',
  'at weekends, too',
  'never moved',
] as const;
export type Promises = (typeof promises)[number] | (typeof unmatchedPromises)[number];

/** A local time that is taken for UTC. */
const hoursEarly = 5 * hourMs;
const hoursLate = 9 * hourMs;

export const isUnmatched = (promised: Promises): boolean =>
  unmatchedPromises.some((each) => each === promised);

export interface Promising {
  readonly promises: Promises;
  readonly plan: Plan;
  readonly zone: Zone;
  readonly minute: number;
  /** When syncs are to start, oldest first, and the whole time of it. */
  readonly due: readonly number[];
  readonly from: number;
  readonly until: number;
}

/** @returns `next_scheduled_run` at a moment; moments only grow. */
export function promiseOf(promising: Promising): (at: number, isRunning: boolean) => number | null {
  const { due } = promising;
  const next = nextIn(due);
  const last = lastIn(due);
  const said = nextIn(saidOf(promising));
  switch (promising.promises) {
    case 'at the start':
      return (at) => next(at) ?? null;
    case 'at the end':
      return (at, isRunning) => {
        const following = next(at);
        return (isRunning ? last(at) : undefined) ?? following ?? null;
      };
    case 'none':
      return () => null;
    case 'never moved':
      return () => due[0] ?? null;
    case 'hours too late':
      return (at) => {
        const following = next(at);
        return following === undefined ? null : following + hoursLate;
      };
    default:
      return (at) => said(at) ?? null;
  }
}

/** All times that are ever promised, where they are not those of the syncs. */
function saidOf({ promises, plan, zone, minute, due, from, until }: Promising): readonly number[] {
  switch (promises) {
    case 'twice as often':
      return due.flatMap((at, index) => {
        const following = due[index + 1];
        return following === undefined ? [at] : [at, Math.round((at + following) / 2)];
      });
    case 'at weekends, too':
      return plan === 'weekdays' ? occurrences('daily', zone, minute, from, until) : due;
    case 'hours too early':
      return due.map((at) => at - hoursEarly);
    default:
      return due;
  }
}

/** The last that is not after the moment; moments only grow. */
export function lastIn(values: readonly number[]): (at: number) => number | undefined {
  let index = -1;
  return (at) => {
    while ((values[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index += 1;
    return values[index];
  };
}

function nextIn(values: readonly number[]): (at: number) => number | undefined {
  let index = 0;
  return (at) => {
    while ((values[index] ?? Number.POSITIVE_INFINITY) <= at) index += 1;
    return values[index];
  };
}
