import { expect, it } from 'vitest';
import { coverage, integration, sync } from '../sql/lines.ts';
import { type Coverage, dayMs, hourMs, minuteMs } from '../sql/model/lake.ts';
import { cellsOfDay, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Syncs on the 5th and the 9th of June, read as `covered` says; the report shows the 1st to the 17th. */
async function statuses(covered: Partial<Coverage> | undefined): Promise<Record<string, string>> {
  const { source, page } = await reportOf(
    {
      integrations: [integration({})],
      syncs: [sync({ start: day('2026-06-05') + hourMs }), sync({ start: day('2026-06-09') + hourMs })],
      coverage: covered ? [coverage({ checkedAt: now, ...covered })] : [],
    },
    { days: 17 },
  );
  expect(page.querySelectorAll('.plot .day path:not(.sign)')).toHaveLength(17);
  return Object.fromEntries([...cellsOfDay(source, 'w1-i1')].map(([days, [status = '']]) => [days, status]));
}

const at5 = day('2026-06-05') + hourMs;

it('a day in the stretch that is whole had no sync', async () => {
  expect(await statuses({ from: at5, to: now })).toEqual({
    '2026-06-17': 'not read yet',
    '2026-06-10 to 2026-06-16': 'no sync',
    '2026-06-09': 'success',
    '2026-06-06 to 2026-06-08': 'no sync',
    '2026-06-05': 'success',
    '2026-06-01 to 2026-06-04': 'before its history',
  });
});

it('a day after it was not read', async () => {
  expect(await statuses({ from: at5, to: day('2026-06-13') })).toMatchObject({
    '2026-06-13 to 2026-06-17': 'not read yet',
    '2026-06-10 to 2026-06-12': 'no sync',
  });
  expect(await statuses({ from: at5, to: day('2026-06-13') - 1 })).toMatchObject({
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
  expect(await statuses({ ...half, state: 'backfilling', gaps: 1n })).toMatchObject(expected);
  expect(await statuses({ ...half, state: 'failing', gaps: 2n })).toMatchObject(expected);
});

it('nothing is known where nothing was ever whole, or no run has looked', async () => {
  const expected = {
    '2026-06-10 to 2026-06-17': 'not read yet',
    '2026-06-06 to 2026-06-08': 'not read yet',
    '2026-06-01 to 2026-06-04': 'not read yet',
  };
  expect(await statuses({ from: null, to: null, state: 'backfilling', gaps: 1n })).toMatchObject(expected);
  expect(await statuses(undefined)).toMatchObject(expected);
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
  const of = async (...each: (string | null)[]): Promise<string | undefined> => {
    const { source } = await reportOf({
      syncs: each.map((status, index) =>
        sync({
          start: now - dayMs + index * minuteMs,
          status,
          ...(status === 'running' ? { finish: null } : {}),
        }),
      ),
    });
    return cellsOfDay(source, 'w1-i1').get('2026-06-16')?.[0];
  };
  expect(await of('success', 'success')).toBe('success');
  expect(await of('success', 'running')).toBe('running');
  expect(await of('running', 'partial')).toBe('partial');
  expect(await of('partial', 'a status of tomorrow')).toBe('other failure');
  expect(await of('a status of tomorrow', null)).toBe('other failure');
  expect(await of('error', 'a status of tomorrow')).toBe('error');
  expect(await of('error', 'config_error', 'success')).toBe('config error');
});
