import { expect, test } from 'vitest';
import { gainedNothing, newReceipt } from '../../../lambda/run/receipt.ts';

test('a run that was suspended before it has read a page has gained nothing, and no other', () => {
  const after = (outcome: 'complete' | 'suspended' | 'busy' | 'failed', pages: number) =>
    gainedNothing({ ...newReceipt('w'), outcome, pages });
  expect([after('suspended', 0), after('suspended', 1)]).toEqual([true, false]);
  expect([after('complete', 0), after('busy', 0), after('failed', 0)]).toEqual([false, false, false]);
});

test('a receipt begins with nothing', () => {
  expect(newReceipt('w')).toEqual({
    outcome: 'complete',
    workspace: 'w',
    requests: { list: 0, status: 0 },
    pages: 0,
    rows: { new: 0, updated: 0, unchanged: 0, quarantined: 0 },
    objects: { read: 0, written: 0 },
    integrations: { total: 0, failed: 0 },
    gaps: 0,
    open: 0,
    late: 0,
    incidents: { raised: 0, resolved: 0 },
    waited_seconds: 0,
    elapsed_seconds: 0,
  });
});
