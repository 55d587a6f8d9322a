/** What looks like an end once is none: the source says something wrong in one answer, and nothing may be lost. */
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../local/simulator/answer.ts';
import { readLake } from '../checks/read-lake.ts';
import { integrations, steady, timedLab } from '../lab/timed-world.ts';

const withoutLink = ({ headers: { link: _, ...headers }, ...answer }: Answer): Answer => ({
  ...answer,
  headers,
});
const empty = (answer: Answer): Answer => ({ ...withoutLink(answer), body: '{"results":[]}' });
const cursorOf = (position: number): string => btoa(`skip:${position}`);

describe('P3 P16: the end of a history is not believed from one answer', () => {
  test('one empty first page while a gap is open', async () => {
    const lab = timedLab({ a: steady(1000) });
    await lab.run({ deadline: lab.now + 3000 });
    // Of the next run, the first request is for the list.
    const head = lab.braze.log.length + 2;
    lab.braze.lie = (answer, { ordinal }) => (ordinal === head ? empty(answer) : answer);
    for (let runs = 0; runs < 3; runs += 1) await lab.run();
    expect((await readLake(lab.objects)).syncs.length).toBeGreaterThanOrEqual(1000);
  });

  test('one empty page in the midst of a history', async () => {
    const lab = timedLab({ a: steady(1000) });
    lab.braze.lie = (answer, { ordinal }) => (ordinal === 13 ? empty(answer) : answer);
    for (let runs = 0; runs < 3; runs += 1) await lab.run();
    expect((await readLake(lab.objects)).syncs.length).toBeGreaterThanOrEqual(1000);
  });

  test('one first page without its Link header', async () => {
    const lab = timedLab({ a: steady(1000) });
    lab.braze.lie = (answer, { ordinal }) => (ordinal === 2 ? withoutLink(answer) : answer);
    for (let runs = 0; runs < 3; runs += 1) await lab.run();
    expect((await readLake(lab.objects)).syncs.length).toBeGreaterThanOrEqual(1000);
  });

  test.each(['newest_first', 'oldest_first', 'unordered'] as const)(
    '%s: a page without rows that names a next one is no end',
    async (order) => {
      const lab = timedLab({ a: steady(100).slice(0, 100) }, { quirks: { order } });
      lab.braze.lie = (answer, { cursor }) =>
        cursor === cursorOf(50) ? { ...answer, body: '{"results":[]}' } : answer;
      await lab.run();
      // The hidden page's own rows stay hidden.
      expect((await readLake(lab.objects)).syncs).toHaveLength(90);
    },
  );
});

test('P16: behind a page of the list without rows that names a next one, nobody is gone', async () => {
  const lab = timedLab(integrations(25, 5));
  await lab.run();
  lab.braze.lie = (answer, { kind, cursor }) =>
    kind === 'list' && cursor === cursorOf(10) ? { ...answer, body: '{"results":[]}' } : answer;
  await lab.run();
  // Those of the empty page may be; those behind it were listed.
  const gone = (await readLake(lab.objects)).coverage.filter(({ state }) => state === 'gone');
  expect(gone.length).toBeLessThanOrEqual(10);
});

test('P10: a link back to the first page needs no cursor', async () => {
  const lab = timedLab({ a: steady(35) }, { quirks: { linkForm: 'relative' } });
  lab.braze.lie = (answer) => {
    const { link } = answer.headers;
    if (link === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, link: link.replace(`?cursor=${cursorOf(0)}>`, '>') } };
  };
  expect((await lab.run())?.receipt.outcome).toBe('complete');
});
