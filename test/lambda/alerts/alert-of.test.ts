import { describe, expect, test } from 'vitest';
import { alertOf } from '../../../lambda/alerts/alert-of.ts';
import type { AlertNotice } from '../../../lambda/alerts/notice.ts';
import { type IncidentKind, incidentKinds, traps } from '../../../lambda/standing/standing.ts';
import { alertWith, integration, notice } from './notices.ts';

const all: Partial<AlertNotice>[] = [
  ...incidentKinds.filter((kind) => kind !== 'trap').map((kind) => ({ kind })),
  ...traps.map((trap) => ({ kind: 'trap' as const, trap })),
];

describe('an alert', () => {
  test('has the form of the contract, its keys in their order', () => {
    expect(JSON.stringify(alertWith(), null, 1)).toBe(
      JSON.stringify(
        {
          id: '0123456789abcdef0123456789abcdef',
          event: 'raised',
          workspace: 'shop',
          integration_id: 'a1b2',
          integration_name: 'Snowflake · users',
          kind: 'failed',
          severity: 'critical',
          since: '2026-11-28T10:15:00.123Z',
          at: '2026-11-28T10:31:07.000Z',
          summary:
            'Syncs fail: Snowflake · users (workspace shop), since 2026-11-28 10:15 UTC. ' +
            'The newest sync ended with error, as did the one before.',
          next_steps: [
            'Open the sync log of the integration in Braze, and read the error of the newest sync.',
            'See whether the warehouse is reachable and awake, and whether the query of the source still runs there.',
          ],
          links: { braze: null, runbook: 'docs/runbook.md#incident-failed' },
          test: false,
        },
        null,
        1,
      ),
    );
  });

  test('that is over says from when to when it went on, and leaves nothing to do', () => {
    expect(alertWith({ event: 'resolved', reason: 'A sync brought 12 rows.' })).toMatchObject({
      event: 'resolved',
      summary:
        'Resolved: syncs fail: Snowflake · users (workspace shop), from 2026-11-28 10:15 to 2026-11-28 10:31 UTC. ' +
        'A sync brought 12 rows.',
      next_steps: [],
    });
  });

  test('links to the page in Braze where the host of the dashboard is known', () => {
    const context = { workspace: 'shop', integration: { ...integration, id: 'a/b?' } };
    const { links } = alertOf(notice, { ...context, dashboard: 'dashboard-01.braze.eu' });
    expect(links.braze).toBe('https://dashboard-01.braze.eu/integrations/cloud_data_ingestion/a%2Fb%3F');
    expect(alertOf(notice, context).links.braze).toBeNull();
  });

  test.each([
    ['critical', ['failed', 'late', 'stuck', 'gone', 'not_exported', 'gap_at_risk']],
    ['warning', ['refused', 'trap']],
  ] as const)('is %s for %s', (severity, of) => {
    for (const kind of of) expect([kind, alertWith({ kind }).severity]).toEqual([kind, severity]);
  });

  test('of the traps, only the one after which nothing arrives is critical', () => {
    const critical = traps.filter((trap) => alertWith({ kind: 'trap', trap }).severity === 'critical');
    expect(critical).toEqual(['future_watermark']);
  });

  test.each(all)('of %j says in sentences what to do, and leads to a heading of its own', (more) => {
    const { next_steps, links, summary } = alertWith(more);
    expect(next_steps.length).toBeGreaterThan(0);
    for (const step of [...next_steps, summary]) expect(step).toMatch(/^[A-Z].{20,}\.$/);
    expect(links.runbook).toBe(
      `docs/runbook.md#${more.trap ? `trap-${more.trap}` : `incident-${more.kind}`}`,
    );
  });

  test('no two kinds or traps say the same', () => {
    const summaries = all.map((more) => alertWith(more).summary);
    expect(new Set(summaries).size).toBe(all.length);
    expect(new Set(all.map((more) => alertWith(more).next_steps.join())).size).toBe(all.length);
  });

  test('a sync that failed is looked after by its status, also one that nobody knows', () => {
    const steps = (lastStatus: string | null) => alertWith({}, { lastStatus }).next_steps.join(' ');
    expect(steps('config_error')).toContain('test its connection');
    expect(steps('exploded')).toBe(steps(null));
    expect(steps('exploded')).toContain('see how its newest sync ended');
    expect(alertWith({ kind: 'trap', trap: 'of tomorrow' }).next_steps).toEqual([
      'Look in the runbook what this finding means.',
    ]);
  });

  test('where rows were refused, until when Braze shows them', () => {
    const detailsUntil = Date.parse('2026-12-28T10:15:00Z');
    const told = 'Until 2026-12-28 Braze shows the rows that were refused: download them by then.';
    const tells = (kind: IncidentKind) => alertWith({ kind }, { detailsUntil }).next_steps.includes(told);
    expect(incidentKinds.filter(tells)).toEqual(['failed', 'refused']);
    expect(alertWith({ kind: 'refused' }).next_steps.join()).not.toContain('until');
  });

  test('a name or a reason of any length or form stays a line', () => {
    const { summary, integration_name } = alertWith(
      { reason: 'x'.repeat(100_000) },
      { name: `a\nb\u0007${'😀'.repeat(5000)}` },
    );
    expect(summary.length).toBeLessThan(1500);
    expect(summary).toMatch(/^Syncs fail: a b 😀/);
    expect(summary.isWellFormed()).toBe(true);
    expect(integration_name?.length).toBeLessThanOrEqual(200);
  });

  test('without a name the id stands in its place', () => {
    expect(alertWith({}, { name: null })).toMatchObject({
      integration_name: null,
      summary: expect.stringContaining('Syncs fail: a1b2 (workspace shop)'),
    });
  });
});
