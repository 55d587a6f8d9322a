import { beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '../../../lambda/errors/refused.ts';
import type { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { KeyDoubt } from '../../../lambda/run/key-doubt.ts';
import { runOf } from './integrations.ts';

const error = new Refused(403, 'The key lacks a permission.');
const [a, b, c, d, e] = [runOf('a'), runOf('b'), runOf('c'), runOf('d'), runOf('e')] as const;

let doubt: KeyDoubt;
beforeEach(() => {
  doubt = new KeyDoubt();
});

const refused = (...integrations: readonly IntegrationRun[]) => {
  for (const each of integrations) doubt.refused(each, error, []);
};
const named = (failed: readonly [IntegrationRun, Refused][]) => failed.map(([{ id }]) => id);

describe('it is about the key', () => {
  test('where two that were asked after the first one are refused as well, and nobody was answered', () => {
    refused(a, b);
    expect(() => refused(c)).toThrow(error);
  });

  test('where it takes three, since somebody was answered before', () => {
    doubt.answered(e);
    refused(a, b, c);
    expect(() => refused(d)).toThrow(error);
  });

  test('where nobody is left to be asked, and nobody was answered', () => {
    refused(a);
    expect(() => doubt.conclude()).toThrow(error);
  });
});

describe('they have failed by themselves', () => {
  test('where one is answered that was asked after them', () => {
    refused(a, b);
    expect(doubt.isOpen).toBe(true);
    expect(doubt.answered(c)).toEqual([
      [a, error],
      [b, error],
    ]);
    expect([doubt.isOpen, doubt.answered(c)]).toEqual([false, []]);
  });

  test('where nobody is left to be asked, and somebody was answered in this run', () => {
    doubt.answered(b);
    refused(a);
    expect([named(doubt.conclude()), doubt.isOpen]).toEqual([['a'], false]);
  });

  test('and those that are refused later are counted anew', () => {
    doubt.answered(e);
    refused(a, b, c);
    doubt.answered(e);
    refused(a, b, c);
    expect(doubt.isOpen).toBe(true);
  });
});

describe('what was under way when the first one was refused', () => {
  test('tells nothing where it is answered, but once', () => {
    doubt.refused(a, error, [b]);
    expect([doubt.answered(b), doubt.isOpen]).toEqual([[], true]);
    expect(named(doubt.answered(b))).toEqual(['a']);
  });

  test('tells nothing where it is refused: it is held, and not counted', () => {
    doubt.refused(a, error, [b, c]);
    refused(b, c, d);
    expect(() => refused(e)).toThrow(error);
  });

  test('is only that: what is under way at a later refusal was asked after the first', () => {
    refused(a);
    doubt.refused(b, error, [c]);
    expect(() => refused(c)).toThrow(error);
  });

  test('is forgotten with the doubt', () => {
    doubt.refused(a, error, [b]);
    expect(named(doubt.answered(c))).toEqual(['a']);
    doubt.refused(d, error, []);
    expect(named(doubt.answered(b))).toEqual(['d']);
  });
});

test('nobody was refused: there is no doubt, and nothing to conclude', () => {
  expect([doubt.isOpen, doubt.answered(a), doubt.conclude()]).toEqual([false, [], []]);
  expect(new KeyDoubt().conclude()).toEqual([]);
});
