/**
 * A source that lies, rows that are odd, clocks that are wrong, stores that are slow: each kind alone, so that a
 * failure says which rule is missing, and all of them together.
 */
import { describe, expect, test } from 'vitest';
import { oddities, readOddities } from '../scenario/oddities.ts';
import { firstFailure } from './simulate.ts';

const seedsOfEach = 3;
const chunk = 12;
const chunks = 2;
/** There are many kinds: a failing one is made smaller for a short while, `npm run simulate` takes longer. */
const maxShrinkMs = 5_000;

const failureOf = (names: string, from: number, seeds: number): Promise<string> =>
  firstFailure(from, seeds, { odd: readOddities(names) }, maxShrinkMs);

describe('P3 P10 P15 P16 P17: nothing is lost by what goes wrong, nor claimed', () => {
  test.each(oddities)('%s', async (oddity) => {
    expect(await failureOf(oddity, 1, seedsOfEach)).toBe('');
  });

  for (let index = 0; index < chunks; index += 1) {
    const from = 1 + index * chunk;
    test(`all of it together, seeds ${from} to ${from + chunk - 1}`, async () => {
      expect(await failureOf('all', from, chunk)).toBe('');
    });
  }
});
