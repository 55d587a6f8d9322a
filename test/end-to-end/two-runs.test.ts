import { describe, expect } from 'vitest';
import type { Clock } from '../../lambda/time/clock.ts';
import { type Ended, type Lab, test } from './export.ts';
import { kept, rawOf } from './lake.ts';
import { syncs, worldOf } from './workspace.ts';

const rows = { a: syncs(34), b: syncs(7) };
const all = { a: rawOf(rows.a), b: rawOf(rows.b) };

/** A time that stands still until something moves it: a wait, or what the server does. */
class StandingClock implements Clock {
  #now = Date.now();
  now = () => this.#now;
  sleep = async (milliseconds: number) => this.pass(milliseconds);
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** The server keeps silent at the request of that number, and says when it has come. */
async function stalling(lab: Lab, silentAt: number) {
  const { promise: stalled, resolve } = Promise.withResolvers<void>();
  const server = await lab.serve({
    world: worldOf(rows),
    faults: ({ index }) => {
      if (index !== silentAt) return undefined;
      resolve();
      return 'hang';
    },
  });
  return { server, stalled };
}

async function expectCompletion(lab: Lab, ended: Ended): Promise<void> {
  expect(ended).toMatchObject({ code: 0, receipt: { outcome: 'complete', gaps: 0 } });
  expect(kept(lab.lake())).toEqual(all);
}

describe.concurrent('two at once', () => {
  test('P9: the second is busy and does nothing', async ({ lab }) => {
    // The last one under way: the other integration has been read by then.
    const { server, stalled } = await stalling(lab, 4);
    const first = lab.startExport(server);
    await stalled;
    const second = await lab.export(server);
    expect(second).toMatchObject({
      code: 0,
      receipt: {
        outcome: 'busy',
        requests: { list: 0, status: 0 },
        rows: { new: 0 },
        objects: { written: 0 },
      },
    });
    expect(server.requests).toHaveLength(5);
    expect(lab.lake().keys).toEqual([]);
    first.kill('SIGINT');
    expect((await first.ended).receipt?.outcome).toBe('suspended');
    await expectCompletion(lab, await lab.export(server));
  });

  test('P9: started together, one after the other or not, the lake is the same', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf(rows) });
    const ends = await Promise.all([lab.export(server), lab.export(server), lab.export(server)]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    const outcomes = ends.map(({ receipt }) => receipt?.outcome);
    expect(outcomes).toContain('complete');
    for (const outcome of outcomes) expect(['complete', 'busy']).toContain(outcome);
    expect(kept(lab.lake())).toEqual(all);
  });

  test('P9: two workspaces share a folder and do not get in each other’s way', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf(rows) });
    const ends = await Promise.all(['one', 'two'].map((name) => lab.export(server, ['--workspace', name])));
    expect(ends.map(({ receipt }) => receipt?.outcome)).toEqual(['complete', 'complete']);
    const days = [...lab.lake().bytes('syncs').entries()];
    const of = (name: string) =>
      days.filter(([key]) => key.includes(`workspace=${name}/`)).map(([, bytes]) => bytes);
    expect(of('one')).toHaveLength(7);
    expect(of('two')).toEqual(of('one'));
  });
});

