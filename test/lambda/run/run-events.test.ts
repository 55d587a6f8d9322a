import { expect, test } from 'vitest';
import { hiddenSentence, pairSentence } from '../../../lambda/run/run-events.ts';

test('that there are syncs which the tables do not show is said with both days, and what to do', () => {
  const sentence = hiddenSentence({ oldest: '2025-01-01', firstDay: '2026-01-01' });
  expect(sentence).toMatch(
    /from 2025-01-01 on, .* begin with 2026-01-01: .* firstDay in cdk\.json to 2025-01-01/,
  );
});

test('that a sync stands twice in the lake is said with its integration and both starts', () => {
  const sentence = pairSentence({
    integrationId: 'a',
    starts: ['2026-01-01T10:00:00', '2026-01-01T10:00:00.1'],
  });
  expect(sentence).toContain('integration a, starts 2026-01-01T10:00:00Z and 2026-01-01T10:00:00.1Z.');
});
