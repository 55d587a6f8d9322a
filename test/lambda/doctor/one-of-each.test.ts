import { expect, test } from 'vitest';
import { examine } from '../../../lambda/doctor/examine.ts';
import { jumpingClock } from './examining.ts';

test('one integration with one page is told in the singular', async () => {
  const body = (results: readonly object[]) => JSON.stringify({ results, message: 'success' });
  const { diagnosis } = await examine(
    {
      endpoint: 'https://rest.fra-01.braze.eu',
      key: { key: 'key' },
      limits: { list: 50, status: 100 },
    },
    {
      openTransport: () => async (request) => ({
        status: 200,
        headers: new Headers(),
        body: /job_sync_status/.test(JSON.stringify(request))
          ? body([{ job_status: 'success', sync_start_time: '2026-10-31T23:00:00.000000Z' }])
          : body([{ integration_id: 'a' }]),
      }),
      clock: jumpingClock(),
      random: () => 1,
    },
  );
  const seen = diagnosis.categories.flatMap(({ checks }) => checks.map((check) => check.seen));
  expect(seen).toContain('1 integration');
  expect(seen).toContain('a minute at the most (1 page for a year)');
});
