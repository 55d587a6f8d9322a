/** Several requests at once, on a clock that they share. */
import { describe, expect, test } from 'vitest';
import type { Reply, Request } from '../../../lambda/braze/transport.ts';
import { Denied } from '../../../lambda/errors/denied.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { OutOfTime } from '../../../lambda/errors/out-of-time.ts';
import { PutAside } from '../../../lambda/errors/put-aside.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { VirtualClock } from '../../simulation/lab/virtual-clock.ts';
import { began, page, reply, requesting } from './requesting.ts';

const minute = 60_000;

function sideBySide(answer: (request: Request, ordinal: number) => Reply, limit = 100, ports = {}) {
  const clock = new VirtualClock(began);
  const sentAt: number[] = [];
  const asking = requesting([], {
    clock,
    transport: async (request) => {
      const ordinal = sentAt.push(clock.now());
      const reply = answer(request, ordinal);
      await clock.sleep(1000);
      return reply;
    },
    ...ports,
  });
  Object.assign(asking.limiters, { status: new RateLimiter(limit, began) });
  const ask = (id: string) =>
    asking.requester.request({
      endpoint: 'status',
      path: `/cdi/integrations/${id}/job_sync_status`,
      cursor: null,
    });
  return { ...asking, clock, sentAt, ask };
}

describe('Requester, asked for several things at once', () => {
  test('P7: where one place in the limit becomes free, one request is sent, in the order in which they came', async () => {
    const paths: string[] = [];
    const { ask, sentAt, receipt } = sideBySide(({ path }) => {
      paths.push(path.split('/')[3] ?? '');
      return page([]);
    }, 2);
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => ask(id)));
    expect(sentAt.map((at) => at - began)).toEqual([0, 0, 61_000, 61_000, 122_000]);
    expect(paths).toEqual(['a', 'b', 'c', 'd', 'e']);
    // One waits for the limit, the others wait for their turn.
    expect(receipt.waited_seconds).toBeLessThanOrEqual(122);
  });

  test('P12: a key that was rotated is read once, and all that were under way with the old one go on', async () => {
    let renewals = 0;
    const isNew = () => renewals > 0;
    const { ask, sentAt } = sideBySide(() => (isNew() ? page([]) : reply(401)), 100, {
      renewKey: async () => {
        renewals += 1;
        return true;
      },
    });
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => ask(id)));
    expect(answers.map(({ answer }) => answer.kind)).toEqual(['page', 'page', 'page']);
    expect([renewals, sentAt.length]).toEqual([1, 6]);
  });

  test('P12: where the key is still the same, none of them goes on', async () => {
    const { ask, sentAt } = sideBySide(() => reply(401), 100, { renewKey: async () => false });
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((id) => ask(id)));
    for (const end of ends) expect(end).toMatchObject({ reason: expect.any(Denied) });
    expect(sentAt).toHaveLength(3);
  });

  test('what ends the run for all ends it for those that wait in line: nothing more is sent', async () => {
    const { requester, ask, sentAt, clock } = sideBySide(
      ({ path }) => (path === '/cdi/integrations' ? reply(403) : page([])),
      2,
    );
    const list = requester.request({ endpoint: 'list', path: '/cdi/integrations', cursor: null });
    const ends = await Promise.allSettled([list, ...['a', 'b', 'c', 'd'].map((id) => ask(id))]);
    expect(ends).toMatchObject([
      { reason: expect.any(Denied) },
      { status: 'fulfilled' },
      { status: 'fulfilled' },
      { reason: expect.any(OutOfTime) },
      { reason: expect.any(OutOfTime) },
    ]);
    expect([sentAt.length, clock.now() - began]).toEqual([3, 1000]);
  });

  test('a lease that is lost lets nobody in line be sent', async () => {
    let kept = 0;
    const lost = new LostRace('lease');
    const { ask, sentAt } = sideBySide(() => page([]), 100, {
      keepLease: async () => {
        kept += 1;
        if (kept === 2) throw lost;
      },
    });
    const ends = await Promise.allSettled(['a', 'b', 'c', 'd'].map((id) => ask(id)));
    expect(ends).toMatchObject([
      { status: 'fulfilled' },
      { reason: lost },
      { reason: expect.any(OutOfTime) },
      { reason: expect.any(OutOfTime) },
    ]);
    expect(sentAt).toHaveLength(1);
  });

  test('one that is limited again, while others are answered, is told so and holds nobody up', async () => {
    const { ask, clock, limiters } = sideBySide(({ path }) => (path.includes('/b/') ? reply(429) : page([])));
    const b = ask('b').catch((reason: unknown) => reason);
    await ask('a');
    await ask('c');
    expect(await b).toMatchObject({ name: 'PutAside', isAlone: true });
    expect(limiters.status.delay(clock.now())).toBe(0);
    // Once more: it is known by now.
    await ask('a');
    const before = clock.now();
    await expect(ask('b')).rejects.toThrow(PutAside);
    expect(clock.now() - before).toBe(1000);
  });

  test('one that can not be answered, while others are, is not limited: it is asked again', async () => {
    const { ask, sentAt } = sideBySide(({ path }, ordinal) =>
      path.includes('/b/') && ordinal < 8 ? reply(500) : page([]),
    );
    const b = ask('b');
    for (const id of ['a', 'c', 'a', 'c']) await ask(id);
    expect((await b).answer.kind).toBe('page');
    expect(sentAt.length).toBeGreaterThan(7);
  });

  test('one that was not answered once, while others were, is not put aside when it is', async () => {
    const { ask } = sideBySide(({ path }, ordinal) =>
      path.includes('/b/') && ordinal === 1 ? reply(500) : page([]),
    );
    const b = ask('b');
    for (const id of ['a', 'c']) await ask(id);
    expect((await b).answer.kind).toBe('page');
  });

  test('one that is limited with answers that were under way before is limited with all', async () => {
    const { ask, clock, limiters } = sideBySide((_, ordinal) =>
      ordinal === 1 || ordinal === 4 ? reply(429) : page([]),
    );
    const asked = Promise.all(['a', 'b', 'c'].map((id) => ask(id)));
    await asked;
    // It was refused at its second try as well, which all have to wait for.
    expect(clock.now() - began).toBeGreaterThan(5000);
    expect(limiters.status.delay(clock.now())).toBe(0);
  });

  test('one that is limited for long, while nobody was answered, lets others be asked; all wait until then', async () => {
    const { requester, clock, limiters, sentAt } = sideBySide(() => reply(429));
    const path = '/cdi/integrations/b/job_sync_status';
    const asked = requester.request({ endpoint: 'status', path, cursor: null, hasOthers: () => true });
    await expect(asked).rejects.toMatchObject({ name: 'PutAside', isAlone: false });
    expect(sentAt).toHaveLength(6);
    expect(limiters.status.delay(clock.now())).toBeGreaterThan(10_000);
  });

  test('one that is limited while nobody else is answered waits with all', async () => {
    const { ask, clock } = sideBySide((_, ordinal) => (ordinal < 6 ? reply(429) : page([])));
    await ask('b');
    expect(clock.now() - began).toBeGreaterThan(20_000);
    expect(clock.now() - began).toBeLessThan(2 * minute);
  });
});
