/** What whoever opens the page sees first. */
import { describe, expect, it } from 'vitest';
import { coverage, integration, lakeOf, sync } from '../sql/lines.ts';
import { dayMs, hourMs, minuteMs, type Standing } from '../sql/model/lake.ts';
import { standingsOf } from '../sql/standings-of.ts';
import { lakeOfMany } from './lake-of-many.ts';
import { figures, type Page, textOf } from './read-page.ts';
import { now, reportOf } from './report-of.ts';

const textsOf = (page: Page, selector: string): string[] => [...page.querySelectorAll(selector)].map(textOf);

it('names what is wrong, since when, how bad it is, and what to do', async () => {
  const { page } = await reportOf(lakeOfMany(12, 1, now));
  expect(textsOf(page, '.now .state')).toEqual(['1 of 12 integrations needs attention.']);
  expect(textsOf(page, '.trouble summary')).toEqual([
    expect.stringMatching(
      /^Snowflake · consent flags no success for 5 h, since 2026-06-17 08:47 UTC ?Open the integration/,
    ),
  ]);
  expect(textsOf(page, '.trouble .reason')).toEqual(['The last 31 syncs ended with config_error.']);
  expect(textOf(page.querySelector('.trouble .do'))).toContain('test its connection');
  expect(textsOf(page, '.now .rest')).toEqual(['The other 11 are well.']);
  expect(textsOf(page, '.now .fresh')).toEqual([
    'As of 2026-06-17 13:27 UTC, 20 min before this page was written.',
  ]);
});

