/** A simulation that can't fail, or that nobody can follow when it does, proves nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeScenario } from './describe-scenario.ts';
import { playScenario } from './play-scenario.ts';
import { anyScenario } from './scenario.ts';
import { isFailure, simulate } from './simulate.ts';

test('the same seed gives the same history: requests, runs and all', async () => {
  for (const seed of [3, 5, 8]) expect(await simulate(seed)).toEqual(await simulate(seed));
});

test('a scenario can be kept as JSON, and plays the same', async () => {
  const [scenario] = fc.sample(anyScenario, { seed: 4, numRuns: 1 });
  expect(scenario).toBeDefined();
  if (!scenario) return;
  expect(await playScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(await playScenario(scenario));
});

test('what fails shrinks to a scenario of a few lines', () => {
  const { counterexample } = fc.check(
    fc.property(anyScenario, ({ steps, world }) => {
      const purges = steps.flatMap(({ during }) => during).filter(({ event }) => event.kind === 'purge');
      return purges.length === 0 || world.integrations.every(({ rows }) => rows < 11);
    }),
    { seed: 1, numRuns: 1000 },
  );
  const [scenario] = counterexample ?? [];
  const lines = scenario ? describeScenario(scenario) : [];
  expect(lines).toContain('integration 0: 11 rows, one each 60 minutes');
  expect(lines).toContain('  before request 1: 1 old rows are purged (integration 0)');
  expect(lines).toContain('quirks: linkForm relative');
  expect(lines.length).toBeLessThan(10);
});

test('seeds that are neighbours give histories that are not', async () => {
  const played = await Promise.all([1, 2, 3, 4].map((seed) => simulate(seed)));
  expect(new Set(played.map((each) => (isFailure(each) ? 'failed' : each.requests))).size).toBe(4);
});
