/** What is mutated to test the runner: each function has mutants of one fate. */

/** Killed: the checks look at both sides of the bound. */
export const isTall = (steps: number): boolean => steps > 12;

/** Survive: nobody looks at what it returns. */
export const isEven = (steps: number): boolean => steps % 2 === 0;

/** One mutant makes the stride 0, and the loop, in which there is no mutant to count, never ends. */
export function strides(steps: number): number {
  const stride = steps > 100 ? 0 : 1;
  return count(steps, stride);
}

/** Known before any test begins. */
export const landings = [4, 8];

/** One mutant can not be loaded at all: a whole number of this size has no plus before it. */
export const lowest = -(2n ** 3n);

/** A function that is only given: what is inside is not mutated here. */
const count: (steps: number, stride: number) => number = new Function(
  'steps',
  'stride',
  'let times = 0; for (let at = 0; at < steps; at += stride) times += 1; return times;',
) as (steps: number, stride: number) => number;
