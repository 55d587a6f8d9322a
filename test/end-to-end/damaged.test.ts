import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { filesBelow } from '../local/stores/scratch.ts';
import { type Lab, test } from './export.ts';
import { sync, syncs, worldOf } from './workspace.ts';

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
const empty = () => Buffer.alloc(0);
const text = () => Buffer.from('something else\n');
const newer = (bytes: Buffer) => Buffer.from(bytes.toString().replace(/"format": \d+/, '"format": 99'));
const oddField = (bytes: Buffer) => Buffer.from(bytes.toString().replace(/"format": \d+/, '$&, "odd": 1'));

/** Three syncs of `b`, 23 of `a` from the same days; then one more of each. */
async function exportedThenMore(lab: Lab) {
  const rows = { a: syncs(23), b: syncs(3) };
  const server = await lab.serve({ world: worldOf(rows) });
  expect((await lab.exportHere(server)).receipt.outcome).toBe('complete');
  rows.a.push(sync(23));
  rows.b.push(sync(24));
  return server;
}

/** The path of an integration's checkpoint record. */
function recordOf(lab: Lab, id: string): string {
  const isIts = (path: string) =>
    JSON.parse(readFileSync(join(lab.data, path), 'utf8')).item === `integration#${id}`;
  return filesBelow(lab.data).find((path) => path.startsWith('checkpoint/') && isIts(path)) ?? '';
}

/** Damages a file and gives what shows whether it is left alone from then on. */
function damage(lab: Lab, path: string, how: (bytes: Buffer) => Buffer) {
  const file = join(lab.data, path);
  const bytes = how(readFileSync(file));
  expect(bytes.equals(readFileSync(file)), 'the damage is one').toBe(false);
  writeFileSync(file, bytes);
  const look = () => [readFileSync(file).toString('base64'), statSync(file, { bigint: true }).mtimeNs];
  const before = look();
  return { expectUntouched: () => expect(look()).toEqual(before) };
}

const records: [string, (bytes: Buffer) => Buffer, RegExp][] = [
  ['cut short', half, /damaged and was left as it is .*Restore it; or move it away/],
  ['empty', empty, /damaged and was left as it is .*Restore it; or move it away/],
  ['with a field that is not known', oddField, /damaged and was left as it is .*Restore it; or move it away/],
  ['of a newer format', newer, /written by a newer version of this program .*update this program/],
];

describe.concurrent('P10, P14: the record of an integration', () => {
  test.for(records)(
    '%s: refused and left as it is; the others are exported',
    async ([, how, told], { lab }) => {
      const server = await exportedThenMore(lab);
      const record = recordOf(lab, 'a');
      const damaged = damage(lab, record, how);
      const { receipt, stderr } = await lab.exportHere(server);
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toMatch(told);
      expect(stderr).toContain(join(lab.data, record));
      expect(stderr.match(/^Error:/gm), 'said once').toHaveLength(1);
      damaged.expectUntouched();
      expect(receipt).toMatchObject({ integrations: { total: 2, failed: 1 }, rows: { new: 1 } });
      expect(
        lab
          .lake()
          .lines('syncs')
          .filter(({ integration_id }) => integration_id === 'b'),
      ).toHaveLength(4);
      expect(lab.lake().lines('coverage')).toMatchObject([
        { integration_id: 'a', state: 'failing', failure: expect.stringMatching(told) },
        { integration_id: 'b', state: 'complete' },
      ]);
    },
  );

  test('P1: moved away as the message says, its history is read again and nothing doubled', async ({
    lab,
  }) => {
    const server = await exportedThenMore(lab);
    rmSync(join(lab.data, recordOf(lab, 'a')));
    const { receipt } = await lab.exportHere(server);
    expect(receipt.outcome).toBe('complete');
    expect(receipt.rows).toMatchObject({ new: 2, updated: 0 });
    expect(lab.lake().lines('syncs')).toHaveLength(28);
  });
});

describe.concurrent('P14: the record of the workspace', () => {
  test.for(records.filter(([name]) => name !== 'empty'))(
    '%s: nothing is asked, nothing is written',
    async ([, how, told], { lab }) => {
      const server = await exportedThenMore(lab);
      const record = 'checkpoint/workspace=default/workspace.json';
      const damaged = damage(lab, record, how);
      const [asked, lake] = [server.requests.length, lab.lake().bytes('')];
      const { receipt, stderr } = await lab.exportHere(server);
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toMatch(told);
      expect(stderr).toContain(join(lab.data, record));
      damaged.expectUntouched();
      expect(server.requests).toHaveLength(asked);
      expect(lab.lake().bytes('')).toEqual(lake);
    },
  );
});

const objects: [string, (bytes: Buffer) => Buffer][] = [
  ['cut short', half],
  ['something else', text],
];

describe.concurrent('P10, P14: an object of the lake', () => {
  const day = 'syncs/workspace=default/dt=2026-01-09/syncs.ndjson.gz';
  test.for(objects)(
    'a day %s: named and left as it is, the other days are written',
    async ([, how], { lab }) => {
      const server = await exportedThenMore(lab);
      const damaged = damage(lab, `lake/${day}`, how);
      const { receipt, stderr } = await lab.exportHere(server);
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toContain(`${day} is damaged and was left as it is. Restore`);
      damaged.expectUntouched();
      const after = [...lab.lake().written('syncs').keys()];
      expect(after.at(-1)).toContain('dt=2026-01-10');
    },
  );

  test('a day, without --json: the sentence stays one for people', async ({ lab }) => {
    const server = await exportedThenMore(lab);
    damage(lab, `lake/${day}`, half);
    const options = ['--endpoint', server.endpoint, '--data', lab.data, '--requests-per-minute', '100000'];
    const { code, stdout, stderr } = await lab.start(options).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(day);
    expect(stdout).toMatch(/could not be read the last time: \S+ is damaged/);
  });

  test('a day that this run has no need of: complete, though there is no first look', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf({ a: syncs(23) }) });
    await lab.exportHere(server);
    damage(lab, 'lake/syncs/workspace=default/dt=2026-01-05/syncs.ndjson.gz', half);
    const { code, stdout } = await lab.start(['--endpoint', server.endpoint, '--data', lab.data]).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Complete: /m);
    expect(stdout).toMatch(/Malformed JSON in file/);
  });

  test.for(['integrations', 'quarantine'])('%s: named and left as it is', async (table, { lab }) => {
    const rows = { a: [...syncs(3), {}] };
    const server = await lab.serve({ world: worldOf(rows) });
    await lab.exportHere(server);
    const [key = ''] = lab.lake().keys.filter((each) => each.startsWith(`${table}/`));
    const damaged = damage(lab, `lake/${key}`, half);
    const { receipt, stderr } = await lab.exportHere(server);
    expect(receipt.outcome).toBe('failed');
    expect(stderr).toContain(`${key} is damaged and was left as it is. Restore`);
    damaged.expectUntouched();
  });

  test('coverage is written anew from what is known', async ({ lab }) => {
    const server = await exportedThenMore(lab);
    damage(lab, 'lake/coverage/workspace=default/coverage.ndjson.gz', half);
    expect(await lab.exportHere(server)).toMatchObject({ receipt: { outcome: 'complete' } });
    expect(lab.lake().lines('coverage')).toHaveLength(2);
  });
});
