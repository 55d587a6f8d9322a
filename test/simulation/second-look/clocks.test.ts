/** Clocks that are wrong: of Braze, of the machine that the exporter runs on, or of both. */
import { expect, test } from 'vitest';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { readLake } from '../checks/read-lake.ts';
import { began, hour, minute, steady, timedLab } from '../lab/timed-world.ts';

test('P8: no wait for the limit is longer than its window, though the clock is set back', () => {
  const limiter = new RateLimiter(100, began);
  for (let request = 0; request < 100; request += 1) limiter.answered(limiter.sent(began), began);
  expect(limiter.delay(began - hour)).toBeLessThanOrEqual(60_000);
});

test('P15: a clock that is 10 minutes ahead claims nothing of them', async () => {
  const lab = timedLab({ a: steady(30, 5 * minute) });
  lab.exporterClock.offsetMs = 10 * minute;
  await lab.run();
  const [coverage] = (await readLake(lab.objects)).coverage;
  const claimed = Date.parse(`${String(coverage?.complete_to).replace(' ', 'T')}Z`);
  expect(claimed).toBeLessThan(began + 5 * minute);
});
