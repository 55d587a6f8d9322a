/**
 * A source that lies, rows that are odd, clocks that are wrong, stores that are slow: each kind alone, so that a
 * failure says which rule is missing, and all of them together.
 */
import { describe, expect, test } from 'vitest';
import { oddities, readOddities } from './oddities.ts';
import { describeFailure, isFailure, simulate } from './simulate.ts';

const firstSeed = 1;
const seedsOfEach = 6;
const seedsOfAll = 60;

async function failureOf(names: string, seeds: number): Promise<string> {
  const odd = readOddities(names);
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const result = await simulate(seed, odd);
    if (isFailure(result)) return describeFailure(result);
  }
  return '';
}

describe('P3 P10 P15 P16 P17: nothing is lost by what goes wrong, nor claimed', () => {
  test.each(oddities)('%s', async (oddity) => {
    expect(await failureOf(oddity, seedsOfEach)).toBe('');
  });

  test('all of it together', async () => {
    expect(await failureOf('all', seedsOfAll)).toBe('');
  });
});
