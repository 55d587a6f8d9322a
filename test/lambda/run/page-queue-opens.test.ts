/** P5: in which order open syncs are looked for, and what becomes of it where the list names others meanwhile. */
import { beforeEach, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { RateLimiter } from '../../../lambda/rate-limit/rate-limiter.ts';
import { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { PageQueue } from '../../../lambda/run/page-queue.ts';
import { ago, answerOf, asked, historyOf, now, stretch } from './integrations.ts';

/** The first is drawn for the second looks, then one for each integration. */
let lots: number[];
let drawn: number;
beforeEach(() => {
  lots = [];
  drawn = 0;
});

/** It has an open sync on its second page, or nothing but its first page. */
const runOf = (id: string, hasOpen = true) => {
  const opens = hasOpen ? [{ start: ago(10), place: '1' }] : [];
  const history = historyOf([stretch(2, 10, { closed: true })], { opens });
  return new IntegrationRun({ ...newIntegrationState(id), history }, 1);
};

function queueOf(due: readonly IntegrationRun[], runMs = Number.POSITIVE_INFINITY) {
  const limiter = new RateLimiter(10, now);
  const random = () => {
    drawn += 1;
    return lots.shift() ?? 0;
  };
  const clock = { now: () => now, sleep: async () => {} };
  const queue = new PageQueue(due, { clock, random, deadline: now + runMs, limiter });
  /** Reads so many pages, or all. @returns the id and the cursor of each. */
  const read = (count = 100): string[] => {
    const pages: string[] = [];
    while (pages.length < count) {
      const page = queue.next(new Set());
      if (!page) break;
      const { integration, cursor } = page;
      pages.push(cursor === null ? integration.id : `${integration.id} ${cursor}`);
      const answer = cursor === null ? answerOf([1, 2], { next: '1' }) : answerOf([9, 10], { prev: '0' });
      integration.take(answer, asked(cursor));
    }
    return pages;
  };
  return { queue, limiter, read };
}

test('the lots decide, also where some that were drawn have none to be looked for', () => {
  lots = [0, 0.9, 0.5, 0.1, 0.3];
  const { read } = queueOf([runOf('a'), runOf('b'), runOf('none', false), runOf('c')]);
  expect(read().slice(4)).toEqual(['c 1', 'b 1', 'a 1']);
});

test('lots are drawn once, and again only where somebody joins in', () => {
  const { queue, read } = queueOf([runOf('a'), runOf('b')]);
  expect(read(3)).toEqual(['a', 'b', 'a 1']);
  expect(drawn).toBe(3);
  queue.join([]);
  expect(read(1)).toEqual(['b 1']);
  expect(drawn).toBe(3);
});

test('who joins in takes part in the lots, when his head was read', () => {
  lots = [0, 0.1, 0.9];
  const { queue, read } = queueOf([runOf('a'), runOf('b')]);
  expect(read(3)).toEqual(['a', 'b', 'a 1']);
  lots = [0.5, 0.9, 0.1];
  queue.join([runOf('x')]);
  expect(read()).toEqual(['x', 'x 1', 'b 1']);
});

test('what is under way meanwhile takes nothing of the half that open syncs have of a run', () => {
  // For the heads' share and the second looks, for the integrations, and for the half.
  lots = [0, 0, 0.9, 0.1, 0];
  const [a, b] = [runOf('a'), runOf('b')];
  const { queue, read } = queueOf([a, b], 60_000);
  expect(read(2)).toEqual(['a', 'b']);
  for (let times = 0; times < 10; times += 1) expect(queue.next(new Set([a, b]))).toBeUndefined();
  expect(read(2)).toEqual(['b 1', 'a 1']);
});

test('a head that was left over for want of quota is read where nothing else is left, though the limit is used up', () => {
  const ten = Array.from({ length: 10 }, (_, index) => runOf(String(index), index === 0));
  const { read, limiter } = queueOf(ten, 30_000);
  for (let count = 0; count < 10; count += 1) limiter.sent(now);
  expect(new Set(read().map((page) => page.split(' ')[0])).size).toBe(10);
});

test('who joins in while heads are read adds nothing to their share', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => runOf(String(index + 10)));
  const { queue, limiter } = queueOf(twenty, 30_000);
  const underWay = new Set<IntegrationRun>();
  const ask = () => {
    const page = queue.next(underWay);
    if (page) underWay.add(page.integration);
    return page?.integration.id;
  };
  for (let count = 0; count < 5; count += 1) ask();
  queue.join([runOf('0')]);
  for (let count = 0; count < 4; count += 1) expect(ask()).toBeDefined();
  for (let count = 0; count < 10; count += 1) limiter.sent(now);
  expect(ask()).toBeUndefined();
});
