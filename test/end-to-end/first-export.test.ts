import { describe, expect } from 'vitest';
import type { Quirks } from '../../local/simulator/quirks.ts';
import { sentinel, test } from './export.ts';
import { kept, rawOf, readLake } from './lake.ts';
import { syncs, worldOf } from './workspace.ts';

const syncColumns = [
  'integration_id',
  'sync_start_time',
  'sync_finish_time',
  'last_timestamp_synced',
  'job_status',
  'rows_synced',
  'rows_failed_with_errors',
  'problems',
  'raw',
];

const daysColumns = [
  'integration_id',
  'dt',
  'syncs',
  'successes',
  'partials',
  'errors',
  'config_errors',
  'other_failures',
  'not_final',
  'successes_without_rows',
  'rows_synced',
  'rows_failed',
  'median_seconds',
  'p95_seconds',
  'largest_gap_minutes',
  'first_start',
  'last_start',
  'last_finish',
];

describe.concurrent('the first export', () => {
  test('P1: every sync once, under the keys of the contract and in the order of its columns', async ({
    lab,
  }) => {
    const rows = { b: syncs(23), a: syncs(4), none: [] };
    const server = await lab.serve({ world: worldOf(rows) });
    const { code, stdout, stderr, receipt } = await lab.export(server);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('not a host of Braze') });
    expect(stdout.split('\n')).toHaveLength(2);
    const days = [...new Set(rows.b.map(({ sync_start_time }) => sync_start_time.slice(0, 10)))];
    expect(lab.lake().keys).toEqual([
      'changes/workspace=default/changes.ndjson.gz',
      'coverage/workspace=default/coverage.ndjson.gz',
      'days/workspace=default/month=2026-01/days.ndjson.gz',
      'integrations/workspace=default/integrations.ndjson.gz',
      'standing/workspace=default/standing.ndjson.gz',
      ...days.map((day) => `syncs/workspace=default/dt=${day}/syncs.ndjson.gz`),
    ]);
    for (const line of lab.lake().lines('days')) expect(Object.keys(line)).toEqual(daysColumns);
    expect(lab.lake().texts('days')[0]).toBe(
      '{"integration_id":"a","dt":"2026-01-05","syncs":4,"successes":4,"partials":0,"errors":0,"config_errors":0,' +
        '"other_failures":0,"not_final":0,"successes_without_rows":1,"rows_synced":6,"rows_failed":0,' +
        '"median_seconds":30,"p95_seconds":30,"largest_gap_minutes":540,"first_start":"2026-01-05 00:00:00.000",' +
        '"last_start":"2026-01-05 15:00:00.000","last_finish":"2026-01-05 15:00:30.000"}',
    );
    expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a), b: rawOf(rows.b) });
    const lines = lab.lake().lines('syncs');
    for (const line of lines) expect(Object.keys(line)).toEqual(syncColumns);
    const [key, ...others] = lines.map(
      (line) =>
        `${String(line.sync_start_time).slice(0, 10)} ${JSON.stringify([line.integration_id, line.sync_start_time])}`,
    );
    expect([key, ...others]).toEqual([key, ...others].sort());
    expect(lab.lake().texts('syncs')[0]).toBe(
      '{"integration_id":"a","sync_start_time":"2026-01-05 00:00:00.000","sync_finish_time":"2026-01-05 00:00:30.000",' +
        '"last_timestamp_synced":null,"job_status":"success","rows_synced":0,"rows_failed_with_errors":0,' +
        `"problems":null,"raw":${JSON.stringify(JSON.stringify(rows.a[0]))}}`,
    );
    expect(server.requests.every(({ authorization }) => authorization === `Bearer ${sentinel}`)).toBe(true);
    expect(receipt).toMatchObject({ rows: { new: 27, updated: 0, unchanged: 0, quarantined: 0 } });
  });

  test('the receipt has exactly the keys of the contract, in their order', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf({ a: syncs(23) }) });
    const { stdout } = await lab.export(server, ['--workspace', 'shop-1']);
    const receipt = JSON.parse(stdout);
    expect(stdout).toBe(`${JSON.stringify(receipt)}\n`);
    const { waited_seconds, elapsed_seconds, objects, ...rest } = receipt;
    expect(JSON.stringify(rest)).toBe(
      '{"outcome":"complete","workspace":"shop-1","requests":{"list":1,"status":3},"pages":3,' +
        '"rows":{"new":23,"updated":0,"unchanged":0,"quarantined":0},' +
        '"integrations":{"total":1,"failed":0},"gaps":0,"open":0,"late":0,"incidents":{"raised":0,"resolved":0}}',
    );
    expect(Object.keys(receipt).join()).toBe(
      'outcome,workspace,requests,pages,rows,objects,integrations,gaps,open,late,incidents,waited_seconds,elapsed_seconds',
    );
    expect(objects).toMatchObject({ written: lab.lake().keys.length });
    expect([waited_seconds, elapsed_seconds > 0]).toEqual([0, true]);
  });

  test('P15: coverage and integrations say what they must', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf({ a: syncs(23), none: [] }) });
    const before = new Date().toISOString().replace('T', ' ').slice(0, 23);
    await lab.exportHere(server);
    const [a, none] = lab.lake().lines('coverage');
    expect(JSON.stringify({ ...a, complete_to: 0, checked_at: 0 })).toBe(
      '{"integration_id":"a","complete_from":"2026-01-05 00:00:00.000","complete_to":0,"gaps":0,"open_syncs":0,' +
        '"abandoned_syncs":0,"row_order":"newest_first","state":"complete","failure":null,"checked_at":0,' +
        '"late_rows":0,"lost_gaps":0,"rechecked_at":null}',
    );
    expect(none).toMatchObject({ complete_from: null, gaps: 0, state: 'complete', failure: null });
    for (const line of [a, none]) {
      expect(line?.complete_to).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
      expect(String(line?.complete_to) >= before).toBe(true);
    }
    const [integration] = lab.lake().lines('integrations');
    expect(JSON.stringify({ ...integration, raw: 0 })).toBe(
      '{"integration_id":"a","integration_name":"Name of a","integration_type":"user_attributes",' +
        '"integration_status":"active","warehouse_type":"snowflake","app_group_id":"group",' +
        '"last_updated_at":"2026-01-05 00:00:00.500","last_job_start_time":null,"next_scheduled_run":null,' +
        '"last_job_status":"success","listed":true,"problems":null,"raw":0}',
    );
  });

  const orders: Quirks['order'][] = ['newest_first', 'oldest_first', 'unordered'];
  test('P4, P11: the three orders of rows give the same bytes', async ({ lab }) => {
    const world = worldOf({ a: syncs(34), b: syncs(11) });
    const lakes = await Promise.all(
      orders.map(async (order) => {
        const server = await lab.serve({ world, quirks: { order } });
        const data = ['--data', `${lab.data}-${order}`];
        expect((await lab.exportHere(server, data)).receipt.outcome).toBe('complete');
        return `${lab.data}-${order}`;
      }),
    );
    const [newest, oldest, unordered] = lakes.map((data) => readLake(data).bytes('syncs'));
    expect(newest?.size).toBe(7);
    expect(oldest).toEqual(newest);
    expect(unordered).toEqual(newest);
  });

  test('--integration: only these, and the list is not asked', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf({ a: syncs(3), 'b/c d': syncs(12), c: syncs(1) }) });
    const { receipt } = await lab.exportHere(server, ['--integration', 'a', '--integration', 'b/c d']);
    expect(receipt).toMatchObject({
      requests: { list: 0, status: 3 },
      integrations: { total: 2 },
      rows: { new: 15 },
    });
    expect(Object.keys(kept(lab.lake()))).toEqual(['a', 'b/c d']);
    expect(lab.lake().keys.some((key) => key.startsWith('integrations/'))).toBe(false);
  });
});
