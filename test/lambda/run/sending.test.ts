import { describe, expect, test } from 'vitest';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { PutAside } from '../../../lambda/errors/put-aside.ts';
import { Refused } from '../../../lambda/errors/refused.ts';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import type { Answer } from '../../../lambda/run/requester.ts';
import { parseSourced } from '../rows/parse-sourced.ts';
import { answerOf, now } from './integrations.ts';
import { ReadingHarness } from './reading-harness.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `i${String(index).padStart(2, '0')}`);
/** A page of the list, which is not the last. */
const listOf = (next: string, ...named: readonly string[]): Answer => ({
  kind: 'page',
  results: named.map((id) => parseSourced(JSON.stringify({ integration_id: id }))),
  links: { next },
});
const refused = new Refused(403, 'No.');
const unanswered = new Unanswered(new NoAnswer('the answer 500'), 5);

/** The list and the first integration were answered. */
async function heard(...due: readonly string[]): Promise<ReadingHarness> {
  const desk = new ReadingHarness({ due });
  desk.send();
  await desk.take('list', listOf('on'));
  const [first = ''] = desk.send();
  await desk.take(first, answerOf([1, 2]));
  return desk;
}
/** The limit has no room for a request now. */
const useUp = (desk: ReadingHarness, endpoint: 'list' | 'status') => {
  for (let count = 0; count < 100; count += 1) desk.limiters[endpoint].sent(now);
};

describe('the first requests of a run', () => {
  test('go alone: the list’s, then the first integration’s, until that is answered', async () => {
    const desk = new ReadingHarness({ due: ids(3) });
    expect(desk.send()).toEqual(['list']);
    expect(desk.send()).toEqual(['list']);
    await desk.take('list', listOf('on'));
    expect(desk.send()).toEqual(['i00']);
    expect(desk.send()).toEqual(['i00']);
    await desk.take('i00', answerOf([1, 2]));
    expect(desk.send()).toEqual(['i01', 'i02', 'list']);
  });

  test('are the list’s alone where nobody is known yet', async () => {
    const desk = new ReadingHarness({ due: [] });
    desk.send();
    await desk.take('list', listOf('on'));
    expect(desk.send()).toEqual(['list']);
  });

  test('go one by one where no list is asked for', async () => {
    const desk = new ReadingHarness({ due: ids(3), hasList: false });
    expect(desk.send()).toEqual(['i00']);
    await desk.take('i00', answerOf([1, 2]));
    expect(desk.send()).toEqual(['i01', 'i02']);
  });

  test('hold nobody up where they have to wait for their limit', async () => {
    const desk = new ReadingHarness({ due: ids(3) });
    useUp(desk, 'list');
    expect(desk.send()).toEqual(['i00', 'list']);
    const other = new ReadingHarness({ due: ids(3) });
    other.send();
    await other.take('list', listOf('on'));
    useUp(other, 'status');
    expect(other.send()).toEqual(['i00', 'list']);
  });

  test('are asked again in another’s name where the first is not answered: it is still one at a time', async () => {
    const desk = new ReadingHarness({ due: ids(3), hasList: false });
    desk.send();
    await desk.take('i00', unanswered);
    expect(desk.send()).toEqual(['i01']);
  });
});

describe('side by side', () => {
  test('twelve integrations are read, and the list', async () => {
    const desk = await heard(...ids(20));
    expect(desk.send()).toEqual([...ids(13).slice(1), 'list']);
    await desk.take('i05', answerOf([1]));
    expect(desk.send()).toEqual([...ids(14).filter((id) => !['i00', 'i05'].includes(id)), 'list']);
  });

  test('are three where it is in doubt whether the key is good', async () => {
    const desk = await heard(...ids(20));
    desk.send();
    await desk.take('i01', refused);
    expect(desk.send()).toHaveLength(12);
    for (const id of ids(11).slice(2)) await desk.take(id, refused);
    expect(desk.send()).toEqual(['i11', 'i12', 'i13', 'list']);
  });

  test('one of the list’s at a time', async () => {
    const desk = await heard('a');
    expect(desk.send()).toEqual(['list']);
    expect(desk.send()).toEqual(['list']);
    await desk.take('list', { kind: 'page', results: [], links: { prev: 'before' } });
    expect([desk.send(), desk.sending.isIdle]).toEqual([[], true]);
  });

  test('those that the list has named meanwhile are asked for, too', async () => {
    const desk = await heard('a');
    desk.send();
    await desk.take('list', listOf('further', 'a', 'b'));
    expect(desk.send()).toEqual(['b', 'list']);
  });
});

test('who asks is told whether there are others', async () => {
  const alone = new ReadingHarness({ due: ['a'], hasList: false });
  alone.send();
  expect(alone.hasOthers('a')).toBe(false);
  const two = new ReadingHarness({ due: ['a', 'b'], hasList: false });
  two.send();
  expect(two.hasOthers('a')).toBe(true);
});

describe('one that is not answered', () => {
  test('for want of time is asked no more, nor is anybody else; the list has a limit of its own', async () => {
    const desk = await heard(...ids(3));
    desk.send();
    const error = new OutOfTime();
    await desk.take('i01', error);
    await desk.take('i02', new OutOfTime());
    expect(desk.send()).toEqual(['list']);
    expect(desk.sending.outOfTime).toBe(error);
  });

  test('where it is the list, for want of time, is no reason to ask nobody', async () => {
    const desk = await heard(...ids(3));
    desk.send();
    expect(desk.sending.outOfTime).toBeUndefined();
    await desk.take('list', new OutOfTime());
    expect(desk.sending.outOfTime).toBeInstanceOf(OutOfTime);
    expect(desk.send()).toEqual(['i01', 'i02']);
  });

  test('since it is limited waits, and others go on', async () => {
    const desk = await heard('a', 'b', 'c');
    desk.send();
    await desk.take('b', new PutAside(true));
    expect(desk.send()).toEqual(['c', 'list']);
    await desk.take('c', answerOf([1]));
    await desk.take('list', new OutOfTime());
    expect(desk.send()).toEqual(['b']);
  });

  test('at all, or refused, is left out', async () => {
    const desk = await heard('a', 'b', 'c');
    desk.send();
    await desk.take('b', unanswered);
    await desk.take('c', refused);
    expect(desk.send()).toEqual(['list']);
  });
});
