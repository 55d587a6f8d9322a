/** The scenarios of the core once more, over S3, DynamoDB and Secrets Manager. */
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { startFaultProxy } from '../../../local/aws/fault-proxy.ts';
import { rawOf } from '../../end-to-end/lake.ts';
import { sync, syncs, worldOf } from '../../end-to-end/workspace.ts';
import { deploy, rawIn } from './deployment.ts';

const rows = { a: syncs(134), b: syncs(27) };
const all = rawOf([...rows.a, ...rows.b]);
const pages = 17;
const later = join(import.meta.dirname, 'later.ts');

describe('over S3 and DynamoDB', () => {
  test('P1, P11: the first run brings it all, the second writes only that it looked', async () => {
    const { invoke, lake } = await deploy({ world: worldOf(rows) });

    expect((await invoke()).receipt).toMatchObject({
      outcome: 'complete',
      rows: { new: 161 },
      requests: { list: 1, status: pages },
    });
    const first = await lake();
    expect(rawIn(first)).toEqual(all);

    expect((await invoke()).receipt).toMatchObject({
      requests: { list: 1, status: 2 },
      objects: { written: 2 },
      rows: { new: 0 },
    });
    const second = await lake();
    const changed = [...second].filter(([key, body]) => first.get(key) !== body).map(([key]) => key);
    expect(changed).toEqual([
      'coverage/workspace=shop/coverage.ndjson.gz',
      'standing/workspace=shop/standing.ndjson.gz',
    ]);
  });

  test('P8: a backfill under a deadline goes on from run to run', async () => {
    // One page after the other: the fourteen of the longer list take longer than the first run has.
    let delay = 2000;
    const { invoke, lake, server } = await deploy({
      world: worldOf(rows),
      faults: ({ kind }) => (kind === 'status' ? { delay } : undefined),
    });
    const first = await invoke({ remaining: 20_000 });
    expect(first.receipt, first.output).toMatchObject({ outcome: 'suspended' });
    delay = 0;
    const second = await invoke();
    expect(second.receipt, second.output).toMatchObject({ outcome: 'complete' });
    expect(rawIn(await lake())).toEqual(all);
    const asked = server.requests.filter(({ kind }) => kind === 'status').length;
    expect(asked).toBeLessThan(pages + 4 * 2);
  });

  test('P3: rows that drift while they are read', async () => {
    const moving = { a: syncs(134) };
    const had = new Set(rawOf(moving.a));
    const purged = new Set<string>();
    let frozen = false;
    const { invoke, lake } = await deploy({
      world: worldOf(moving),
      faults: ({ index, kind }) => {
        if (kind !== 'status' || frozen) return undefined;
        const added = sync(134 + index);
        moving.a.push(added);
        had.add(JSON.stringify(added));
        if (index % 3 === 0) purged.add(JSON.stringify(moving.a.shift()));
        return undefined;
      },
    });

    await invoke();
    frozen = true;
    expect((await invoke()).receipt?.outcome).toBe('complete');

    const kept = rawIn(await lake());
    expect([...had].filter((raw) => !kept.includes(raw) && !purged.has(raw))).toEqual([]);
    expect(kept).toEqual([...new Set(kept)]);
    expect(kept.length).toBeGreaterThan(134);
  });

  test('P2, P9: killed in the middle; the lease of the dead runs out, and the next goes on', async () => {
    let kill = () => {};
    const { invoke, start, lake } = await deploy({
      world: worldOf(rows),
      faults: ({ index }) => {
        if (index !== 6) return undefined;
        kill();
        return 'hang';
      },
    });
    const running = start();
    kill = running.kill;
    expect((await running.ended).signal).toBe('SIGKILL');

    expect((await invoke()).receipt).toMatchObject({ outcome: 'busy', requests: { list: 0, status: 0 } });
    expect((await invoke({ nodeOptions: ['--import', later] })).receipt).toMatchObject({
      outcome: 'complete',
    });
    expect(rawIn(await lake())).toEqual(all);
  });

  test('P9: two at once', async () => {
    const { invoke, lake } = await deploy({ world: worldOf(rows) });

    const both = await Promise.all([invoke(), invoke()]);

    const outcomes = both.map(({ receipt }) => receipt?.outcome);
    expect(outcomes).toContain('complete');
    for (const outcome of outcomes) expect(['complete', 'busy']).toContain(outcome);
    expect(rawIn(await lake())).toEqual(all);
  });

  test('P8: a store that hangs ends the run in time, with a sentence', async () => {
    const { invoke } = await deploy({ world: worldOf(rows) });
    const proxy = await startFaultProxy(inject('localAws').endpoint);
    onTestFinished(() => proxy.close());
    proxy.fail(({ method, target }) => (method === 'PUT' && target === undefined ? 'hang' : undefined));
    const began = performance.now();

    const { receipt, output } = await invoke({ remaining: 8_000, awsEndpoint: proxy.endpoint });

    expect(receipt).toBeUndefined();
    expect(output).toMatch(
      /"error":"Workspace shop: s3:\/\/lake-\S+ does not answer: the next run goes on\. \(AbortError\)/,
    );
    // Starting the process included, on a busy machine; without an end, the retries take minutes.
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
