/** When a request reached Braze, and how long it is waited before the next. */
import { describe, expect, test } from 'vitest';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import type { Clock } from '../../../lambda/time/clock.ts';
import { began, noAnswer, page, reply, requesting } from './requesting.ts';

const question = { endpoint: 'status', path: '/cdi/integrations/a/job_sync_status', cursor: null } as const;
const second = 1000;

describe('a request reached Braze', () => {
  /** Braze's clock is so many seconds ahead of ours; an answer takes one. */
  const askedAt = async (ahead: number) => {
    const date = new Date(began + ahead * second).toUTCString();
    const answer = { ...page([]), headers: new Headers({ date }) };
    const { requester } = requesting([answer], { latency: second });
    return (await requester.request(question)).askedAt - began;
  };

  test('when it was sent, by our clock, where that is not ahead of Braze’s', async () => {
    expect([await askedAt(60), await askedAt(0)]).toEqual([0, 0]);
  });

  test('as long before its answer’s date as the answer took, where our clock is ahead: nothing later is in it', async () => {
    expect([await askedAt(-3), await askedAt(-60)]).toEqual([-4 * second, -61 * second]);
  });

  test('when it was sent where the clocks agree to two seconds: the date has no more than seconds', async () => {
    expect(await askedAt(-2)).toBe(0);
  });

  test('when it was sent, where the answer has no date', async () => {
    const { requester } = requesting([page([])]);
    expect((await requester.request(question)).askedAt).toBe(began);
  });

  test('for the first time, by the same reckoning, as none of an earlier run has', async () => {
    const dated = (seconds: number) => ({
      ...page([]),
      headers: new Headers({ date: new Date(began + seconds * second).toUTCString() }),
    });
    const { requester } = requesting([noAnswer(), dated(-60), dated(-59)], { latency: second });
    expect(requester.askedFrom).toBe(Number.POSITIVE_INFINITY);
    const first = await requester.request(question);
    await requester.request(question);
    expect(requester.askedFrom).toBe(first.askedAt);
    expect(first.askedAt).toBe(began - 61 * second);
  });

  test('by a clock that is behind Braze’s by as much as each date shows, and a day at the most', async () => {
    const behind = async (...ahead: readonly number[]) => {
      const answers = ahead.map((seconds) => ({
        ...page([]),
        headers: new Headers({ date: new Date(began + seconds * second).toUTCString() }),
      }));
      const { requester } = requesting([...answers, page([])], { latency: 0 });
      for (let left = answers.length + 1; left > 0; left -= 1) await requester.request(question);
      return requester.behindMs / second;
    };
    expect([await behind(), await behind(-60), await behind(2), await behind(3)]).toEqual([0, 0, 0, 3]);
    expect([await behind(60, 59, 61), await behind(90_000)]).toEqual([59, 86_400]);
    // One answer that is dated wrong makes no clock wrong.
    expect([await behind(0, 90_000, 0), await behind(90_000, 0)]).toEqual([0, 0]);
  });

  test('at its answer’s date at the latest, where our clock was set back meanwhile', async () => {
    const date = new Date(began - 60 * second).toUTCString();
    const answer = { ...page([]), headers: new Headers({ date }) };
    const { requester } = requesting([answer], { latency: -5 * second });
    expect((await requester.request(question)).askedAt).toBe(began - 60 * second);
  });
});

describe('the pause before the next try', () => {
  const pauseAfter = async (answer: ReturnType<typeof reply> | Error, random = 0.5) => {
    const { requester, sleeps } = requesting([answer, page([])], { random: () => random });
    await requester.request(question);
    return sleeps;
  };
  const later = { 'retry-after': '20' };

  test('is drawn by lot, and as long as Braze says at the least, where it can not answer', async () => {
    expect(await pauseAfter(noAnswer())).toEqual([500]);
    expect(await pauseAfter(reply(500, '', later))).toEqual([20 * second]);
    expect(await pauseAfter(reply(503, '', later))).toEqual([20 * second]);
    expect(await pauseAfter(reply(503, '', { 'retry-after': '0' }))).toEqual([500]);
  });

  test('is not that of an answer that is none of Braze’s', async () => {
    expect(await pauseAfter(reply(200, '<html>', later))).toEqual([500]);
  });

  test('is told, and a wait for the limit is told as that', async () => {
    const { requester, events } = requesting([noAnswer(), reply(429, '', later), page([])]);
    await requester.request(question);
    expect(events).toEqual([
      { kind: 'retry', reason: 'the answer 500' },
      { kind: 'wait', why: 'retry', milliseconds: 500 },
      { kind: 'wait', why: 'limit', milliseconds: 20 * second },
    ]);
  });

  test('is not begun where it would end with the deadline', async () => {
    const until = async (deadline: number) => {
      const asking = requesting([noAnswer(), page([])], { deadline: began + deadline, latency: 200 });
      const error = await asking.requester.request(question).catch((reason: unknown) => reason);
      return [error instanceof OutOfTime, asking.sleeps];
    };
    expect(await until(701)).toEqual([false, [500]]);
    expect(await until(700)).toEqual([true, []]);
  });

  test('ends with the run’s signal, and when nothing is sent any more', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const sleeping = () => {
      const time = { now: began };
      const clock: Clock = {
        now: () => time.now,
        sleep: async (milliseconds, signal) => {
          signals.push(signal);
          time.now += milliseconds;
        },
      };
      return clock;
    };
    const stop = new AbortController();
    const ports = { clock: sleeping(), signal: stop.signal };
    const transport = async () => {
      if (signals.length === 0) throw noAnswer();
      return page([]);
    };
    const withSignal = requesting([], { ...ports, transport });
    await withSignal.requester.request(question);
    expect(signals[0]?.aborted).toBe(false);
    stop.abort();
    expect(signals[0]?.aborted).toBe(true);
    signals.length = 0;
    const other = requesting([], { ...ports, signal: new AbortController().signal, transport });
    await other.requester.request(question);
    other.requester.stop();
    expect(signals[0]?.aborted).toBe(true);
  });
});
