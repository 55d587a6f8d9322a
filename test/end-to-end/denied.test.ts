import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import type { SimulatedBrazeServer } from '../../local/simulator/http.ts';
import { allPermissions } from '../../local/simulator/permissions.ts';
import { sentinel, test } from './export.ts';
import { kept, rawOf } from './lake.ts';
import { syncs, worldOf } from './workspace.ts';

const rows = { a: syncs(13), b: syncs(4) };
const world = worldOf(rows);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describe.concurrent('denied', () => {
  test('P12: a wrong key (401): one request, no more, and a sentence that says so', async ({ lab }) => {
    const server = await lab.serve({ world, keys: { another: allPermissions } });
    const { receipt, stderr } = await lab.exportHere(server);
    expect(receipt.outcome).toBe('failed');
    expect(stderr).toMatch(/^Error: .*API key \(401\)/m);
    expect(server.requests).toHaveLength(1);
    expect(receipt.requests).toEqual({ list: 1, status: 0 });
  });

  // Of two integrations that are refused, the first might be refused for its own sake.
  const permissions = [
    ['cdi.integration_list', 'cdi.integration_job_status', { list: 1, status: 0 }],
    ['cdi.integration_job_status', 'cdi.integration_list', { list: 1, status: 2 }],
  ] as const;
  test.for(permissions)(
    'P12: without the permission %s (403)',
    async ([missing, given, requests], { lab }) => {
      const server = await lab.serve({ world, keys: { [sentinel]: [given] } });
      const { receipt, stderr } = await lab.exportHere(server);
      expect({ outcome: receipt.outcome, requests: receipt.requests }).toEqual({
        outcome: 'failed',
        requests,
      });
      expect(stderr).toContain(missing);
      expect(stderr).not.toContain(given);
      if (requests.status === 0) return;
      expect(receipt.integrations).toEqual({ total: 2, failed: 2 });
      expect(
        lab
          .lake()
          .lines('coverage')
          .map(({ state }) => state),
      ).toEqual(['failing', 'failing']);
      for (const { failure } of lab.lake().lines('coverage')) expect(failure).toContain(missing);
    },
  );

  test('P2, P12: a key that is revoked in the middle keeps what was read', async ({ lab }) => {
    const server: SimulatedBrazeServer = await lab.serve({
      world,
      faults: ({ index }) => {
        if (index === 3) server.braze.keys = {};
        return undefined;
      },
    });
    const { receipt } = await lab.exportHere(server);
    expect({ outcome: receipt.outcome, new: receipt.rows.new }).toEqual({
      outcome: 'failed',
      new: 14,
    });
    expect(lab.lake().lines('syncs')).toHaveLength(14);
    server.braze.keys = undefined;
    expect((await lab.exportHere(server)).receipt).toMatchObject({ outcome: 'complete', rows: { new: 3 } });
    expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a), b: rawOf(rows.b) });
    expect(
      lab
        .lake()
        .lines('coverage')
        .map(({ state, failure }) => [state, failure]),
    ).toEqual([
      ['complete', null],
      ['complete', null],
    ]);
  });

  test('an endpoint at a port that no HTTP client goes to is told as no connection', async ({ lab }) => {
    const nobody = { endpoint: 'http://127.0.0.1:1' };
    const { receipt, stderr } = await lab.exportHere(nobody, [], { shortPauses: true });
    expect(receipt.outcome).toBe('failed');
    expect(stderr).toMatch(
      /^Error: .*no connection to 127\.0\.0\.1:1: this port is kept for other services/m,
    );
    expect(stderr).not.toContain('broke off');
  });

  test('an endpoint that is not the API’s (404) is named as the fault', async ({ lab }) => {
    const server = await lab.serve({ world });
    const { receipt, stderr } = await lab.exportHere({ ...server, endpoint: `${server.endpoint}/v2` });
    expect(receipt.outcome).toBe('failed');
    expect(stderr).toMatch(/endpoint .*404/);
    expect(server.requests).toHaveLength(1);
  });

  test('P12: a port where nobody listens', async ({ lab }) => {
    const host = `127.0.0.1:${await freePort()}`;
    const options = ['--endpoint', `http://${host}`, '--data', lab.data, '--json'];
    const { code, receipt, stderr } = await lab.start(options, { impatient: true }).ended;
    expect({ code, outcome: receipt?.outcome }).toEqual({ code: 1, outcome: 'failed' });
    expect(stderr).toMatch(new RegExp(`^Error: .*no connection to ${host}: the connection was refused`, 'm'));
    expect(lab.lake().keys.filter((key) => !/^(coverage|standing)\//.test(key))).toEqual([]);
  });
});

describe.concurrent('an integration that is not known', () => {
  test.for([400, 404] as const)(
    'P10, P16: to the status endpoint (%i), though the list names it: failing, and not gone',
    async (status, { lab }) => {
      const server = await lab.serve({
        world: worldOf({ ...rows, deleted: undefined }),
        quirks: { unknownIntegration: status },
      });
      const { receipt, stderr } = await lab.exportHere(server);
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toMatch(/^Error: Integration deleted could not be exported\. Braze lists it/m);
      expect(receipt.integrations).toEqual({ total: 3, failed: 1 });
      expect(lab.lake().lines('coverage')).toMatchObject([
        { integration_id: 'a', state: 'complete' },
        { integration_id: 'b', state: 'complete' },
        { integration_id: 'deleted', state: 'failing' },
      ]);
    },
  );

  test('P1, P10: to the list any more: gone, its history and its name kept', async ({ lab }) => {
    const present: Record<string, unknown[] | undefined> = { ...rows };
    const server = await lab.serve({ world: worldOf(present) });
    await lab.exportHere(server);
    const before = lab.lake().bytes('syncs');
    delete present.b;
    expect(await lab.exportHere(server)).toMatchObject({ receipt: { outcome: 'complete' } });
    expect(lab.lake().bytes('syncs')).toEqual(before);
    expect(
      lab
        .lake()
        .lines('coverage')
        .map(({ state }) => state),
    ).toEqual(['complete', 'gone']);
    expect(lab.lake().lines('integrations')).toMatchObject([
      { integration_id: 'a', listed: true },
      { integration_id: 'b', integration_name: 'Name of b', listed: false },
    ]);
  });

  test.for([400, 404] as const)(
    'named by --integration (%i): failed, the others exported',
    async (status, { lab }) => {
      const server = await lab.serve({ world, quirks: { unknownIntegration: status } });
      const named = ['--integration', 'no-such-id', '--integration', 'a'];
      const { receipt, stderr } = await lab.exportHere(server, named);
      expect(receipt.outcome).toBe('failed');
      expect(stderr).toMatch(/^Error: .*no-such-id/m);
      expect(receipt.integrations).toEqual({ total: 2, failed: 1 });
      expect(kept(lab.lake())).toEqual({ a: rawOf(rows.a) });
    },
  );
});
