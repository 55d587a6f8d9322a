import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { columns } from '../../../lambda/schema/tables.ts';
import { project } from '../../lib/synthesize.ts';

const { toRunEvents } = await import(join(project, 'docs/openlineage/to-run-events.mjs'));

/** See NOTICE.md beside it. */
const { oneOf: _, ...published } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'OpenLineage.json'), 'utf8'),
);
const runEvent = z.fromJSONSchema({ ...published, $ref: '#/$defs/RunEvent' });

const page = readFileSync(join(project, 'docs/alerts.md'), 'utf8');
const [, finished] = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, json = '']) => JSON.parse(json));
const eventWith = (detail = {}) => ({ time: '2026-11-28T06:15:20Z', detail: { ...finished, ...detail } });

test('the event of the page is a row of the lake, with its workspace and the integration’s name', () => {
  expect(Object.keys(finished)).toEqual(['workspace', 'integration_name', ...Object.keys(columns.syncs)]);
});

test.each([
  ['success', {}, 'COMPLETE', '2026-11-28T06:01:40.020Z'],
  ['partial', {}, 'COMPLETE', '2026-11-28T06:01:40.020Z'],
  ['error', { rows_synced: null }, 'FAIL', '2026-11-28T06:01:40.020Z'],
  ['config_error', { sync_finish_time: null }, 'FAIL', '2026-11-28T06:15:20Z'],
  ['limit exceeded', {}, 'FAIL', '2026-11-28T06:01:40.020Z'],
  ['running', { sync_finish_time: null }, 'ABORT', '2026-11-28T06:15:20Z'],
  ['success', { integration_name: 'Snowflake · orders' }, 'COMPLETE', '2026-11-28T06:01:40.020Z'],
])('a sync that ended with %s, %j, is a run with a start and %s', (job_status, more, end, at) => {
  const events = toRunEvents(eventWith({ job_status, ...more }));
  expect(events).toMatchObject([
    { eventType: 'START', eventTime: '2026-11-28T06:00:03.183Z' },
    { eventType: end, eventTime: at },
  ]);
  for (const event of events) runEvent.parse(event);
});

test('the number of rows is told, and the name', () => {
  const [, end] = toRunEvents(eventWith({ integration_name: 'orders' }));
  expect(end.outputs[0].outputFacets.outputStatistics.rowCount).toBe(1204);
  expect(end.job.facets.documentation.description).toBe('orders');
});

test('a sync that is told again is the same run, another one is not', () => {
  const idOf = (detail = {}) => toRunEvents(eventWith(detail))[0].run.runId;
  expect(idOf()).toBe(idOf({ job_status: 'error' }));
  expect(
    new Set([idOf(), idOf({ sync_start_time: '2026-11-28 06:15:03.000' }), idOf({ workspace: 'b' })]).size,
  ).toBe(3);
});

test('the schema refuses what is no run event', () => {
  const [start] = toRunEvents(eventWith());
  for (const wrong of [{ eventType: 'DONE' }, { job: {} }, { run: { runId: '1' } }, { eventTime: 'today' }])
    expect(runEvent.safeParse({ ...start, ...wrong }).success).toBe(false);
});
