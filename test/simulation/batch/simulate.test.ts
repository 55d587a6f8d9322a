/** A simulation that can't fail, or that nobody can follow when it does, proves nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeScenario } from '../scenario/describe-scenario.ts';
import { type Oddity, oddities } from '../scenario/oddities.ts';
import { playScenario } from '../scenario/play-scenario.ts';
import { anyScenario } from '../scenario/scenario-arbitrary.ts';
import { type Drawn, describeFailure, isFailure, simulate } from './simulate.ts';

test('the same seed gives the same history: requests, runs and all', async () => {
  for (const seed of [3, 5, 8]) expect(await simulate(seed)).toEqual(await simulate(seed));
});

test('so it does where all goes wrong, though several things wait at a time', async () => {
  const odd = new Set<Oddity>(['slow stores', 'slow answers', 'crowd']);
  for (const seed of [2, 6]) expect(await simulate(seed, { odd })).toEqual(await simulate(seed, { odd }));
});

test('a scenario can be kept as JSON, and plays the same', async () => {
  const [scenario] = fc.sample(anyScenario(), { seed: 4, numRuns: 1 });
  expect(scenario).toBeDefined();
  if (!scenario) return;
  expect(await playScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(await playScenario(scenario));
});

test('what fails shrinks to a scenario of a few lines', () => {
  const { counterexample } = fc.check(
    fc.property(anyScenario(), ({ steps, world }) => {
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

test('a failure says how the very same history is played again', () => {
  const [scenario] = fc.sample(anyScenario(), { seed: 4, numRuns: 1 });
  if (!scenario) throw new Error('Nothing was drawn.');
  const again = (drawn: Drawn) =>
    describeFailure({ seed: 7, message: '', scenario, shrinks: 0, drawn }).split('\n')[1]?.trim();
  expect([
    again({ odd: new Set(), size: 'usual' }),
    again({ odd: new Set(oddities), size: 'small' }),
    again({ odd: new Set(['twins', 'late row']), size: 'usual' }),
  ]).toEqual([
    'again: npm run simulate -- --runs 1 --seed 7',
    'again: npm run simulate -- --runs 1 --seed 7 --small --odd "all"',
    'again: npm run simulate -- --runs 1 --seed 7 --odd "twins,late row"',
  ]);
});

test('small histories are small', async () => {
  const sizes = { usual: 0, small: 0 };
  for (const size of ['usual', 'small'] as const) {
    for (let seed = 0; seed < 10; seed += 1) {
      const played = await simulate(seed, { size });
      if (!isFailure(played)) sizes[size] += played.requests;
    }
  }
  expect(sizes.small).toBeLessThan(sizes.usual / 2);
});

test('seeds that are neighbours give histories that are not', async () => {
  const played = await Promise.all([1, 2, 3, 4].map((seed) => simulate(seed)));
  expect(
    new Set(played.map((each) => (isFailure(each) ? 'failed' : `${each.requests} ${each.claims}`))).size,
  ).toBe(4);
});
