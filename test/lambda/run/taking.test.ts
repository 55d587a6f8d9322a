import { describe, expect, test } from 'vitest';
import { Denied } from '../../../lambda/errors/denied.ts';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';
import { NoConnection } from '../../../lambda/errors/no-connection.ts';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { PutAside } from '../../../lambda/errors/put-aside.ts';
import { Refused } from '../../../lambda/errors/refused.ts';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import type { Answer } from '../../../lambda/run/requester.ts';
import { parseSourced } from '../rows/parse-sourced.ts';
import { ago, answerOf } from './integrations.ts';
import { ReadingHarness } from './reading-harness.ts';

const unknown: Answer = { kind: 'unknown_integration' };
const unanswered = new Unanswered(new NoAnswer('the answer 500'), 5);
const nobodyThere = new Unanswered(new NoConnection('no connection'), 5);
const refused = new Refused(403, 'No.');

/** No list: the first of these is asked for. */
function reading(...due: readonly string[]): ReadingHarness {
  const desk = new ReadingHarness({ due, hasList: false });
  desk.send();
  return desk;
}

/** The list is asked for. */
function listing(...due: readonly string[]): ReadingHarness {
  const desk = new ReadingHarness({ due });
  desk.send();
  return desk;
}

describe('a page', () => {
  test('is counted and told, with how far the run is', async () => {
    const desk = reading('a', 'b');
    await desk.take('a', answerOf([1, 2], { next: 'on' }));
    desk.send();
    await desk.take('b', answerOf([3]));
    const [first, second] = desk.events;
    expect(first).toEqual({
      kind: 'page',
      integrationId: 'a',
      pages: 1,
      rows: 2,
      newest: ago(1),
      oldest: ago(2),
      isLast: false,
      done: 0,
      total: 2,
    });
    expect(second).toMatchObject({ integrationId: 'b', pages: 2, rows: 1 });
    expect(desk.receipt.pages).toBe(2);
  });

  test('that is the last of an integration says so', async () => {
    const desk = reading('a', 'b');
    await desk.take('a', answerOf([1, 2], { next: 'on' }));
    desk.send();
    await desk.take('b', answerOf([1]));
    desk.send();
    await desk.take('a', answerOf([3, 4], { prev: 'before' }));
    const [, , last] = desk.events;
    // The head of the other was its last page as well, and that was known when no open sync was to be looked for.
    expect(last).toMatchObject({ isLast: true, done: 2, total: 2 });
  });

  test('brings rows to be committed, and counts those that can not be placed', async () => {
    const desk = reading('a');
    await desk.take('a', { kind: 'page', results: [parseSourced('5')], links: {} });
    expect(desk.uncommitted.isEmpty).toBe(false);
    expect(desk.placings.of('a')).toMatchObject({ placed: 0, unplaced: 1 });
  });

  test('that comes for one that has failed meanwhile is not taken', async () => {
    const desk = reading('a');
    desk.of('a').fail('It is over.');
    await desk.take('a', answerOf([1]));
    expect([desk.uncommitted.isEmpty, desk.receipt.pages]).toEqual([true, 0]);
  });

  test('shows that the key is good: who was refused before has failed by himself', async () => {
    const desk = reading('a', 'b');
    await desk.take('a', refused);
    expect(desk.failures.sentences).toEqual([]);
    desk.send();
    await desk.take('b', answerOf([1]));
    expect(desk.failures.sentences).toEqual([expect.stringContaining('Integration a ')]);
  });
});

describe('an integration that the source does not know', () => {
  test('is no page, and a mistake where it was named by hand', async () => {
    const desk = reading('a');
    await desk.take('a', unknown);
    expect(desk.failures.sentences).toEqual([expect.stringContaining('Check the id.')]);
    expect([desk.events, desk.receipt.pages]).toEqual([[], 0]);
  });

  test('is decided by the list where there is one', async () => {
    const desk = listing('a');
    await desk.take('list', { kind: 'page', results: [], links: { next: 'on' } });
    desk.send();
    await desk.take('a', unknown);
    expect([desk.failures.sentences, desk.of('a').isUnknown]).toEqual([[], true]);
  });
});

