/** Draws a scenario from a seed, plays it, and shrinks it where it fails. */
import fc from 'fast-check';
import { describeScenario } from './describe-scenario.ts';
import { type Played, playScenario } from './play-scenario.ts';
import { anyScenario, type Scenario } from './scenario.ts';

/** How long a failing scenario is made smaller, in real time. */
const maxShrinkMs = 30_000;

export interface SimulationFailure {
  readonly seed: number;
  readonly message: string;
  readonly scenario: Scenario;
  /** How often it was made smaller. */
  readonly shrinks: number;
}

/** @returns what was played, or how it failed. The same seed gives the same. */
export async function simulate(
  seed: number,
  { shrinks = true }: { readonly shrinks?: boolean } = {},
): Promise<Played | SimulationFailure> {
  let played: Played | undefined;
  const property = fc.asyncProperty(anyScenario, async (scenario) => {
    played = await playScenario(scenario);
  });
  const details = await fc.check(property, {
    seed: spread(seed),
    numRuns: 1,
    // The weights are the scenario's own.
    unbiased: true,
    endOnFailure: !shrinks,
    interruptAfterTimeLimit: maxShrinkMs,
  });
  if (!details.failed && played) return played;
  const [scenario] = details.counterexample ?? [];
  if (!scenario) throw new Error(`Seed ${seed} was not played.`);
  const error = details.errorInstance;
  const message = error instanceof Error ? error.message : String(error);
  return { seed, message, scenario, shrinks: details.numShrinks };
}

export function isFailure(result: Played | SimulationFailure): result is SimulationFailure {
  return 'scenario' in result;
}

/** How to see it again, and the smallest scenario that was found. */
export function describeFailure({ seed, message, scenario, shrinks }: SimulationFailure): string {
  return [
    `Seed ${seed}: ${message}`,
    `  again: npm run simulate -- --runs 1 --seed ${seed}`,
    `  made smaller ${shrinks} times, to:`,
    ...describeScenario(scenario).map((line) => `    ${line}`),
  ].join('\n');
}

/** Neighbouring seeds begin alike in fast-check's generator. */
function spread(seed: number): number {
  return Math.imul(seed + 1, 0x9e3779b1) ^ (seed >>> 7);
}
