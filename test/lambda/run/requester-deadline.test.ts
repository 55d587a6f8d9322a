import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import { type Answer, began, noAnswer, page, reply, requesting } from './requesting.ts';

const question = { endpoint: 'status', path: '/cdi/integrations/a/job_sync_status', cursor: null } as const;
const limited = reply(429);

describe('P8: Requester', () => {
  test('a wait that does not fit before the deadline is not begun', async () => {
    for (const answers of [[limited], [noAnswer()]]) {
      const deadline = began + 1150;
      const { requester, clock, sleeps, requests } = requesting(answers, { deadline, random: () => 1 });
      await expect(requester.request(question)).rejects.toThrow(OutOfTime);
      expect([clock.now(), sleeps, requests.length]).toEqual([began + 200, [], 1]);
    }
  });

  test('no request is sent from the deadline on, and none may last beyond it', async () => {
    const late = requesting([page([])], { deadline: began });
    await expect(late.requester.request(question)).rejects.toThrow(OutOfTime);
    expect(late.requests).toEqual([]);

    const slow = requesting([noAnswer('no whole answer in 5 s')], {
      deadline: began + 5000,
      latency: 60_000,
    });
    await expect(slow.requester.request(question)).rejects.toThrow(OutOfTime);
    expect(slow.requests.map(({ timeout }) => timeout)).toEqual([5000]);
    expect(slow.clock.now()).toBe(began + 5000);
  });

  test('a last try that the deadline cut short is no failure of the integration', async () => {
    const { requester, requests } = requesting([noAnswer()], {
      deadline: began + 5000,
      latency: 1000,
      random: () => 0,
    });
    await expect(requester.request(question)).rejects.toThrow(OutOfTime);
    expect(requests.length).toBe(5);
  });

  test('however requests fail, it ends by the deadline, out of time or unanswered', async () => {
    const answer = fc.constantFrom<Answer>(
      limited,
      noAnswer(),
      reply(500),
      reply(429, '', { 'retry-after': '1' }),
    );
    const run = fc.tuple(fc.array(answer, { minLength: 1, maxLength: 20 }), fc.nat(120_000), fc.nat(40_000));
    await fc.assert(
      fc.asyncProperty(run, async ([answers, time, latency]) => {
        const { requester, clock } = requesting(answers, { deadline: began + time, latency });
        const error = await requester.request(question).catch((reason: unknown) => reason);
        expect(error instanceof OutOfTime || error instanceof Unanswered).toBe(true);
        expect(clock.now()).toBeLessThanOrEqual(began + time);
      }),
    );
  });

  test('a signal ends it, before a request and after one that it broke off', async () => {
    const { requester, requests } = requesting([page([])], { signal: AbortSignal.abort() });
    await expect(requester.request(question)).rejects.toThrow(OutOfTime);
    expect(requests).toEqual([]);

    const stop = new AbortController();
    const broken = requesting([() => [noAnswer(), stop.abort()][0] ?? noAnswer()], { signal: stop.signal });
    await expect(broken.requester.request(question)).rejects.toThrow(OutOfTime);
    expect(broken.requests).toEqual([{ path: question.path, timeout: 30_000, signal: stop.signal }]);
  });
});