describe('the list', () => {
  const names = (...ids: readonly string[]): Answer => ({
    kind: 'page',
    results: ids.map((id) => parseSourced(JSON.stringify({ integration_id: id }))),
    links: {},
  });

  test('tells how many are to be exported, where it has named somebody new', async () => {
    const desk = listing('a');
    await desk.take('list', names('a', 'b'));
    expect(desk.events).toEqual([{ kind: 'listed', integrations: 2 }]);
    const same = listing('a');
    await same.take('list', names('a'));
    expect(same.events).toEqual([]);
  });

  test('that names nobody, in a row that can not be read, leaves it in the quarantine', async () => {
    const desk = listing('a');
    await desk.take('list', { kind: 'page', results: [parseSourced('5')], links: {} });
    expect(desk.uncommitted.isEmpty).toBe(false);
  });

  test('that is not answered is a failure as soon as somebody else is', async () => {
    const desk = listing('a');
    await desk.take('list', unanswered);
    expect(desk.failures.sentences).toEqual([]);
    desk.send();
    await desk.take('a', answerOf([1]));
    expect(desk.failures.sentences).toEqual([expect.stringContaining('could not be read')]);
  });

  test('for which there is no time is no failure', async () => {
    const desk = listing('a');
    await desk.take('list', new OutOfTime());
    desk.send();
    await desk.take('a', answerOf([1]));
    expect(desk.failures.sentences).toEqual([]);
  });

  test('that is answered shows that somebody is there: who was not answered has failed by himself', async () => {
    const desk = listing('a');
    desk.held.holdUnanswered(desk.of('a'), 'No answer.');
    await desk.take('list', names());
    expect(desk.failures.sentences).toEqual(['Integration a could not be exported. No answer.']);
  });
});

describe('an error', () => {
  test('of an integration that is not answered is held until somebody is', async () => {
    const desk = reading('a', 'b');
    await desk.take('a', unanswered);
    expect(desk.failures.sentences).toEqual([]);
    desk.send();
    await desk.take('b', answerOf([1]));
    expect(desk.failures.sentences).toEqual([expect.stringContaining('did not answer in 5 tries')]);
  });

  test('that says that nobody is there ends the reading for all', async () => {
    await expect(reading('a').take('a', nobodyThere)).rejects.toThrow(Denied);
  });

  test('of which nobody knows ends it, too', async () => {
    const fault = new Error('A fault of the program.');
    await expect(reading('a').take('a', fault)).rejects.toThrow(fault);
    await expect(listing('a').take('list', fault)).rejects.toThrow(fault);
  });

  test('that is a fault of this program, in what an answer says, ends it as well', async () => {
    const senseless = { kind: 'page', links: {} } as unknown as Answer;
    await expect(reading('a').take('a', senseless)).rejects.toThrow(TypeError);
  });

  test('of the limit alone is remembered of whom it meets', async () => {
    const desk = reading('a');
    await desk.take('a', new PutAside(true));
    desk.of('a').conclude();
    expect(desk.of('a').state.failure).toMatch(/429.*though it answered others/);
  });
});

test('one that is limited again and again, with all others, says so where it comes to nothing', () => {
  const desk = reading('a');
  desk.limit('a');
  desk.of('a').conclude();
  expect(desk.of('a').state.failure).toMatch(/429.*again and again/);
});

describe('when the reading has ended', () => {
  /** The first was answered: the others are under way. */
  async function underWay(): Promise<ReadingHarness> {
    const desk = new ReadingHarness({ due: ['a', 'b', 'c'] });
    desk.send();
    await desk.take('list', { kind: 'page', results: [], links: { next: 'on' } });
    desk.send();
    await desk.take('a', answerOf([1]));
    desk.send();
    return desk;
  }

  test('what is still answered is taken, and what fails has no consequence', async () => {
    const desk = await underWay();
    desk.arrive('b', answerOf([1, 2]));
    desk.arrive('c', refused);
    desk.arrive('list', new OutOfTime());
    await desk.taking.takeRest();
    expect([desk.receipt.pages, desk.sending.isIdle]).toEqual([2, true]);
    expect([desk.failures.sentences, desk.held.isKeyInDoubt]).toEqual([[], false]);
  });

  test('the list is taken as well', async () => {
    const desk = await underWay();
    desk.arrive('b', new OutOfTime());
    desk.arrive('c', new OutOfTime());
    const results = [parseSourced('{"integration_id":"d"}')];
    desk.arrive('list', { kind: 'page', results, links: {} });
    await desk.taking.takeRest();
    expect(desk.integrations.due.map(({ id }) => id)).toContain('d');
  });

  test.each(['b', 'list'])('a fault of the program is thrown, whatever has ended it: of %s', async (what) => {
    const desk = await underWay();
    const fault = new Error('A fault of the program.');
    desk.arrive(what, fault);
    await expect(desk.taking.takeRest()).rejects.toThrow(fault);
  });
});
