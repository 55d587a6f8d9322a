import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeReport } from '../../report/write-report.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { coverage, integration, sync } from '../sql/lines.ts';
import { hourMs, minuteMs } from '../sql/model/lake.ts';
import { figures, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';
import { writeYearOfFifty } from './year-of-fifty.ts';

describe('a page makes sense', () => {
  it('of an empty lake', async () => {
    const { page } = await reportOf({});
    expect(textOf(page.querySelector('main'))).toBe(
      'There is nothing in this lake yet. Export first: npm start, or a run of the stack.',
    );
    expect(page.querySelectorAll('h1')).toHaveLength(1);
  });

  it('of an integration without a sync', async () => {
    const { page } = await reportOf({
      integrations: [integration({})],
      coverage: [coverage({ to: now, checkedAt: now })],
    });
    expect(textOf(page.querySelector('.state'))).toBe('Nothing is expected: 1 integration is at rest.');
    expect(textOf(page.querySelector('.integration h4'))).toBe('Users without a sync yet');
    expect(figures(page, 'syncs')).toEqual(['0']);
  });

  it('of one sync', async () => {
    const { page } = await reportOf({ syncs: [sync({ start: now - hourMs, synced: 1234n })] });
    expect(figures(page, 'rows_synced')).toEqual(['1234']);
    expect(page.querySelectorAll('.plot .day.success path')).toHaveLength(1);
    expect(page.querySelectorAll('article figure')).toHaveLength(3);
    expect(page.querySelector('path.bars.brought')?.getAttribute('d')).toMatch(/^M[\d.]+,\d+V[\d.]+$/);
  });

  it('of syncs without rows and without an end', async () => {
    const { page } = await reportOf({
      syncs: [
        sync({ start: now - hourMs, status: 'config_error', finish: null, synced: null, failed: null }),
      ],
    });
    expect(textOf(page.querySelector('article .panels'))).toContain('None of its syncs brought rows');
    expect(textOf(page.querySelector('article .panels'))).toContain(
      'None of its syncs told when it finished',
    );
  });

  it('of syncs while the first run is at work, or after it was killed', async () => {
    const { page } = await reportOf({
      syncs: [sync({ start: now - hourMs, synced: 1234n })],
      standing: [],
    });
    expect(textOf(page.querySelector('.state'))).toMatch(/^No run has come to its end yet: /);
    expect(figures(page, 'syncs')).toEqual(['1']);
    expect(figures(page, 'rows_synced')).toEqual(['1234']);
  });

  it('of nothing but quarantined rows', async () => {
    const { page } = await reportOf({
      quarantine: [{ workspace: 'a', integration_id: null, reason: 'no start', raw: '{}' }],
    });
    expect(textOf(page.querySelector('.state'))).toBe('No integration has been read yet.');
    expect(figures(page, 'quarantined')).toEqual(['1']);
  });

  it('of several workspaces, with a list of them', async () => {
    const lines = ['a', 'b-2'].map((workspace) => integration({ workspace }));
    const { page } = await reportOf({ integrations: lines });
    const links = [...page.querySelectorAll('nav a')];
    expect(links.map(textOf)).toEqual(['a', 'b-2']);
    for (const link of links) expect(page.querySelector(link.getAttribute('href') ?? '')).not.toBeNull();
  });

  it('of the named workspaces alone', async () => {
    const lines = ['a', 'b-2'].map((workspace) => integration({ workspace }));
    const { page } = await reportOf({ integrations: lines }, { workspaces: ['b-2'] });
    expect([...page.querySelectorAll('h2 bdi')].map(textOf)).toEqual(['b-2']);
  });
});

it('a table that a phone shows as cards keeps its roles, which some browsers take away with the layout', async () => {
  const { page } = await reportOf({
    integrations: [integration({})],
    syncs: [sync({ start: now - hourMs, status: 'error' })],
  });
  expect(page.querySelectorAll('table.cards')).toHaveLength(3);
  for (const cell of page.querySelectorAll('table.cards, table.cards *:is(thead, tbody, tr, th, td)'))
    expect(cell.getAttribute('role')).toMatch(/^(table|row|rowgroup|columnheader|rowheader|cell)$/);
});

describe('a chart', () => {
  it('has a table of its figures, a picture with a name, and a title', async () => {
    const { page } = await reportOf({
      integrations: [integration({})],
      syncs: [1, 2, 3].map((hours) => sync({ start: now - hours * hourMs + minuteMs })),
    });
    const charts = [...page.querySelectorAll('figure')];
    // Three of its own, and three of all integrations for each window.
    expect(charts.length).toBe(3 + 3 * 4);
    for (const figure of charts) {
      expect(textOf(figure.querySelector('figcaption'))).not.toBe('');
      const table = page.getElementById(figure.getAttribute('aria-details') ?? '');
      expect(table?.querySelector('table thead th')).toBeTruthy();
      for (const plot of figure.querySelectorAll('.plot')) {
        expect(plot.getAttribute('role')).toBe('img');
        expect(plot.getAttribute('aria-label')).toMatch(/\w+ \w+/);
      }
    }
  });

  it('tells statuses by more than colour', async () => {
    const statuses = ['running', 'partial', 'error', 'config_error', 'a new one'];
    const { page } = await reportOf({
      syncs: statuses.map((status, index) =>
        sync({
          start: now - (index + 1) * 24 * hourMs,
          status,
          ...(status === 'running' ? { finish: null } : {}),
        }),
      ),
    });
    const signs = [...page.querySelectorAll('article .day')].filter((day) => day.querySelector('.sign'));
    expect(new Set(signs.map((day) => day.getAttribute('class')))).toEqual(
      new Set(
        ['config_error', 'error', 'open', 'other', 'partial', 'not_read'].map((status) => `day ${status}`),
      ),
    );
    const shapes = [...page.querySelectorAll('marker path')].map((path) => path.getAttribute('d'));
    expect(new Set(shapes).size).toBe(7);
  });
});

it('a year of fifty integrations stays under 5 MB', { timeout: 180_000 }, async () => {
  const data = scratchFolder();
  // The page has a place for each day, however many syncs it had: a quarter of an hour apart only takes longer.
  writeYearOfFifty(data, { now, every: 8 * hourMs, failing: 0.6 });
  const { bytes, file } = await writeReport({ data, now: new Date(now) });
  expect(bytes).toBeLessThan(5_000_000);
  const page = readFileSync(file, 'utf8');
  expect(page.match(/<path d="M\d+,\d+h10v10h-10z">/g)).toHaveLength(50 * 365);
  expect(page.match(/still open/g)?.length).toBeGreaterThan(5);
});
