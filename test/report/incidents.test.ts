import { expect, it } from 'vitest';
import { integration, sync } from '../sql/lines.ts';
import { dayMs, hourMs, minuteMs } from '../sql/model/lake.ts';
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

it('of those that are over the newest come first, and single partial syncs are folded away', async () => {
  // Each second sync fails; every third of those in full.
  const syncs = Array.from({ length: 160 }, (_, index) => {
    const isGrave = index % 6 === 1;
    const status = index % 2 === 0 ? 'success' : isGrave ? 'error' : 'partial';
    return sync({ start: now - (160 - index) * hourMs, status, failed: 9n });
  });
  const { page } = await reportOf({ integrations: [integration({})], syncs });
  expect(figures(page, 'ended_incidents')).toEqual(['79']);
  const rows = rowsOf(page);
  expect(rows).toHaveLength(28);
  expect(rows.filter((row) => row.includes('still open'))).toEqual([rows[0]]);
  const starts = rows.slice(1).map((row) => /2026-06-\d\d \d\d:\d\d/.exec(row)?.[0]);
  expect(starts).toEqual(starts.toSorted().reverse());
  expect(rows.slice(1).every((row) => row.includes('error'))).toBe(true);
  const folded = page.querySelector('table[aria-label="Single partial syncs"]');
  expect(folded?.querySelectorAll('tbody tr')).toHaveLength(52);
  expect(textOf(folded?.closest('details')?.querySelector('summary'))).toContain('52 single partial syncs');
});

it('each says in which of the windows it is', async () => {
  const ago = [1, 3, 20, 80, 300];
  const { page } = await reportOf({
    integrations: [integration({})],
    syncs: [
      sync({ start: now - 330 * dayMs }),
      ...ago.flatMap((days) => [
        sync({ start: now - days * dayMs, status: 'error' }),
        sync({ start: now - days * dayMs + hourMs }),
      ]),
    ],
  });
  const classes = [...page.querySelectorAll('table[aria-label="Incidents"] tbody tr')].map(
    (row) => row.className,
  );
  expect(classes).toEqual(['within-0', 'within-0', 'within-1', 'within-2', 'within-3']);
});

it('none are, where none were', async () => {
  const { page } = await reportOf({
    integrations: [integration({})],
    syncs: [sync({ start: now - hourMs })],
  });
  expect(textOf(page.querySelector('#w1-incidents')?.closest('section'))).toContain('None');
});
