import { expect, it } from 'vitest';
import { integration, sync } from '../sql/lines.ts';
import { hourMs, minuteMs } from '../sql/model/lake.ts';
import { figures, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';

const rowsOf = (page: Awaited<ReturnType<typeof reportOf>>['page']): string[] =>
  [...page.querySelectorAll('table[aria-label="Incidents"] tbody tr')].map(textOf);

it('all that are open are listed, the oldest first', async () => {
  const ids = Array.from({ length: 33 }, (_, index) => `id-${index}`);
  const { page } = await reportOf({
    integrations: ids.map((id) => integration({ id, name: `Name ${id}` })),
    syncs: ids.map((id, index) => sync({ id, start: now - (index + 1) * minuteMs, status: 'error' })),
  });
  expect(figures(page, 'open_incidents')).toEqual(['33']);
  expect(rowsOf(page).map((row) => row.split('2026-06')[0])).toEqual(ids.map((id) => `Name ${id}`).reverse());
  for (const row of rowsOf(page)) expect(row).toContain('still open');
});

it('of those that are over the gravest are, after the open one', async () => {
  // Each second sync fails; every third of those in full, and for half as long.
  const syncs = Array.from({ length: 160 }, (_, index) => {
    const isGrave = index % 6 === 1;
    const status = index % 2 === 0 ? 'success' : isGrave ? 'error' : 'partial';
    return sync({ start: now - (160 - index) * hourMs + (isGrave ? 30 * minuteMs : 0), status, failed: 9n });
  });
  const { page } = await reportOf({ integrations: [integration({})], syncs });
  expect(figures(page, 'ended_incidents')).toEqual(['79']);
  const rows = rowsOf(page);
  expect(rows).toHaveLength(31);
  expect(rows.filter((row) => row.includes('still open'))).toEqual([rows[0]]);
  const errors = rows.slice(1).map((row) => row.includes('error'));
  expect(errors.filter(Boolean)).toHaveLength(27);
  expect(errors.indexOf(false)).toBe(27);
});

it('none are, where none were', async () => {
  const { page } = await reportOf({
    integrations: [integration({})],
    syncs: [sync({ start: now - hourMs })],
  });
  expect(textOf(page.querySelector('#w1-incidents')?.parentElement)).toContain('None');
});
