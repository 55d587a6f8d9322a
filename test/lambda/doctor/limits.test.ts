/** At most 20 requests and 60 seconds, and 15 where nobody answers, on a clock that nobody waits for. */
import { expect, test } from 'vitest';
import type { Reply, Transport } from '../../../lambda/braze/transport.ts';
import { Asking } from '../../../lambda/doctor/asking.ts';
import { examine } from '../../../lambda/doctor/examine.ts';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { jumpingClock, troubles } from './examining.ts';

const options = {
  endpoint: 'https://rest.fra-01.braze.eu',
  key: { key: 'key' },
  limits: { list: 50, status: 100 },
};

async function timed(answer: (clock: ReturnType<typeof jumpingClock>) => Transport) {
  const clock = jumpingClock();
  const began = clock.now();
  let requests = 0;
  const transport = answer(clock);
  const { diagnosis } = await examine(options, {
    openTransport: () => (request) => {
      requests += 1;
      return transport(request);
    },
    clock,
    random: () => 1,
  });
  return { diagnosis, requests, elapsedMs: clock.now() - began };
}

const silent =
  (clock: ReturnType<typeof jumpingClock>): Transport =>
  async ({ timeout }) => {
    await clock.sleep(timeout);
    throw new NoAnswer(`no whole answer in ${timeout / 1000} s`);
  };

/** For the program to start, and to say what it has found. */
const aroundMs = 1500;

test('where nobody answers, it ends within 15 seconds and says so', async () => {
  const { diagnosis, requests, elapsedMs } = await timed(silent);
  expect(elapsedMs).toBeLessThanOrEqual(15_000 - aroundMs);
  expect(requests).toBe(2);
  expect(troubles(diagnosis)).toEqual(['failed connection, answer']);
});

test('where the list alone is answered, it ends as early, and does not say that all is well', async () => {
  const { diagnosis, elapsedMs } = await timed((clock) => {
    const none = silent(clock);
    return async (request) =>
      request.path === '/cdi/integrations'
        ? { status: 200, headers: new Headers(), body: '{"results":[{"integration_id":"a"}]}' }
        : none(request);
  });
  expect(elapsedMs).toBeLessThanOrEqual(15_000 - aroundMs);
  expect(troubles(diagnosis)).toContain('failed integrations, known');
});

test('answers that take five seconds each end within a minute', async () => {
  const { elapsedMs, requests } = await timed((clock) => async () => {
    await clock.sleep(5000);
    const links = '</cdi/integrations?cursor=a>; rel="next"';
    return {
      status: 200,
      headers: new Headers({ link: links }),
      body: '{"results":[{"integration_id":"a"},{"integration_id":"b"}],"message":"success"}',
    };
  });
  expect(elapsedMs).toBeLessThanOrEqual(60_000 - aroundMs);
  expect(requests).toBeLessThanOrEqual(12);
});

test('a limit that is used up for good is waited for a minute at the most', async () => {
  const { diagnosis, elapsedMs } = await timed(() => async () => ({
    status: 429,
    headers: new Headers({ 'retry-after': '55' }),
    body: '{"message":"Rate limit exceeded"}',
  }));
  expect(elapsedMs).toBeLessThanOrEqual(60_000 - aroundMs);
  // Nothing was looked at: that is not well.
  expect(troubles(diagnosis)).toEqual(['failed limits, room']);
  const [answer] = diagnosis.categories.flatMap(({ checks }) =>
    checks.filter(({ name }) => name === 'answer'),
  );
  expect(answer).toMatchObject({ result: 'skipped' });
});

const refused: Reply = {
  status: 429,
  headers: new Headers({ 'retry-after': '1' }),
  body: '{"message":"Rate limit exceeded"}',
};

test('where the list alone is refused, the set-up is judged by the rest', async () => {
  const page: Reply = { status: 200, headers: new Headers(), body: '{"results":[]}' };
  const { diagnosis } = await timed(
    () =>
      async ({ path }) =>
        path.startsWith('/cdi/integrations/') ? page : refused,
  );
  expect(troubles(diagnosis)).toEqual(['warning limits, room']);
  const silent = await timed(() => async ({ path }) => {
    if (path.startsWith('/cdi/integrations/')) throw new NoAnswer('no whole answer');
    return refused;
  });
  expect(troubles(silent.diagnosis)).toEqual(['failed connection, answer']);
});

test('it sends no more than 20 requests, whatever is asked', async () => {
  const clock = jumpingClock();
  let requests = 0;
  const transport: Transport = async () => {
    requests += 1;
    return { status: 200, headers: new Headers(), body: '{"results":[]}' };
  };
  const limiter = () => new RateLimiter(100, clock.now());
  const asking = new Asking(transport, clock, { list: limiter(), status: limiter() }, () => 0);
  for (let each = 0; each < 30; each++) await asking.ask('status', '/cdi/integrations/a/job_sync_status');
  expect(requests).toBe(20);
});
