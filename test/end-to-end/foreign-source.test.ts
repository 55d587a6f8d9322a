import { describe, expect } from 'vitest';
import type { World } from '../../local/simulator/world.ts';
import { type Lab, test } from './export.ts';
import { kept, rawOf } from './lake.ts';
import { integrationNamed, syncs, worldOf } from './workspace.ts';

const rows = { a: syncs(3), b: syncs(4) };

/** Another Braze workspace, with integrations of its own. */
const another: World = {
  integrations: () => [{ ...integrationNamed('c'), app_group_id: 'another' }],
  rows: (id) => (id === 'c' ? syncs(5) : undefined),
};

const bytesOf = (lab: Lab) => ['syncs', 'integrations', 'coverage'].map((table) => lab.lake().bytes(table));

describe.concurrent('P19: a folder and workspace belong to one source', () => {
  test('another workspace’s key is refused before anything is written', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf(rows) });
    await lab.export(server);
    const before = bytesOf(lab);
    const { code, receipt, stderr } = await lab.export(await lab.serve({ world: another }));
    expect({ code, outcome: receipt?.outcome }).toEqual({ code: 1, outcome: 'failed' });
    expect(stderr).toMatch(/^Error: The API key belongs to another Braze workspace .*--workspace, --data/m);
    expect(bytesOf(lab)).toEqual(before);
    expect(await lab.export(server)).toMatchObject({ code: 0, receipt: { outcome: 'complete' } });
  });

  test('under another name it is exported beside the first', async ({ lab }) => {
    await lab.export(await lab.serve({ world: worldOf(rows) }));
    const other = await lab.serve({ world: another });
    expect(await lab.export(other, ['--workspace', 'other'])).toMatchObject({ code: 0 });
    expect(Object.keys(kept(lab.lake()))).toEqual(['a', 'b', 'c']);
  });

  test('the same workspace at another address goes on', async ({ lab }) => {
    await lab.export(await lab.serve({ world: worldOf(rows) }));
    const moved = await lab.serve({ world: worldOf({ ...rows, b: syncs(6) }) });
    expect(await lab.export(moved)).toMatchObject({ code: 0, receipt: { rows: { new: 2 } } });
    expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a), b: rawOf(syncs(6)) });
  });

  test('with --integration alone another host is refused, and nothing is asked there', async ({ lab }) => {
    await lab.export(await lab.serve({ world: worldOf(rows) }), ['--integration', 'a']);
    const other = await lab.serve({ world: worldOf({ a: syncs(9) }) });
    const { code, stderr } = await lab.export(other, ['--integration', 'a']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Error: The history that is kept as default was read from 127\.0\.0\.1:\d+, and not/m,
    );
    expect(other.requests).toEqual([]);
    expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a) });
  });

  test('the simulator is refused where a real workspace was exported, and the reverse', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf(rows) });
    const simulator = ['--data', lab.data, '--workspace', 'default', '--json'];
    await lab.export(server);
    const simulated = await lab.start(simulator, { key: undefined }).ended;
    expect(simulated).toMatchObject({
      code: 1,
      receipt: { outcome: 'failed', requests: { list: 0, status: 0 } },
    });
    expect(simulated.stderr).toMatch(
      /^Error: The simulated Braze can not be exported into workspace default/m,
    );

    const shown = ['--data', lab.data, '--workspace', 'shown', '--json', '--deadline', '1'];
    expect(await lab.start(shown, { key: undefined }).ended).toMatchObject({ code: 0 });
    const before = bytesOf(lab);
    const real = await lab.export(server, ['--workspace', 'shown']);
    expect(real.code).toBe(1);
    expect(real.stderr).toMatch(/^Error: A real Braze can not be exported into workspace shown/m);
    expect(bytesOf(lab)).toEqual(before);
  });
});
