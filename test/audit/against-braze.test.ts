/** A fresh walk over HTTP, held against the lake that the exporter has made from the same source. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { BrazeClient } from '../../audit/braze/client.ts';
import { BrazeComparison } from '../../audit/braze/comparison.ts';
import { CheckpointFolder } from '../../audit/folder/checkpoint-folder.ts';
import { LakeFolder } from '../../audit/folder/lake-folder.ts';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import type { Quirks } from '../../local/simulator/quirks.ts';
import { exportHere } from '../end-to-end/export-here.ts';
import { sync, syncs, worldOf } from '../end-to-end/workspace.ts';
import { scratchFolder } from '../local/stores/scratch.ts';

const limits = { statusLimit: 100_000, listLimit: 100_000 };
const dayKey = (start: string) => `syncs/workspace=default/dt=${start.slice(0, 10)}/syncs.ndjson.gz`;

/** A source, its lake in a folder, and a way to hold the one against the other. */
async function exported(rows: Record<string, unknown[]>, quirks: Partial<Quirks> = {}) {
  let onRequest = () => {};
  const server = await startSimulatedBraze({
    world: worldOf(rows),
    quirks: { ...limits, ...quirks },
    faults: () => {
      onRequest();
      return undefined;
    },
  });
  onTestFinished(() => server.close());
  const folder = scratchFolder();
  const options = ['--endpoint', server.endpoint, '--data', folder, '--requests-per-minute', '100000'];
  const { receipt } = await exportHere([...options, '--list-requests-per-minute', '100000'], 'key', {});
  expect(receipt.outcome).toBe('complete');
  const findings = async () => {
    const time = { now: Date.now, sleep: async () => {} };
    const client = new BrazeClient({
      endpoint: new URL(server.endpoint),
      apiKey: 'key',
      requestsPerMinute: 100_000,
      time,
    });
    const source = new BrazeComparison(client, Date.now);
    onTestFinished(() => source.close());
    const report = await audit({
      lake: new LakeFolder(folder),
      checkpoint: new CheckpointFolder(folder),
      now: Date.now(),
      source,
    });
    return { findings: report.findings, syncs: source.syncs };
  };
  return {
    folder,
    findings,
    whenAsked: (act: () => void) => {
      onRequest = act;
    },
  };
}

const odd: Partial<Quirks>[] = [
  { order: 'newest_first' },
  { order: 'oldest_first', prevAtFirstPage: 'self' },
  { order: 'unordered', pretty: true },
  { order: 'newest_first', pastEnd: 'invalid_cursor', nextOnLastFullPage: true },
];

test.each(odd)('nothing is found where the lake is as Braze is: %o', async (quirks) => {
  const { findings } = await exported({ one: syncs(47), 'id/with a slash': syncs(20), none: [] }, quirks);
  expect(await findings()).toEqual({ findings: [], syncs: 67 });
});

test('what is missing, what differs and what only the lake has is named', async () => {
  const rows = { one: syncs(60), two: syncs(5) };
  const { findings, folder } = await exported(rows);
  const lost = sync(12).sync_start_time ?? '';
  const file = join(folder, 'lake', dayKey(lost));
  const lines = gunzipSync(readFileSync(file)).toString().split('\n').slice(0, -1);
  const left = lines.filter((line) => !line.includes(lost));
  expect(left).toHaveLength(lines.length - 1);
  writeFileSync(file, gzipSync(left.map((line) => `${line}\n`).join('')));
  rows.one[30] = sync(30, { job_status: 'error' });
  rows.one.splice(20, 1);
  // Offline it is seen as well: another program has written the day, and its sums are others.
  const fromBraze = ['missing', 'differs', 'only_in_lake'];
  const found = (await findings()).findings.filter(({ kind }) => fromBraze.includes(kind));
  const starting = (number: number) => String(sync(number).sync_start_time).replace('Z', '');
  expect(found).toEqual([
    {
      kind: 'missing',
      key: dayKey(lost),
      integration_id: 'one',
      detail: `The sync of ${starting(12)} is not in the lake.`,
    },
    {
      kind: 'only_in_lake',
      key: dayKey(starting(20)),
      integration_id: 'one',
      detail: `The sync of ${starting(20)} is not at Braze any more, which has older ones.`,
    },
    {
      kind: 'differs',
      key: dayKey(starting(30)),
      integration_id: 'one',
      detail: `The sync of ${starting(30)} is another at Braze, in job_status.`,
    },
  ]);
});

test('what is open, what has started since, and what Braze has forgotten is nothing to be found', async () => {
  const rows = { one: syncs(40) };
  rows.one.push(sync(41, { job_status: 'running', sync_finish_time: null }));
  const { findings } = await exported(rows);
  rows.one[40] = sync(41, { job_status: 'running', sync_finish_time: null, rows_synced: 5 });
  rows.one.push({ ...sync(0), sync_start_time: new Date(Date.now() + 60_000).toISOString() });
  rows.one.splice(0, 7);
  expect((await findings()).findings).toEqual([]);
});

test('rows that drift from page to page while they are read are nothing to be found', async () => {
  const rows = { one: syncs(60) };
  const { findings, whenAsked } = await exported(rows);
  let asked = 0;
  whenAsked(() => {
    asked += 1;
    // One is new: all move down. One is gone above the page: all move up, and the walk misses one.
    if (asked === 4)
      rows.one.push({ ...sync(0), sync_start_time: new Date(Date.now() + 1000).toISOString() });
    if (asked === 6) rows.one.splice(-3, 1);
    if (asked === 7) rows.one.splice(-3, 1);
  });
  expect((await findings()).findings).toEqual([]);
  // The list and six pages; and, since a row was missed, all pages again.
  expect(asked).toBeGreaterThan(12);
});

test('an integration that the lake knows nothing of is named', async () => {
  const rows: Record<string, unknown[]> = { one: syncs(3) };
  const { findings } = await exported(rows);
  rows.two = syncs(2);
  expect((await findings()).findings).toEqual([
    expect.objectContaining({
      kind: 'missing',
      integration_id: 'two',
      detail: expect.stringContaining('lists'),
    }),
  ]);
});
