import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Denied } from '../../../lambda/errors/denied.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { NoConnection } from '../../../lambda/errors/no-connection.ts';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import { type Answer, began, noAnswer, page, reply, requesting } from './requesting.ts';

const question = { endpoint: 'status', path: '/cdi/integrations/a/job_sync_status', cursor: null } as const;
const limited = reply(429);

describe('Requester', () => {
  test('asks with the cursor escaped, and counts what it sends', async () => {
    const { requester, requests, receipt } = requesting([page([1])]);
    const { answer, askedAt } = await requester.request({ ...question, cursor: 'a+b/=&?' });
    expect(answer.kind).toBe('page');
    expect(askedAt).toBe(began);
    expect(requests).toEqual([{ path: `${question.path}?cursor=a%2Bb%2F%3D%26%3F`, timeout: 30_000 }]);
    expect(receipt.requests).toEqual({ list: 0, status: 1 });
    await requester.request({ endpoint: 'list', path: '/cdi/integrations', cursor: null });
    expect(requests[1]?.path).toBe('/cdi/integrations');
    expect(receipt.requests).toEqual({ list: 1, status: 1 });
  });

  test('P10: tries five times with full jitter, then gives up with the last reason', async () => {
    const random = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(random, async (lots) => {
        const drawn = lots.values();
        const ports = { random: () => drawn.next().value ?? expect.fail('drawn too often') };
        const { requester, requests, sleeps, events } = requesting(
          [noAnswer('the answer 502'), reply(500)],
          ports,
        );

        const error = await requester.request(question).catch((reason: unknown) => reason);

        expect(error).toBeInstanceOf(Unanswered);
        expect(error).toMatchObject({
          message: 'Braze did not answer in 5 tries: the answer 500.',
          connected: true,
        });
        expect(requests.length).toBe(5);
        const expected = lots.map((lot, index) => lot * 1000 * 2 ** index);
        expect(sleeps).toEqual(expected.filter((milliseconds) => milliseconds > 0));
        expect(events.filter(({ kind }) => kind === 'retry').length).toBe(4);
      }),
      { numRuns: 50 },
    );
  });

  test('an answer on the fifth try is one', async () => {
    const answers: Answer[] = [noAnswer(), reply(503), reply(200, '<html>'), reply(200, '{"results":[')];
    const { requester, requests, receipt } = requesting([...answers, page([])]);
    expect((await requester.request(question)).answer.kind).toBe('page');
    expect([requests.length, receipt.requests.status, receipt.waited_seconds]).toEqual([5, 5, 0]);
  });

  test('tells whether there was a connection at all', async () => {
    const { requester } = requesting([new NoConnection('no connection to x: the connection was refused')]);
    await expect(requester.request(question)).rejects.toMatchObject({ connected: false });
  });

  test.each([
    ['silent', {}],
    ['epoch', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(began / 1000 + 20) }],
    ['seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '20' }],
    ['retry after', { 'x-ratelimit-retry-after': '20' }],
    ['plain retry after', { 'retry-after': '20' }],
    ['date', { 'retry-after': new Date(began + 20_000).toUTCString() }],
    ['nonsense', { 'retry-after': '-5', 'x-ratelimit-reset': 'soon' }],
  ])('P7: a 429 (%s) never counts as a failure, however many there are', async (_, headers) => {
    const refusals = Array<Answer>(30).fill(reply(429, '', headers));
    const failures = Array<Answer>(4).fill(noAnswer());
    const { requester, requests, clock, receipt } = requesting([
      ...refusals,
      ...failures,
      ...refusals,
      page([]),
    ]);
    expect((await requester.request(question)).answer.kind).toBe('page');
    expect(requests.length).toBe(65);
    // It does not spin, and no pause is longer than a minute.
    expect(clock.now() - began).toBeGreaterThan(10 * 60_000);
    expect(clock.now() - began).toBeLessThan(65 * 61_000);
    expect(receipt.waited_seconds).toBeGreaterThan(600);
  });

  test('P16: that the limit refuses one again and again is said while it waits', async () => {
    const saidAfter: number[] = [];
    const { requester, requests } = requesting([...Array<Answer>(13).fill(limited), page([])]);
    await requester.request({ ...question, onLimited: () => saidAfter.push(requests.length) });
    expect(saidAfter).toEqual([6, 12]);
  });

  test.each([
    ['status', 401, 'another instance'],
    ['list', 401, 'API key'],
    ['status', 403, 'permission cdi.integration_job_status'],
    ['list', 403, 'permission cdi.integration_list'],
    ['list', 404, 'not the base URL of a Braze REST API'],
  ] as const)('P12: a denial (%s, %i) says %s, and quotes nothing', async (endpoint, status, words) => {
    const { requester, requests } = requesting([reply(status, '{"message":"sentinel-key"}')]);
    const error = await requester.request({ ...question, endpoint }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Denied);
    expect(String(error)).toContain(words);
    expect(String(error)).toContain(String(status));
    expect(String(error)).not.toContain('sentinel-key');
    expect(requests.length).toBe(1);
  });

  test('P9: the lease is kept before each request, and a lost one ends it', async () => {
    let kept = 0;
    const keepLease = async () => {
      kept += 1;
      if (kept === 3) throw new LostRace('The lease');
    };
    const { requester, requests } = requesting([limited], { keepLease });
    await expect(requester.request(question)).rejects.toThrow(LostRace);
    expect(requests.length).toBe(2);
  });

  test('P7: the two endpoints have a limit each', async () => {
    const { requester, clock } = requesting([page([])], { latency: 0 });
    for (let request = 0; request < 100; request += 1) await requester.request(question);
    for (let request = 0; request < 50; request += 1)
      await requester.request({ ...question, endpoint: 'list' });
    expect(clock.now()).toBe(began);
    await requester.request(question);
    expect(clock.now()).toBe(began + 60_000);
  });

  describe('with a key that can be read anew', () => {
    const denied = reply(401, '{"message":"Invalid API key"}');

    test('P12: goes on with a new key after a 401, within the limit like any other request', async () => {
      const { requester, receipt } = requesting([denied, page([])], { renewKey: async () => true });
      expect((await requester.request(question)).answer.kind).toBe('page');
      expect(receipt.requests.status).toBe(2);
    });

    test('gives up where the key is still the same, and asks for it once a run', async () => {
      let renewals = 0;
      const renewKey = async () => {
        renewals += 1;
        return renewals === 1;
      };
      const { requester, requests } = requesting([denied, page([]), denied], { renewKey });
      await requester.request(question);
      await expect(requester.request(question)).rejects.toThrow(Denied);
      expect([renewals, requests.length]).toEqual([1, 3]);
      const same = requesting([denied], { renewKey: async () => false });
      await expect(same.requester.request(question)).rejects.toThrow(/does not accept the API key/);
      expect(same.requests).toHaveLength(1);
    });

    test('a key that lacks a permission is not read anew', async () => {
      const renewKey = async () => expect.fail('read anew');
      const { requester } = requesting([reply(403)], { renewKey });
      await expect(requester.request(question)).rejects.toThrow(/cdi\.integration_job_status/);
    });
  });
});
