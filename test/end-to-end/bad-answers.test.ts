import { describe, expect } from 'vitest';
import type { Fault } from '../../local/simulator/faults.ts';
import { test } from './export.ts';
import { kept, rawOf } from './lake.ts';
import { syncs, worldOf } from './workspace.ts';

const rows = { bad: syncs(23), good: syncs(14) };
const all = { bad: rawOf(rows.bad), good: rawOf(rows.good) };
const world = worldOf(rows);

const faults: [string, Fault, RegExp][] = [
  ['a web page', 'html', /not Braze's \(text\/html\)/],
  ['an answer that is cut', 'cut', /broke off/],
  ['an answer that is not JSON', 'not_json', /not Braze's \(application\/json\)/],
  ['an answer without end', 'oversized', /more than 8 MB/],
  ['JSON without results', { status: 200, body: '{"message":"failure"}' }, /not Braze's/],
  [
    'a Link header that is none',
    { status: 200, headers: { link: '<<<' }, body: '{"results":[]}' },
    /Link header can not be read/,
  ],
  ['a reset connection', 'reset', /broke off/],
  ['500', { status: 500, body: 'oh' }, /the answer 500/],
  ['503', { status: 503, headers: { 'retry-after': '1' } }, /the answer 503/],
  ['204', { status: 204 }, /the answer 204/],
  ['418', { status: 418 }, /the answer 418/],
];

describe.concurrent('P10: an integration that keeps failing stops no other', () => {
  test.for(faults)('%s', async ([, fault, told], { lab }) => {
    const server = await lab.serve({
      world,
      faults: ({ path }) => (path.includes('/bad/') ? fault : undefined),
    });
    const { receipt, stderr } = await lab.exportHere(server, [], { shortPauses: true });
    expect(receipt.outcome).toBe('failed');
    expect(receipt.integrations).toEqual({ total: 2, failed: 1 });
    expect(stderr).toMatch(/^Error: Integration bad could not be exported/m);
    expect(stderr).toMatch(told);
    // Bounded: five tries, and the two pages of the other.
    expect(receipt.requests).toEqual({ list: 1, status: 7 });
    expect(kept(lab.lake())).toEqual({ good: all.good });
    const [bad, good] = lab.lake().lines('coverage');
    expect(bad).toMatchObject({ state: 'failing', failure: expect.stringMatching(told), complete_to: null });
    expect(good).toMatchObject({ state: 'complete', failure: null });
  });

  test('an integration that never ran may answer without results, and has none', async ({ lab }) => {
    const server = await lab.serve({
      world: worldOf({ never: [], good: rows.good }),
      faults: ({ path }) =>
        path.includes('/never/') ? { status: 200, body: '{"message":"success"}' } : undefined,
    });
    const { code, receipt } = await lab.export(server);
    expect({ code, outcome: receipt?.outcome }).toEqual({ code: 0, outcome: 'complete' });
    expect(kept(lab.lake())).toEqual({ good: all.good });
  });

  test('the process says so with its exit code', async ({ lab }) => {
    const server = await lab.serve({
      world,
      faults: ({ path }) => (path.includes('/bad/') ? 'html' : undefined),
    });
    const { code, receipt, stderr } = await lab.export(server, [], { impatient: true });
    expect({ code, outcome: receipt?.outcome }).toEqual({ code: 1, outcome: 'failed' });
    expect(receipt).toMatchObject({
      integrations: { total: 2, failed: 1 },
      requests: { list: 1, status: 7 },
    });
    expect(stderr).toMatch(/^Error: Integration bad could not be exported\. .*not Braze's \(text\/html\)/m);
    expect(kept(lab.lake())).toEqual({ good: all.good });
  });

  test('and is taken up again where it was left', async ({ lab }) => {
    let broken = true;
    const server = await lab.serve({
      world,
      faults: ({ path }) =>
        broken && path.includes('/bad/') && path.includes('cursor') ? 'html' : undefined,
    });
    const first = await lab.exportHere(server, [], { shortPauses: true });
    expect(first).toMatchObject({ receipt: { outcome: 'failed', rows: { new: 24 }, gaps: 1 } });
    broken = false;
    expect((await lab.exportHere(server)).receipt).toMatchObject({ outcome: 'complete', rows: { new: 13 } });
    expect(kept(lab.lake())).toEqual(all);
  });
});

describe.concurrent('P2, P10: an answer that is bad once is asked for again', () => {
  const some = faults.filter(([name]) => ['a web page', 'an answer that is cut', '503'].includes(name));
  test.for([...some, ['silence', 'hang', /no whole answer/] as const])(
    '%s',
    async ([, fault, told], { lab }) => {
      const struck = new Set<string>();
      const server = await lab.serve({
        world,
        faults: ({ path }) => {
          const first = !struck.has(path);
          struck.add(path);
          return first && path.includes('cursor') ? fault : undefined;
        },
      });
      const { receipt, stderr } = await lab.exportHere(server, [], { impatient: true });
      expect(receipt.outcome).toBe('complete');
      expect(receipt).toMatchObject({ pages: 5, integrations: { failed: 0 } });
      // Each of the three further pages twice; a busy machine may seem silent once more.
      expect(receipt.requests.status).toBeGreaterThanOrEqual(5 + 3);
      expect(stderr).toMatch(told);
      expect(kept(lab.lake())).toEqual(all);
    },
  );

  test('with the pauses and the exit code of a real run, too', async ({ lab }) => {
    const server = await lab.serve({ world, faults: ({ index }) => (index === 1 ? 'reset' : undefined) });
    expect(await lab.export(server)).toMatchObject({ code: 0, receipt: { outcome: 'complete' } });
  });
});

describe.concurrent('a list that can not be read', () => {
  test.for(faults.filter(([name]) => ['a web page', '500'].includes(name)))(
    '%s',
    async ([, fault, told], { lab }) => {
      const server = await lab.serve({ world });
      await lab.exportHere(server);
      const before = lab.lake().bytes('syncs');
      const broken = await lab.serve({ world, faults: ({ kind }) => (kind === 'list' ? fault : undefined) });
      const { receipt, stderr } = await lab.exportHere(broken, [], { shortPauses: true });
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toMatch(/^Error: The list of integrations could not be read/m);
      expect(stderr).toMatch(told);
      // The integrations known from before are exported all the same, and none is taken for gone.
      expect(receipt).toMatchObject({
        requests: { list: 5, status: 2 },
        integrations: { total: 2, failed: 0 },
      });
      expect(lab.lake().bytes('syncs')).toEqual(before);
      expect(
        lab
          .lake()
          .lines('coverage')
          .map(({ state }) => state),
      ).toEqual(['complete', 'complete']);
      expect(
        lab
          .lake()
          .lines('integrations')
          .map(({ listed }) => listed),
      ).toEqual([true, true]);
    },
  );
});
