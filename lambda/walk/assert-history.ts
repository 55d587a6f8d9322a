/** What all code that reads a history relies on. Asserted while it runs, lest a fault of the walk is kept for ever. */
import { BrokenHistory } from '../errors/broken-history.ts';
import type { History } from './history.ts';

/** Each in words, and whether it holds. */
const invariants: readonly (readonly [string, (history: History) => boolean])[] = [
  [
    'the oldest sync of a stretch is not newer than its newest',
    ({ stretches }) => stretches.every(({ newest, oldest }) => oldest <= newest),
  ],
  [
    'stretches are newest first, and no two of them overlap',
    ({ stretches }) =>
      stretches.every(({ oldest }, index) => {
        const below = stretches[index + 1];
        return !below || oldest > below.newest;
      }),
  ],
  [
    'no stretch but the last is closed',
    ({ stretches }) => stretches.slice(0, -1).every(({ closed }) => !closed),
  ],
  // Their gaps would be closed as those of a sorted list are.
  [
    'a list in no order is known whole or not at all',
    ({ order, stretches }) => order !== 'unordered' || stretches.every(({ closed }) => closed),
  ],
  ['an order that is proved is an order', ({ order, proved }) => !proved || order !== 'unordered'],
  ['an empty history has no stretch', ({ empty, stretches }) => !empty || stretches.length === 0],
  [
    'what is known to be whole is so up to a time',
    ({ headAt, stretches }) => headAt !== null || stretches.length === 0,
  ],
  [
    'an open sync is listed once',
    ({ opens }) => new Set(opens.map(({ start }) => start)).size === opens.length,
  ],
  // The checkpoint's format refuses any other, and then the record could never be read again.
  [
    'days are counted only where syncs were given up',
    ({ abandoned }) => Object.values(abandoned).every((syncs) => Number.isInteger(syncs) && syncs > 0),
  ],
];

/** @throws {BrokenHistory} naming the invariant that does not hold. */
export function assertHistory(integrationId: string, history: History): void {
  for (const [invariant, holds] of invariants) {
    if (!holds(history)) throw new BrokenHistory(integrationId, invariant);
  }
}
