import { describe, expect, test } from 'vitest';
import { BrokenHistory } from '../../../lambda/errors/broken-history.ts';
import { isForPeople } from '../../../lambda/errors/exporter-error.ts';
import { assertHistory } from '../../../lambda/walk/assert-history.ts';
import { contradict, type History, newHistory } from '../../../lambda/walk/history.ts';
import { ago, historyOf, stretch } from '../run/integrations.ts';

const closed = { closed: true };
const open = (hours: number) => ({ start: ago(hours), place: null });

describe('a history is sound', () => {
  const sound: Record<string, History> = {
    'before anything is known': newHistory(),
    'with one sync': historyOf([stretch(1, 1)]),
    'with gaps': historyOf([stretch(1, 2), stretch(3, 4), stretch(5, 6)]),
    'whole, with its order proved': historyOf([stretch(1, 9, closed)], { proved: true }),
    'closed below gaps': historyOf([stretch(1, 2), stretch(3, 4, closed)]),
    'empty, and proved in whatever order': historyOf([], { order: null, empty: true, proved: true }),
    'emptied, with what is known of it': historyOf([stretch(1, 9, closed)], { empty: true }),
    'whole in no order': historyOf([stretch(1, 9, closed)], { order: 'unordered' }),
    'with open syncs, and such as were given up': historyOf([stretch(1, 9)], {
      opens: [open(2), open(1)],
      abandoned: { '2026-05-01': 2 },
    }),
  };

  test.each(Object.entries(sound))('%s', (_, history) => {
    expect(() => assertHistory('a', history)).not.toThrow();
  });

  test('after it was contradicted, whatever it was', () => {
    for (const history of Object.values(sound)) {
      const contradicted = structuredClone(history);
      contradict(contradicted);
      expect(() => assertHistory('a', contradicted)).not.toThrow();
    }
  });
});

describe('a history is broken', () => {
  test.each<[string, History]>([
    ['the oldest sync of a stretch is not newer than its newest', historyOf([stretch(2, 1)])],
    ['stretches are newest first, and no two of them overlap', historyOf([stretch(1, 3), stretch(2, 4)])],
    ['stretches are newest first, and no two of them overlap', historyOf([stretch(3, 4), stretch(1, 2)])],
    // One shared row is a touch, and they would have been joined.
    ['stretches are newest first, and no two of them overlap', historyOf([stretch(1, 2), stretch(2, 3)])],
    ['no stretch but the last is closed', historyOf([stretch(1, 2, closed), stretch(3, 4)])],
    ['a list in no order is known whole or not at all', historyOf([stretch(1, 2)], { order: 'unordered' })],
    ['an order that is proved is an order', historyOf([], { order: 'unordered', proved: true })],
    ['a list that holds no row leaves nothing to be read', historyOf([stretch(1, 2)], { empty: true })],
    ['what is known to be whole is so up to a time', historyOf([stretch(1, 2)], { headAt: null })],
    ['an open sync is listed once', historyOf([], { opens: [open(1), open(2), open(1)] })],
    ['days are counted only where syncs were given up', historyOf([], { abandoned: { '2026-05-01': 0 } })],
  ])('where it is not so that %s', (invariant, history) => {
    expect(() => assertHistory('a', history)).toThrow(invariant);
  });

  test('and the error names the integration, and is caught by the run', () => {
    const error = new BrokenHistory('the one', 'all is well');
    expect(error.message).toContain('integration the one ');
    expect(isForPeople(error)).toBe(false);
  });
});
