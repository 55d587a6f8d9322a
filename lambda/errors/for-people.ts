/**
 * Errors whose message is meant for a person: a sentence or two that names what is wrong and says what to do.
 * Any other error is a fault of this program.
 */

import { LostRace } from '../objects/object-store.ts';
import { Damaged } from './damaged.ts';
import { StoreFailure } from './store-failure.ts';

export function isForPeople(error: unknown): error is Error {
  return error instanceof Damaged || error instanceof LostRace || error instanceof StoreFailure;
}
