/** P10: what fails for its own reason holds back what belongs to it; a store that does nothing fails the run. */
import { beforeEach, describe, expect, test } from 'vitest';
import { BrokenHistory } from '../../../lambda/errors/broken-history.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import { Containment, isContained } from '../../../lambda/run/containment.ts';
import { runOf } from './integrations.ts';

const many = Array.from({ length: 12 }, (_, index) => index);
const a = () => runOf('a');

let integration: ReturnType<typeof a>;
let containment: Containment;
beforeEach(() => {
  integration = a();
  containment = new Containment(new Map([['a', integration]]));
});

/** Does it for so many items, all of which fail but the first few. */
const each = (
  error: Error,
  {
    items = 1,
    succeed = 0,
    isAlive = false,
    ids = ['a'],
  }: {
    items?: number;
    succeed?: number;
    isAlive?: boolean;
    ids?: readonly string[];
  } = {},
) =>
  containment.each(many.slice(0, items), { idsOf: () => ids, isAlive }, async (item) => {
    if (item >= succeed) throw error;
  });

const refused = new StoreFailure('It is too large.');

test('is a damaged object or history, and what the store refuses of one; not a whole store, nor a fault', () => {
  expect([new Damaged('x'), refused, new BrokenHistory('a', 'x')].map(isContained)).toEqual([
    true,
    true,
    true,
  ]);
  const whole = new StoreFailure('Not open.', { isOfWholeStore: true });
  expect([whole, new TypeError('A fault.')].map(isContained)).toEqual([false, false]);
});

describe('what fails', () => {
  test('holds back whom it belongs to, with the reason, and is said once', async () => {
    expect(await each(refused, { items: 3, ids: ['a', 'a'] })).toBe(false);
    expect([integration.isHeldBack, integration.state.failure]).toEqual([true, 'It is too large.']);
    expect(containment.failures).toEqual(['It is too large.']);
  });

  test('of one that is held back already is said where it is damaged, and only there', async () => {
    integration.holdBack('Earlier.');
    await each(refused);
    expect([containment.failures, integration.state.failure]).toEqual([[], 'Earlier.']);
    await each(new Damaged('It is damaged.'));
    expect([containment.failures, integration.state.failure]).toEqual([['It is damaged.'], 'Earlier.']);
  });

  test('of nobody who is known is said all the same', async () => {
    await each(refused, { ids: ['nobody'] });
    expect(containment.failures).toEqual(['It is too large.']);
  });

  test('for a fault of this program is thrown', async () => {
    await expect(each(new TypeError('A fault.'))).rejects.toThrow('A fault.');
  });
});

describe('it is the store', () => {
  test('where the first eight all fail', async () => {
    expect(await each(refused, { items: 7 })).toBe(false);
    await expect(each(refused, { items: 8 })).rejects.toThrow('It is too large.');
  });

  test('not where anything has succeeded, now or just before', async () => {
    expect(await each(refused, { items: 12, succeed: 1 })).toBe(true);
    expect(await each(refused, { items: 12, isAlive: true })).toBe(true);
    expect(await each(refused, { items: 1, succeed: 1 })).toBe(true);
  });

  test('not where objects are damaged, however many', async () => {
    expect(await each(new Damaged('It is damaged.'), { items: 12 })).toBe(false);
  });
});
