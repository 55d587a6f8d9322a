import { expect, it } from 'vitest';
import { coverage, integration, sync } from '../sql/lines.ts';
import { type Coverage, dayMs, hourMs, minuteMs } from '../sql/model/lake.ts';
import { cellsOfDay, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);

type Statuses = Record<string, string>;

/**
 * Syncs on the 5th and the 9th of June, read as `covered` says, each in a workspace of its own; the report shows
 * the 1st to the 17th.
 */
async function statuses(...covered: (Partial<Coverage> | undefined)[]): Promise<Statuses[]> {
  const workspaces = covered.map((_, index) => `case-${index}`);
  const { source, page } = await reportOf(
    {
      integrations: workspaces.map((workspace) => integration({ workspace })),
      syncs: workspaces.flatMap((workspace) => [
        sync({ workspace, start: day('2026-06-05') + hourMs }),
        sync({ workspace, start: day('2026-06-09') + hourMs }),
      ]),
      coverage: covered.flatMap((each, index) =>
        each ? [coverage({ workspace: `case-${index}`, checkedAt: now, ...each })] : [],
      ),
    },
    { days: 17 },
  );
  expect(page.querySelectorAll('.plot .day path:not(.sign)')).toHaveLength(17 * covered.length);
  return covered.map((_, index) =>
    Object.fromEntries(
      [...cellsOfDay(source, `w${index + 1}-i1`)].map(([days, [status = '']]) => [days, status]),
    ),
  );
}

const at5 = day('2026-06-05') + hourMs;

it('a day in the stretch that is whole had no sync', async () => {
  const [whole] = await statuses({ from: at5, to: now });
  expect(whole).toEqual({
    '2026-06-17': 'not read yet',
    '2026-06-10 to 2026-06-16': 'no sync',
    '2026-06-09': 'success',
    '2026-06-06 to 2026-06-08': 'no sync',
    '2026-06-05': 'success',
    '2026-06-01 to 2026-06-04': 'before its history',
  });
});

it('a day after it was not read', async () => {
  const [at, justBefore] = await statuses(
    { from: at5, to: day('2026-06-13') },
    { from: at5, to: day('2026-06-13') - 1 },
  );
  expect(at).toMatchObject({
    '2026-06-13 to 2026-06-17': 'not read yet',
    '2026-06-10 to 2026-06-12': 'no sync',
  });
  expect(justBefore).toMatchObject({
    '2026-06-12 to 2026-06-17': 'not read yet',
    '2026-06-10 to 2026-06-11': 'no sync',
  });
});

it('a day before it was not read while older history is still to come', async () => {
  const half = { from: day('2026-06-09') + hourMs, to: now };
  const expected = {
    '2026-06-06 to 2026-06-08': 'not read yet',
    '2026-06-05': 'success',
    '2026-06-01 to 2026-06-04': 'not read yet',
  };
  expect(
    await statuses({ ...half, state: 'backfilling', gaps: 1n }, { ...half, state: 'failing', gaps: 2n }),
  ).toMatchObject([expected, expected]);
});

it('nothing is known where nothing was ever whole, or no run has looked', async () => {
  const expected = {
    '2026-06-10 to 2026-06-17': 'not read yet',
    '2026-06-06 to 2026-06-08': 'not read yet',
    '2026-06-01 to 2026-06-04': 'not read yet',
  };
  expect(await statuses({ from: null, to: null, state: 'backfilling', gaps: 1n }, undefined)).toMatchObject([
    expected,
    expected,
  ]);
});

it('an integration that had no syncs had none', async () => {
  const { source, page } = await reportOf(
    { integrations: [integration({})], coverage: [coverage({ to: now, checkedAt: now })] },
    { days: 17 },
  );
  expect([...cellsOfDay(source, 'w1-i1')].map(([days, [status]]) => [days, status])).toEqual([
    ['2026-06-17', 'not read yet'],
    ['2026-06-01 to 2026-06-16', 'no sync'],
  ]);
  expect(textOf(page.querySelector('article'))).toContain('No sync is known of these 17 days.');
});

it('the worst of a day stands for it', async () => {
  const days: readonly [worst: string, ...each: (string | null)[]][] = [
    ['success', 'success', 'success'],
    ['running', 'success', 'running'],
    ['partial', 'partial', 'running'],
    ['other failure', 'running', 'partial'],
    ['other failure', 'partial', 'a status of tomorrow'],
    ['other failure', 'a status of tomorrow', null],
    ['error', 'error', 'a status of tomorrow'],
    ['config error', 'error', 'config_error', 'success'],
  ];
  const { source } = await reportOf({
    syncs: days.flatMap(([, ...each], number) =>
      each.map((status, index) =>
        sync({
          workspace: `case-${number}`,
          start: now - dayMs + index * minuteMs,
          status,
          ...(status === 'running' ? { finish: null } : {}),
        }),
      ),
    ),
  });
  const shown = days.map((_, index) => cellsOfDay(source, `w${index + 1}-i1`).get('2026-06-16')?.[0]);
  expect(shown).toEqual(days.map(([worst]) => worst));
});
