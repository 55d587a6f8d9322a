import { describe, expect, test } from 'vitest';
import { newReceipt, type Receipt } from '../../../lambda/run/receipt.ts';
import { receiptText } from '../../../local/start/receipt-text.ts';

const textOf = (receipt: Partial<Receipt>, integrations?: readonly string[]): readonly string[] =>
  receiptText({ ...newReceipt('default'), ...receipt }, { data: './data', integrations }).split('\n');

describe('the receipt for people', () => {
  test('tells figures, also of one, in words that agree with them', () => {
    const [, , , gaps, open, late, requests] = textOf({
      pages: 1,
      requests: { list: 1, status: 2 },
      gaps: 1,
      open: 1,
      late: 1,
    });
    expect([gaps, open, late, requests]).toEqual([
      '  gaps          1 stretch of history not read yet',
      '  open          1 sync not final yet',
      '  late          1 row turned up where none was missing',
      '  requests      2 for 1 page, 1 for the list',
    ]);
    expect(textOf({ gaps: 2000, open: 0 }).slice(3, 5)).toEqual([
      '  gaps          2,000 stretches of history not read yet',
      '  open          0 syncs not final yet',
    ]);
  });

  test('tells of incidents where there were any', () => {
    expect(textOf({ incidents: { raised: 1, resolved: 1200 } })).toContain(
      '  incidents     1 raised, 1,200 resolved',
    );
    expect(textOf({}).join()).not.toContain('incidents');
  });

  test('says nothing of rows that turned up, or are in quarantine, where there are none', () => {
    expect(textOf({}).join('\n')).not.toMatch(/late|quarantined/);
  });

  test.each<[Partial<Receipt>, string]>([
    [{ pages: 3 }, 'Complete: all history up to now is in the lake.'],
    [{ outcome: 'suspended', pages: 3 }, 'the next run goes on from there'],
    [{ outcome: 'suspended' }, 'nothing could be read before the run ended'],
    [{ outcome: 'failed', pages: 3 }, 'What could be read is kept.'],
    [{ outcome: 'failed' }, 'No history was exported.'],
    [{ outcome: 'busy' }, 'nothing was done'],
  ])('%j says: %s', (receipt, sentence) => {
    expect(textOf(receipt)[0]).toContain(sentence);
  });

  test('where integrations were named, says nothing of the others', () => {
    const of = (receipt: Partial<Receipt>) => textOf(receipt, ['one'])[0];
    expect(of({})).toBe(
      'Complete: all history of the integrations that were named is in the lake, up to now.',
    );
    expect(of({ outcome: 'failed', pages: 3 })).toBe(textOf({ outcome: 'failed', pages: 3 })[0]);
  });

  test.each(['failed', 'suspended', 'busy'] as const)('is one line where nothing was read: %s', (outcome) => {
    expect(textOf({ outcome })).toHaveLength(1);
  });

  test('fits a terminal of 100 columns', () => {
    const most = 999_999_999;
    const lines = textOf({
      outcome: 'suspended',
      pages: most,
      requests: { list: most, status: most },
      gaps: most,
      open: most,
      late: most,
    });
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100);
  });
});
