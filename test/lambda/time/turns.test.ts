import { expect, test } from 'vitest';
import { Turns } from '../../../lambda/time/turns.ts';

test('work is done one after the other, in the order in which it came, also after a failure', async () => {
  const turns = new Turns();
  const story: string[] = [];
  const work = (name: string, fails = false) =>
    turns.take(async () => {
      story.push(`${name} begins`);
      await new Promise(setImmediate);
      story.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const ends = await Promise.allSettled([work('a'), work('b', true), work('c')]);
  expect(story).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
