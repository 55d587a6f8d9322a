import { expect, test } from 'vitest';
import { gainedNothing, newReceipt } from '../../../lambda/run/receipt.ts';

test('a run that was suspended before it has read a page has gained nothing, and no other', () => {
  const after = (outcome: 'complete' | 'suspended' | 'busy' | 'failed', pages: number) =>
    gainedNothing({ ...newReceipt('w'), outcome, pages });
  expect([after('suspended', 0), after('suspended', 1)]).toEqual([true, false]);
  expect([after('complete', 0), after('busy', 0), after('failed', 0)]).toEqual([false, false, false]);
});

test('a receipt begins with nothing', () => {
  const numbers = JSON.stringify(newReceipt('w')).match(/(?<=:)\d+/g) ?? [];
  expect(numbers.length).toBeGreaterThan(15);
  expect(new Set(numbers)).toEqual(new Set(['0']));
  // A run that ends before it knows who is to be exported says so in these, too.
  expect(newReceipt('w').integrations).toEqual({ total: 0, failed: 0 });
});
