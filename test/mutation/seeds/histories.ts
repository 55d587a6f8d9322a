/** Random histories that are asked after the unit tests: each is a test. */
import { describe, expect, test } from 'vitest';
import { isFailure, simulate } from '../../simulation/batch/simulate.ts';
import { oddities } from '../../simulation/scenario/oddities.ts';

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);

describe('a history', () => {
  // What lies reaches more than what is honest.
  test.each(seeds(12))('with all that can be odd, of seed %i', async (seed) => {
    expect(isFailure(await simulate(seed, { odd: new Set(oddities) }, 0))).toBe(false);
  });

  test.each(seeds(6))('that is honest, of seed %i', async (seed) => {
    expect(isFailure(await simulate(seed, {}, 0))).toBe(false);
  });
});