describe.concurrent('ended early', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)('P8: %s ends as a deadline does', async (signal, { lab }) => {
    const { server, stalled } = await stalling(lab, 4);
    const running = lab.startExport(server);
    await stalled;
    running.kill(signal);
    const { code, receipt, stderr } = await running.ended;
    expect({ code, outcome: receipt?.outcome }).toEqual({ code: 0, outcome: 'suspended' });
    expect(receipt).toMatchObject({ integrations: { failed: 0 }, rows: { new: 27 } });
    expect(stderr).toContain('Stopping');
    expect(lab.lake().lines('syncs')).toHaveLength(27);
    const next = await lab.export(server);
    expect(next.receipt?.rows).toMatchObject({ new: 14, updated: 0 });
    await expectCompletion(lab, next);
  });

  test('P8: a deadline that comes while the server is slow', async ({ lab }) => {
    const clock = new StandingClock();
    const server = await lab.serve({
      world: worldOf(rows),
      faults: ({ index }) => {
        if (index > 2) clock.pass(1500);
        return undefined;
      },
    });
    const { receipt } = await lab.exportHere(server, [], { clock, deadline: clock.now() + 2000 });
    expect(receipt.outcome).toBe('suspended');
    // The list, two pages at once, one after 1.5 s and one that ends past the deadline: none after it.
    expect(server.requests).toHaveLength(5);
    expect(receipt.gaps).toBeGreaterThan(0);
    expect(lab.lake().lines('syncs').length).toBe(receipt.rows.new);
    expect(receipt.rows.new).toBeGreaterThanOrEqual(10);
    expect(
      lab
        .lake()
        .lines('coverage')
        .map(({ state }) => state),
    ).toContain('backfilling');
  });

  test('P8: a deadline that comes while the server is silent', async ({ lab }) => {
    const clock = new StandingClock();
    const server = await lab.serve({
      world: worldOf(rows),
      faults: ({ index }) => {
        if (index < 2) return undefined;
        clock.pass(1000);
        return 'hang';
      },
    });
    const { receipt } = await lab.exportHere(server, [], { clock, deadline: clock.now() + 1000 });
    expect(receipt).toMatchObject({ outcome: 'suspended', integrations: { failed: 0 }, rows: { new: 10 } });
    // The list, the first page of one, then both integrations side by side; neither is asked again.
    expect(server.requests).toHaveLength(4);
  });

  test('P8: --deadline ends the process while the server is silent', async ({ lab }) => {
    const { server } = await stalling(lab, 2);
    const { code, receipt } = await lab.export(server, ['--deadline', '1.5']);
    expect({ code, outcome: receipt?.outcome }).toEqual({ code: 0, outcome: 'suspended' });
    expect(receipt?.integrations.failed).toBe(0);
    // How far it comes hangs on the machine. Without the deadline the silence alone would last 30 s.
    expect(receipt?.elapsed_seconds).toBeLessThan(20);
    // The list and five pages, each asked for once at the most.
    expect(server.requests.length).toBeLessThanOrEqual(6);
  });

  test.for(['1.777', '10.1234'])('P8: a deadline of %s s, whole in no unit', async (deadline, { lab }) => {
    const server = await lab.serve({ world: worldOf(rows) });
    expect(await lab.export(server, ['--deadline', deadline])).toMatchObject({ code: 0 });
    expect(server.requests.length).toBeGreaterThan(0);
  });

  test('P7, P8: a wait for the limit that does not fit before the deadline is not begun', async ({ lab }) => {
    const server = await lab.serve({ world: worldOf(rows) });
    const limit = ['--requests-per-minute', '3', '--list-requests-per-minute', '50'];
    const { receipt } = await lab.export(server, [...limit, '--deadline', '20']);
    expect(receipt).toMatchObject({ outcome: 'suspended', requests: { status: 3 } });
    expect(receipt?.waited_seconds).toBe(0);
    // The next run knows what this one has used of the limit.
    const next = await lab.export(server, [...limit, '--deadline', '20']);
    expect(next.receipt).toMatchObject({ outcome: 'suspended', requests: { status: 0 } });
  });

  test('P7, P8: 429 without end is no failure of the integration', async ({ lab }) => {
    const refused = { status: 429, headers: { 'x-ratelimit-retry-after': '1' } };
    const clock = new StandingClock();
    const server = await lab.serve({
      world: worldOf(rows),
      faults: ({ index }) => (index > 2 ? refused : undefined),
    });
    const { receipt } = await lab.exportHere(server, [], { clock, deadline: clock.now() + 3000 });
    expect(receipt.outcome).toBe('suspended');
    expect(receipt.integrations.failed).toBe(0);
    expect(server.requests.length).toBeLessThan(8);
  });
});
