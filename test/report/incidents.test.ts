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

it('of those that are over the newest come first, and each says in which window it ended', async () => {
  // Every third sync fails.
  const syncs = Array.from({ length: 400 }, (_, index) =>
    sync({ start: now - (400 - index) * hourMs, status: index % 3 === 0 ? 'error' : 'success', failed: 9n }),
  );
  const { page } = await reportOf({ integrations: [integration({})], syncs });
  const rows = rowsOf(page);
  expect(figures(page, 'ended_incidents')).toEqual(['133']);
  expect(rows).toHaveLength(101);
  expect(rows.filter((row) => row.includes('still open'))).toEqual([rows[0]]);
  const starts = rows.slice(1).map((row) => /2026-06-\d\d \d\d:\d\d/.exec(row)?.[0]);
  expect(starts).toEqual(starts.toSorted().reverse());
  const classes = [...page.querySelectorAll('table[aria-label="Incidents"] tbody tr')].map(
    (row) => row.className,
  );
  expect(classes.lastIndexOf('within-0')).toBe(classes.indexOf('within-1') - 1);
  expect(new Set(classes)).toEqual(new Set(['within-0', 'within-1']));
});

it('one of an integration that was paused is over, and says so', async () => {
  const { page } = await reportOf({
    integrations: [integration({ status: 'Paused' })],
    syncs: [sync({ start: now - hourMs, status: 'error' })],
  });
  expect(figures(page, 'open_incidents')).toEqual(['0']);
  expect(rowsOf(page)[0]).toContain('then paused');
});

it('none are, where none were', async () => {
  const { page } = await reportOf({
    integrations: [integration({})],
    syncs: [sync({ start: now - hourMs })],
  });
  expect(textOf(page.querySelector('#w1-incidents')?.closest('section'))).toContain('None');
});
