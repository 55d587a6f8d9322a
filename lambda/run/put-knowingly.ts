import { LostRace } from '../errors/lost-race.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { isContained } from './containment.ts';

const tries = 3;

/**
 * Writes an object that is made of more than what stands there, so that it can't just be joined again. A write whose
 * answer was lost may have happened: then what stands there is known again.
 *
 * @returns false where somebody else has written it since it was read. @throws {StoreFailure}
 */
export async function putKnowingly(
  objects: ObjectStore,
  key: string,
  body: Uint8Array,
  expected: string | undefined,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await objects.put(key, body, expected);
      return true;
    } catch (error) {
      if (!(error instanceof LostRace) && (!isContained(error) || attempt === tries)) throw error;
      const stored = await objects.get(key);
      if (stored && Buffer.compare(stored.body, body) === 0) return true;
      if (stored?.etag !== expected) return false;
    }
  }
}
