/** A few of each: `npm run simulate -- --standing` plays as many as one wants. */
import { expect, test } from 'vitest';
import { traps } from '../../../lambda/standing/standing.ts';
import { playTroubles } from './incident-corpus.ts';
import { playCalendar } from './lateness-corpus.ts';
import { promises } from './promised.ts';
import { cleanHistory, falseFindings, foundAfter, isRecreationFound, trappedHistory } from './trap-corpus.ts';

const seed = Date.now() % 1e6;
console.log(`Seed ${seed}.`);

test.each(traps)('%s is found within three syncs', (trap) => {
  for (let index = 0; index < 4; index += 1) {
    expect(foundAfter(trap, trappedHistory(trap, seed + index)), `seed ${seed + index}`).toBeLessThanOrEqual(
      3,
    );
  }
});

test('an integration that was made anew is found, and no other of its name', () => {
  for (let index = 0; index < 200; index += 1) expect(isRecreationFound(seed + index)).toBe(true);
});

test('where nothing lies, no trap is found', () => {
  for (let index = 0; index < 11; index += 1) {
    expect(falseFindings(cleanHistory(seed + index, 2)), `seed ${seed + index}`).toEqual([]);
  }
});

test('each incident is raised once and resolved once, in order, and none that was over', () => {
  for (let index = 0; index < 3; index += 1) {
    expect(playTroubles(seed + index).faults, `seed ${seed + index}`).toEqual([]);
  }
});

test.each(['hourly', 'daily', 'weekdays', 'weekly', 'monthly'] as const)(
  'a sync that comes %s is late when it is missed, and never else',
  (plan) => {
    for (const each of promises) {
      const played = playCalendar({ plan, promises: each, trouble: 'none', years: 1, seed });
      expect(played.firstFalse).toBeNull();
      expect(played.unheard).toEqual([]);
    }
  },
);
