/** Histories that are asked after the unit tests: each is a test. */
import { describe, expect, test } from 'vitest';
import { oddities } from '../simulation/oddities.ts';
import { isFailure, simulate } from '../simulation/simulate.ts';
import { type CorpusPart, corpusParts } from '../simulation/standing/corpus.ts';

/** What lies reaches more than what is honest. */
const counts = { odd: 40, honest: 15, standing: 10 };
const seeds = Array.from({ length: Math.max(...Object.values(counts)) }, (_, seed) => seed);

describe('a history', () => {
  test.each(seeds.slice(0, counts.odd))('with all that can be odd, of seed %i', async (seed) => {
    expect(isFailure(await simulate(seed, new Set(oddities), 0))).toBe(false);
  });

  test.each(seeds.slice(0, counts.honest))('that is honest, of seed %i', async (seed) => {
    expect(isFailure(await simulate(seed, new Set(), 0))).toBe(false);
  });
});

describe.each(Object.keys(corpusParts) as CorpusPart[])('how integrations stand: %s', (part) => {
  test.each(seeds.slice(0, counts.standing))('seed %i', (seed) => {
    expect([...corpusParts[part]([seed])].flatMap(({ wrong }) => wrong)).toEqual([]);
  });
});
