/** Each run reads and writes the facts of every integration: they stay small, whatever happens. */
import { expect, test } from 'vitest';
import { factsData } from '../../../lambda/checkpoint/standing-record.ts';
import { dayMs } from '../../../lambda/standing/periods.ts';
import { Random } from '../../simulation/random.ts';
import { occurrences, type Plan } from '../../simulation/standing/calendar.ts';
import { cleanHistory, sources, syncsOf } from '../../simulation/standing/trap-corpus.ts';
import { Watcher } from '../../simulation/standing/watcher.ts';

const from = Date.UTC(2026, 0, 5);
const word = { status: 'active', nextScheduledRun: null };

function bytesAfter(syncs: ReturnType<typeof syncsOf>): number {
  const watcher = new Watcher(syncs);
  watcher.look((syncs.at(-1)?.start ?? from) + dayMs / 24, word);
  return Buffer.byteLength(JSON.stringify(factsData({ ...watcher.facts, open: [], outbox: [] })));
}

test.each<readonly [Plan, number]>([
  ['5 minutes', 1300],
  ['15 minutes', 1300],
  ['hourly', 1300],
  ['daily', 1300],
  ['weekdays', 1500],
  ['business hours', 1900],
  ['weekly', 1500],
])('one that comes %s takes at the most %i bytes', (plan, most) => {
  const starts = occurrences(plan, 'Berlin', 125, from, from + (plan === 'weekly' ? 200 : 60) * dayMs);
  const bytes = bytesAfter(syncsOf('steady', starts, new Random(5)));
  console.log(`${plan}: ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(most);
});

test('bursts, of which only the longest pauses are kept, take no more than 4 KB', () => {
  const seed = sources.indexOf('bursts');
  const bytes = bytesAfter(cleanHistory(seed, 3).syncs);
  console.log(`bursts: ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(4096);
});
