import { describe, expect } from 'vitest';
import { test } from './export.ts';
import { kept, rawOf } from './lake.ts';
import { sync, syncFrom, syncs, worldOf } from './workspace.ts';

describe.concurrent('the next export', () => {
  const names = Array.from({ length: 12 }, (_, index) => `id-${index}`);

  test('P11: with nothing new, one request an integration, and no partition written', async ({ lab }) => {
    const server = await lab.serve({
      world: worldOf(Object.fromEntries(names.map((id) => [id, syncs(14)]))),
    });
    expect((await lab.exportHere(server)).receipt).toMatchObject({ requests: { list: 2, status: 24 } });
    const before = [
      lab.lake().bytes('syncs'),
      lab.lake().written('syncs'),
      lab.lake().written('integrations'),
    ];
    const { receipt } = await lab.exportHere(server);
    expect(receipt).toMatchObject({
      outcome: 'complete',
      requests: { list: 2, status: 12 },
      rows: { new: 0, updated: 0, unchanged: 120 },
      objects: { written: 2 },
    });
    expect([
      lab.lake().bytes('syncs'),
      lab.lake().written('syncs'),
      lab.lake().written('integrations'),
    ]).toEqual(before);
  });

  test.for(['newest_first', 'oldest_first', 'unordered'] as const)(
    'P1, P4: new syncs are picked up, %s',
    async (order, { lab }) => {
      const rows = { a: syncs(25), b: syncs(8) };
      const server = await lab.serve({ world: worldOf(rows), quirks: { order } });
      await lab.exportHere(server);
      rows.a.push(...Array.from({ length: 17 }, (_, index) => sync(25 + index)));
      expect((await lab.exportHere(server)).receipt).toMatchObject({
        outcome: 'complete',
        rows: { new: 17, updated: 0 },
      });
      expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a), b: rawOf(rows.b) });
    },
  );

  test('--recheck: an integration without syncs is done as well', async ({ lab }) => {
    const rows = { a: syncs(25), few: syncs(3), none: [] };
    const server = await lab.serve({ world: worldOf(rows) });
    await lab.exportHere(server);
    const receipt = { outcome: 'complete', rows: { new: 0, unchanged: 28 } };
    expect((await lab.exportHere(server, ['--recheck', 'all'])).receipt).toMatchObject(receipt);
    const rechecked = lab
      .lake()
      .lines('coverage')
      .map(({ rechecked_at }) => typeof rechecked_at);
    expect(rechecked).toEqual(['string', 'string', 'string']);
  });

  test('P5: a running sync is read again until it is final', async ({ lab }) => {
    const start = Date.now() - 3_600_000;
    const running = syncFrom(start, { job_status: 'running', sync_finish_time: null, rows_synced: null });
    const rows: unknown[] = [...syncs(12), running];
    const server = await lab.serve({ world: worldOf({ a: rows }) });
    expect((await lab.exportHere(server)).receipt).toMatchObject({ outcome: 'complete', open: 1 });
    rows[12] = syncFrom(start, { job_status: 'partial', rows_synced: 7 });
    expect((await lab.exportHere(server)).receipt).toMatchObject({ open: 0, rows: { new: 0, updated: 1 } });
    expect(kept(lab.lake())).toEqual({ a: rawOf(rows) });
    expect(lab.lake().lines('syncs').at(-1)).toMatchObject({ job_status: 'partial', rows_synced: 7 });
  });
});
