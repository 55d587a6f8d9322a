import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { aFewAtOnce } from '../../../lambda/run/a-few-at-once.ts';

describe('aFewAtOnce', () => {
  test('does all of it, never more than eight at once', async () => {
    const done: number[] = [];
    const busy = { now: 0, most: 0 };
    await aFewAtOnce(Array(30).keys(), async (item) => {
      busy.now += 1;
      busy.most = Math.max(busy.most, busy.now);
      await turn();
      busy.now -= 1;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual([...Array(30).keys()]);
    expect(busy.most).toBe(8);
  });

  test('P2: after a failure begins no more, and throws it when all that was begun has ended', async () => {
    const [begun, ended] = [[] as number[], [] as number[]];
    const work = aFewAtOnce(Array(30).keys(), async (item) => {
      begun.push(item);
      await turn();
      if (item === 3) throw new Error('the first');
      await turn();
      if (item === 5) throw new Error('another');
      ended.push(item);
    });
    await expect(work).rejects.toThrow('the first');
    expect(begun).toEqual([...Array(8).keys()]);
    expect(ended).toEqual([0, 1, 2, 4, 6, 7]);
  });
});
