/** Random histories; `npm run simulate` plays as many as one likes. */
import { describe, expect, test } from 'vitest';
import { firstFailure } from './simulate.ts';

/** Fixed, so that a run of the tests says the same twice; `npm run simulate` draws its own. */
const firstSeed = 1;
const chunk = 50;
const chunks = 3;
const small = 400;

describe('random histories, orders, drift, purges, deadlines, crashes and two runs at once', () => {
  for (let index = 0; index < chunks; index += 1) {
    const from = firstSeed + index * chunk;
    test(`P1 P3 P4 P5 P7 P8 P9 P10 P11 P15: seeds ${from} to ${from + chunk - 1}`, async () => {
      expect(await firstFailure(from, chunk)).toBe('');
    });
  }

  test(`the same in small: seeds ${firstSeed} to ${small}`, async () => {
    expect(await firstFailure(firstSeed, small, { size: 'small' })).toBe('');
  });
});
