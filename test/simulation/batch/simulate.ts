/** Draws a scenario from a seed, plays it, and shrinks it where it fails. */
import fc from 'fast-check';
import { describeScenario } from '../scenario/describe-scenario.ts';
import { type Oddity, oddities } from '../scenario/oddities.ts';
import { type Played, playScenario } from '../scenario/play-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { anyScenario, type SizeName } from '../scenario/scenario-arbitrary.ts';

/** Which histories are drawn. */
export interface Drawn {
  /** What goes wrong in them. */
  readonly odd: ReadonlySet<Oddity>;
  readonly size: SizeName;
}

export interface SimulationFailure {
  readonly seed: number;
  readonly message: string;
  readonly scenario: Scenario;
  /** How often it was made smaller. */
  readonly shrinks: number;
  readonly drawn: Drawn;
}

/**
 * @param maxShrinkMs how long a failing scenario is made smaller, in real time.
 * @returns what was played, or how it failed. The same seed gives the same.
 */
export async function simulate(
  seed: number,
  { odd = new Set(), size = 'usual' }: Partial<Drawn> = {},
  maxShrinkMs = 30_000,
): Promise<Played | SimulationFailure> {
  let played: Played | undefined;
  let failedAt: number | undefined;
  const property = fc.asyncProperty(anyScenario(odd, size), async (scenario) => {
    // Out of time, no smaller one counts as failing.
    if (failedAt !== undefined && performance.now() - failedAt > maxShrinkMs) return;
    try {
      played = await playScenario(scenario);
    } catch (error) {
      failedAt ??= performance.now();
      throw error;
    }
  });
  const details = await fc.check(property, {
    seed: spread(seed),
    numRuns: 1,
    // The weights are the scenario's own.
    unbiased: true,
  });
  if (!details.failed && played) return played;
  const [scenario] = details.counterexample ?? [];
  if (!scenario) throw new Error(`Seed ${seed} was not played.`);
  const error = details.errorInstance;
  const message = error instanceof Error ? error.message : String(error);
  return { seed, message, scenario, shrinks: details.numShrinks, drawn: { odd, size } };
}

export function isFailure(result: Played | SimulationFailure): result is SimulationFailure {
  return 'scenario' in result;
}

/** Of the first that fails of so many, what {@link describeFailure} says of it; empty: none does. */
export async function firstFailure(
  seed: number,
  count: number,
  drawn: Partial<Drawn> = {},
  maxShrinkMs?: number,
): Promise<string> {
  for (let each = seed; each < seed + count; each += 1) {
    const result = await simulate(each, drawn, maxShrinkMs);
    if (isFailure(result)) return describeFailure(result);
  }
  return '';
}

/** How to see it again, and the smallest scenario that was found. */
export function describeFailure({ seed, message, scenario, shrinks, drawn }: SimulationFailure): string {
  const { odd, size } = drawn;
  const names = odd.size === oddities.length ? 'all' : [...odd].join(',');
  const switches = `${size === 'small' ? ' --small' : ''}${odd.size > 0 ? ` --odd "${names}"` : ''}`;
  return [
    `Seed ${seed}: ${message}`,
    `  again: npm run simulate -- --runs 1 --seed ${seed}${switches}`,
    `  made smaller ${shrinks} times, to:`,
    ...describeScenario(scenario).map((line) => `    ${line}`),
  ].join('\n');
}

/** Neighbouring seeds begin alike in fast-check's generator. */
function spread(seed: number): number {
  return Math.imul(seed + 1, 0x9e3779b1) ^ (seed >>> 7);
}
