/** Chance from a seed: the same seed gives the same scenario, on every machine. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export class Random {
  readonly #generator: { next(): number };

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
    // Neighbouring seeds begin alike.
    for (let skipped = 0; skipped < 30; skipped += 1) this.#generator.next();
  }

  /** From 0 to 1. */
  readonly unit = (): number => (this.#generator.next() >>> 0) / 2 ** 32;

  /** An integer, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.between(0, values.length - 1)] as T;
  }
}
