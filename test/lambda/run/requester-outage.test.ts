/** Whether anybody is there: what was answered before is asked for once more, before all is given up. */
import { describe, expect, test } from 'vitest';
import type { Reply, Request } from '../../../lambda/braze/transport.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { Outage } from '../../../lambda/errors/outage.ts';
import { Unanswered } from '../../../lambda/errors/unanswered.ts';
import type { RequesterPorts } from '../../../lambda/run/requester.ts';
import { noAnswer, page, reply, requesting } from './requesting.ts';

const pathOf = (id: string) => `/cdi/integrations/${id}/job_sync_status`;

/** Of these each one has its answer; the others have none. */
function braze(answered: Readonly<Record<string, Reply | Error>>, ports: Partial<RequesterPorts> = {}) {
  const answer = ({ path }: Request) => answered[path.split('/')[3] ?? 'list'] ?? noAnswer('the answer 502');
  const asking = requesting([answer], { random: () => 0, ...ports });
  const ask = (id: string, cursor: string | null = null) =>
    asking.requester.request({ endpoint: 'status', path: pathOf(id), cursor });
  /** @returns what it failed with. */
  const askInVain = (id: string): Promise<unknown> => ask(id).catch((error: unknown) => error);
  const askedFor = () => asking.requests.map(({ path }) => path.split('/')[3] ?? 'list');
  return { ...asking, ask, askInVain, askedFor };
}

describe('that nobody has ever answered', () => {
  test('is known from what the last try ended with', async () => {
    const { requester, askInVain } = braze({});
    expect(requester.silence).toBeUndefined();
    await askInVain('a');
    expect(requester.silence).toBeInstanceOf(Outage);
    expect(requester.silence?.message).toContain('the answer 502');
  });

  test('is not so once somebody has, with a page or a refusal', async () => {
    for (const status of [page([]), reply(403)]) {
      const { requester, askInVain } = braze({ a: status });
      await askInVain('a');
      await askInVain('b');
      expect(requester.silence).toBeUndefined();
    }
  });
});

describe('an outage', () => {
  test('is found by the third that is asked for, when two were given up: nothing more is sent', async () => {
    const { askInVain, requests } = braze({});
    expect(await askInVain('a')).toBeInstanceOf(Unanswered);
    expect(await askInVain('b')).toBeInstanceOf(Unanswered);
    const sent = requests.length;
    expect(await askInVain('c')).toBeInstanceOf(Outage);
    expect(requests.length).toBe(sent + 1);
    expect(await askInVain('d')).toBeInstanceOf(Outage);
    expect(requests.length).toBe(sent + 1);
  });

  test('is none where what was answered last is answered once more: they have failed by themselves', async () => {
    const { ask, askInVain, askedFor, requests, receipt } = braze({ a: page([], 'on') });
    await ask('a', 'there');
    for (const id of ['b', 'c']) expect(await askInVain(id)).toBeInstanceOf(Unanswered);
    const before = requests.length;
    expect(await askInVain('d')).toBeInstanceOf(Unanswered);
    // After its first try, and without a cursor; then it is tried as often as any.
    expect(askedFor().slice(before)).toEqual(['d', 'a', 'd', 'd', 'd', 'd']);
    expect(requests[before + 1]).toEqual({ path: pathOf('a'), timeout: 5000 });
    expect(receipt.requests.status).toBe(requests.length);
  });

  test('is one where that is not answered any more, in time or at all', async () => {
    const answered: Record<string, Reply | Error> = { a: page([]) };
    const { ask, askInVain, askedFor, requests } = braze(answered);
    await ask('a');
    await askInVain('b');
    await askInVain('c');
    answered.a = noAnswer();
    const before = requests.length;
    expect(await askInVain('d')).toBeInstanceOf(Outage);
    expect(askedFor().slice(before)).toEqual(['d', 'a']);
  });

  test('is one, too, where it was asked for in vain itself', async () => {
    const answered: Record<string, Reply | Error> = { a: page([]) };
    const { ask, askInVain, askedFor, requests } = braze(answered);
    await ask('a');
    answered.a = noAnswer();
    await askInVain('a');
    await askInVain('b');
    const before = requests.length;
    expect(await askInVain('c')).toBeInstanceOf(Outage);
    expect(askedFor().slice(before)).toEqual(['c']);
  });
});

describe('when all was asked for', () => {
  test('it was an outage where the last two were given up, and nobody else is there', async () => {
    const { requester, askInVain } = braze({});
    expect(await requester.outage()).toBeUndefined();
    await askInVain('a');
    expect(await requester.outage()).toBeUndefined();
    await askInVain('b');
    expect(String(await requester.outage())).toContain('the answer 502');
  });

  test('it was none where somebody is', async () => {
    const { requester, ask, askInVain, askedFor } = braze({ a: page([]) });
    await ask('a');
    for (const id of ['b', 'c']) await askInVain(id);
    expect(await requester.outage()).toBeUndefined();
    expect(askedFor().at(-1)).toBe('a');
    // Whoever wonders again goes by the silence that has ended.
    expect(await requester.outage()).toBeUndefined();
    expect(askedFor().filter((id) => id === 'a')).toHaveLength(2);
  });

  test('all that ask at once share one answer; who asks later asks again', async () => {
    const { requester, ask, askInVain, askedFor } = braze({ a: page([]) });
    await ask('a');
    for (const id of ['b', 'c']) await askInVain(id);
    await Promise.all([requester.outage(), requester.outage()]);
    expect(askedFor().filter((id) => id === 'a')).toHaveLength(2);
    for (const id of ['b', 'c']) await askInVain(id);
    await requester.outage();
    expect(askedFor().filter((id) => id === 'a')).toHaveLength(3);
  });

  test('who is limited is there, and what the limit says counts; whose answer makes no sense is not', async () => {
    const answered: Record<string, Reply | Error> = { a: page([]) };
    const { requester, ask, askInVain, limiters, clock } = braze(answered);
    await ask('a');
    for (const id of ['b', 'c']) await askInVain(id);
    answered.a = reply(400, '{"message":"Invalid cursor"}', { 'content-type': 'application/json' });
    expect(await requester.outage()).toBeInstanceOf(Outage);
    answered.a = reply(429, '', { 'retry-after': '20' });
    expect(await requester.outage()).toBeUndefined();
    expect(limiters.status.delay(clock.now())).toBeGreaterThan(0);
  });

  test('a lost lease, or a fault of this program, is no answer to that', async () => {
    let isLost = false;
    const keepLease = async () => {
      if (isLost) throw new LostRace('The lease');
    };
    const answered: Record<string, Reply | Error> = { a: page([]) };
    const { requester, ask, askInVain } = braze(answered, { keepLease });
    await ask('a');
    for (const id of ['b', 'c']) await askInVain(id);
    answered.a = new TypeError('A fault.');
    await expect(requester.outage()).rejects.toThrow('A fault.');
    isLost = true;
    await expect(requester.outage()).rejects.toThrow(LostRace);
  });
});

test('one integration that is refused ends nothing; the list that is, ends it for all', async () => {
  const { requester, ask } = braze({ a: reply(403), b: page([]), list: reply(403) });
  await expect(ask('a')).rejects.toThrow(/403/);
  await ask('b');
  const list = requester.request({ endpoint: 'list', path: '/cdi/integrations', cursor: null });
  await expect(list).rejects.toThrow(/cdi\.integration_list/);
  await expect(ask('b')).rejects.toThrow(OutOfTime);
});