it('leads to the text of the runbook within the page, to Braze, and to its own days', async () => {
  const lake = lakeOfMany(12, 9, now);
  const { page, source } = await reportOf(lake, { dashboard: 'dashboard-01.braze.com' });
  const [first] = page.querySelectorAll('.trouble .go');
  const links = [...(first?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'));
  expect(links).toEqual([
    '#runbook-incident-failed',
    'https://dashboard-01.braze.com/integrations/cloud_data_ingestion/id-0',
    expect.stringMatching(/^#w1-i\d+$/),
  ]);
  const inside = [...page.querySelectorAll('.trouble a[href^="#"]')].map(
    (link) => link.getAttribute('href') ?? '',
  );
  for (const id of inside) expect(page.querySelector(id)).not.toBeNull();
  expect(textOf(page.querySelector('#runbook-trap-watermark_stands'))).toMatch(/^Means\. /);
  // Each heading once, however many are in that state; and none that nobody needs.
  expect(source.match(/<section id="runbook-/g)).toHaveLength(6);
  expect(source).not.toContain('\\u000a');
});

it('says where to look in Braze when its dashboard is not known', async () => {
  const { page } = await reportOf(lakeOfMany(1, 1, now));
  expect(textOf(page.querySelector('.trouble .go'))).toContain(
    'Data Settings → Cloud Data Ingestion → Sync Log',
  );
});

it('of a single one it does not count, and its links say what is behind them', async () => {
  const { page } = await reportOf(lakeOfMany(1, 1, now));
  expect(textsOf(page, '.now .state')).toEqual(['The one integration needs attention.']);
  expect(textsOf(page, '.trouble .go a')).toEqual(['What “no success” means (runbook)', 'Its calendar']);
});

it('of names that are cut to the same, the ids are told', async () => {
  const lake = lakeOfMany(12, 2, now);
  const long = `Snowflake · ${'loyalty tiers of the whole group, '.repeat(3)}`;
  const integrations = lake.integrations.map((each, index) =>
    index < 2 ? { ...each, name: `${long}${['production', 'staging'][index]}` } : each,
  );
  const { page } = await reportOf({ ...lake, integrations });
  expect(textsOf(page, '.trouble .which')).toEqual(['· id id-0', '· id id-1']);
});

it('of more than two each is one line, the most urgent first', async () => {
  const { page } = await reportOf(lakeOfMany(60, 9, now));
  expect(textsOf(page, '.now .state')).toEqual([
    '9 of 60 integrations need attention. Open one to see what to do.',
  ]);
  expect(page.querySelectorAll('.trouble details[open]')).toHaveLength(0);
  expect(textsOf(page, '.trouble .badge')).toEqual([
    'no success',
    'no success',
    'stuck',
    'late',
    'late',
    'not read',
    'rows refused',
    'rows refused',
    'success in doubt',
  ]);
  expect(
    (await reportOf(lakeOfMany(12, 2, now))).page.querySelectorAll('.trouble details[open]'),
  ).toHaveLength(2);
});

describe('history that is about to be lost', () => {
  const at = (days: number) => now - days * dayMs;
  /** Of one whose syncs are well, unless more is said. */
  const reported = async (
    covered: Parameters<typeof coverage>[0],
    judged: Partial<Standing> = {},
  ): Promise<Page> => {
    const rows = lakeOf({
      integrations: [integration({}), integration({ id: 'two', name: 'Orders' })],
      coverage: [
        coverage({ to: now, checkedAt: now, ...covered }),
        coverage({ id: 'two', to: now, checkedAt: now }),
      ],
      syncs: ['one', 'two'].flatMap((id) =>
        [3, 2, 1].map((hours) => sync({ id, start: now - hours * hourMs })),
      ),
    });
    const standing = standingsOf(rows, now).map((line) =>
      line.id === 'one' ? { ...line, incidents: 'an-id', ...judged } : line,
    );
    return (await reportOf({ ...rows, standing })).page;
  };
  const badges = (page: Page) => textsOf(page, '.trouble .badge');

  it('is told with what is missing, what to do, and its heading', async () => {
    const page = await reported({ from: at(340), gaps: 1n });
    expect(textsOf(page, '.now .state')).toEqual(['1 of 2 integrations needs attention.']);
    expect(textsOf(page, '.trouble summary')).toEqual([
      expect.stringMatching(/^Users history at risk from before 2025-07-12 13:47 UTC ?Run the exporter once/),
    ]);
    expect(textsOf(page, '.trouble .reason')).toEqual([
      'What is older has not been read yet, and Braze keeps a sync for a year or so.',
    ]);
    expect(page.querySelector('.trouble a[href="#runbook-incident-gap_at_risk"]')).not.toBeNull();
  });

  it('is told beside what is wrong besides, and the integration counts once', async () => {
    const page = await reported({ from: at(340), gaps: 1n }, { state: 'late', expectedBy: at(1) });
    expect(textsOf(page, '.now .state')).toEqual(['1 of 2 integrations needs attention.']);
    expect(badges(page)).toEqual(['late', 'history at risk']);
  });

  it.each([
    [
      'of several stretches that are missing, where nothing else explains an incident',
      { from: at(9), gaps: 2n },
      {},
      1,
    ],
    ['not where its other state explains that', { from: at(9), gaps: 2n }, { state: 'late' }, 0],
    ['not while it is read in time', { from: at(300), gaps: 1n }, {}, 0],
    ['not where no incident is open', { from: at(340), gaps: 1n }, { incidents: null }, 0],
    ['not where nothing is missing', { from: at(340) }, {}, 0],
    ['not of one that is gone', { from: at(340), gaps: 1n }, { state: 'gone' }, 0],
  ] as const)('%s', async (_, covered, judged, count) => {
    const page = await reported(covered, judged);
    expect(badges(page).filter((badge) => badge === 'history at risk')).toHaveLength(count);
  });
});

it('tells ids where names repeat, and the workspace where there are several', async () => {
  const lines = [
    { workspace: 'a', id: 'one' },
    { workspace: 'a', id: 'two' },
    { workspace: 'b', id: 'three', name: 'Orders' },
  ];
  const { page } = await reportOf({
    integrations: lines.map(integration),
    coverage: lines.map((line) => coverage({ ...line, checkedAt: now })),
    syncs: lines.map(({ workspace, id }) => sync({ workspace, id, start: now - hourMs, status: 'error' })),
  });
  expect(textsOf(page, '.trouble').map((text) => /12:47 UTC(.*?)Open the/.exec(text)?.[1]?.trim())).toEqual([
    '· workspace a · id one',
    '· workspace a · id two',
    '· workspace b',
  ]);
});

it('what no run has read for a day stands together, and hides nothing that is wrong besides', async () => {
  const ids = ['0', '1', '2', '3', '4'];
  const looked = now - 2 * dayMs;
  const rows = lakeOf({
    integrations: ids.map((id) => integration({ id, name: `Name ${id}` })),
    coverage: ids.map((id) => coverage({ id, to: looked, checkedAt: looked })),
    syncs: ids.map((id) => sync({ id, start: looked - hourMs, ...(id === '0' ? { status: 'error' } : {}) })),
  });
  const { page } = await reportOf({ ...rows, standing: standingsOf(rows, looked) });
  expect(textsOf(page, '.trouble summary b')).toEqual(['Name 0', '4 integrations']);
  expect(textsOf(page, '.trouble li a')).toEqual(['Name 1', 'Name 2', 'Name 3', 'Name 4']);
  expect(textOf(page.querySelector('.fresh.old'))).toContain('Nobody has looked since');
});

it('draws nothing outside of the days asked for', async () => {
  const { page } = await reportOf(lakeOfMany(1, 0, now), { days: 10 });
  expect(page.querySelectorAll('.plot .day path:not(.sign)')).toHaveLength(10);
  const bars = page.querySelector('article path.bars.brought')?.getAttribute('d')?.match(/M/g);
  // On one of them nothing came.
  expect(bars).toHaveLength(9);
  expect(textsOf(page, '.windows label')).toEqual(['7 days', '10 days']);
});

it('has the figures of each window', async () => {
  const { page } = await reportOf({
    integrations: [integration({})],
    syncs: [0, 6, 7, 29, 30, 89, 90, 364, 365].map((days) => sync({ start: now - days * dayMs - minuteMs })),
  });
  const counts = ['syncs 7', 'syncs 30', 'syncs 90', 'syncs'].map((name) => figures(page, name));
  expect(counts).toEqual([['2'], ['4'], ['6'], ['8']]);
  expect(figures(page, 'rows_synced 30')).toEqual(['400']);
});

it('marks where the history of each integration begins, in charts that add them up', async () => {
  const { page } = await reportOf(
    {
      integrations: [integration({ name: 'Long' }), integration({ id: 'two', name: 'Short' })],
      coverage: [
        coverage({ from: now - 60 * dayMs, to: now, checkedAt: now }),
        coverage({ id: 'two', from: now - 3 * dayMs, to: now, checkedAt: now }),
      ],
      syncs: [60, 20, 2].map((days) => sync({ start: now - days * dayMs })),
    },
    { days: 30 },
  );
  const [week, month] = page.querySelectorAll('.span');
  for (const span of [week, month]) {
    expect(span?.querySelectorAll('.begun').length).toBeGreaterThan(0);
    expect(textOf(span)).toContain('there the known history of 1 integration begins (Short on 2026-06-15)');
  }
});
