import { describe, expect, test } from 'vitest';
import { SimulatedBraze } from '../../../local/simulator/braze.ts';
import { rowWorld, syncs } from './row-world.ts';
import { ask } from './walk-pages.ts';

const noon = Date.UTC(2026, 2, 1, 12);

function limited(quirks = {}): SimulatedBraze {
  return new SimulatedBraze(rowWorld(syncs(3)), { quirks: { statusLimit: 3, listLimit: 2, ...quirks } });
}

function statuses(braze: SimulatedBraze, seconds: readonly number[]): number[] {
  return seconds.map((second) => ask(braze, undefined, noon + second * 1000).status);
}

describe('the window', () => {
  test('by default is 100 status and 50 list requests', () => {
    const braze = new SimulatedBraze(rowWorld(syncs(3)));
    const admitted = (path?: string) =>
      Array.from({ length: 150 }, () => ask(braze, undefined, noon, path)).filter(
        ({ status }) => status === 200,
      );
    expect(admitted()).toHaveLength(100);
    expect(admitted('/cdi/integrations')).toHaveLength(50);
  });

  test('rolling: a request leaves it after 60 seconds, and refused ones never entered', () => {
    expect(statuses(limited(), [0, 30, 50, 55, 59.999, 60, 61, 90, 91, 110])).toEqual([
      200, 200, 200, 429, 429, 200, 429, 200, 429, 200,
    ]);
  });

  test('fixed: starts anew with the minute', () => {
    const braze = limited({ limitWindow: 'fixed' });
    expect(statuses(braze, [50, 55, 58, 59.999, 60, 60, 60, 61, 120])).toEqual([
      200, 200, 200, 429, 200, 200, 200, 429, 200,
    ]);
  });

  test('is shared by all integrations, unknown ones too, but not by requests without permission', () => {
    const braze = limited();
    braze.keys = { good: ['cdi.integration_job_status'] };
    const statusOf = (key: string, id: string) =>
      braze.answer({ path: `/cdi/integrations/${id}/job_sync_status`, authorization: `Bearer ${key}` }, noon)
        .status;
    expect([statusOf('bad', 'one'), statusOf('bad', 'one'), statusOf('bad', 'one')]).toEqual([401, 401, 401]);
    expect([statusOf('good', 'one'), statusOf('good', 'two'), statusOf('good', 'three')]).toEqual([
      200, 400, 400,
    ]);
    expect(statusOf('good', 'one')).toBe(429);
  });
});

describe('headers', () => {
  function firstAndRefused(limitHeaders: string): Record<string, string>[] {
    const braze = limited({ limitHeaders });
    const answers = [0, 1.5, 2, 20.5].map((second) => ask(braze, undefined, noon + second * 1000));
    return [answers[0], answers[3]].map((answer) => {
      const { 'content-type': _, date: __, ...headers } = answer?.headers ?? {};
      return headers;
    });
  }
  const epoch = (remaining: number) => ({
    'x-ratelimit-limit': '3',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(noon / 1000 + 60),
  });

  test('epoch', () => expect(firstAndRefused('epoch')).toEqual([epoch(2), epoch(0)]));

  test('seconds left, rounded up', () => {
    const [first, refused] = firstAndRefused('seconds_left');
    expect(first?.['x-ratelimit-reset']).toBe('60');
    expect(refused?.['x-ratelimit-reset']).toBe('40');
  });

  test('retry after only on 429', () => {
    expect(firstAndRefused('retry_after_only_on_429')).toEqual([
      epoch(2),
      { 'x-ratelimit-retry-after': '40' },
    ]);
  });

  test('plain retry after', () => {
    expect(firstAndRefused('plain_retry_after')).toEqual([{}, { 'retry-after': '40' }]);
  });

  test('none', () => expect(firstAndRefused('none')).toEqual([{}, {}]));

  test('nonsense takes turns', () => {
    const braze = limited({ limitHeaders: 'nonsense', statusLimit: 100 });
    const headers = Array.from({ length: 6 }, () => JSON.stringify(ask(braze, undefined, noon).headers));
    expect(new Set(headers).size).toBe(6);
    expect(headers.join()).toContain('-60');
  });

  test('who waits as long as told is admitted', () => {
    const braze = limited({ limitHeaders: 'plain_retry_after' });
    for (const second of [0.3, 0.4, 0.5]) ask(braze, undefined, noon + second * 1000);
    const refused = ask(braze, undefined, noon + 30_123);
    const wait = Number(refused.headers['retry-after']) * 1000;
    expect(ask(braze, undefined, noon + 30_123 + wait).status).toBe(200);
  });
});

describe('the log', () => {
  test('counts what arrived in the busiest 60 seconds, by kind', () => {
    const braze = limited();
    for (const second of [0, 0, 59.999, 60, 119, 119, 119, 119.5])
      ask(braze, undefined, noon + second * 1000);
    ask(braze, undefined, noon, '/cdi/integrations');
    expect(braze.busiestMinute('status')).toBe(6);
    expect(braze.busiestMinute('list')).toBe(1);
    expect(new SimulatedBraze(rowWorld([])).busiestMinute('list')).toBe(0);
  });

  test('a minute does not hold its own end', () => {
    const braze = limited();
    for (const second of [0, 60, 120]) ask(braze, undefined, noon + second * 1000);
    expect(braze.busiestMinute('status')).toBe(1);
  });

  test('tells of each request', () => {
    const braze = limited();
    ask(braze, 'nonsense', 7);
    ask(braze, undefined, 8, '/cdi/integrations');
    expect(braze.log).toEqual([
      { at: 7, kind: 'status', integrationId: 'one', cursor: 'nonsense', status: 400 },
      { at: 8, kind: 'list', status: 200 },
    ]);
    expect(braze.requests).toEqual({ list: 1, status: 1 });
  });
});
