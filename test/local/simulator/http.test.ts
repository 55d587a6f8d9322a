import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../local/simulator/faults.ts';
import {
  type SimulatedBrazeServer,
  type SimulatedBrazeServerOptions,
  startSimulatedBraze,
} from '../../../local/simulator/http.ts';
import { allPermissions } from '../../../local/simulator/permissions.ts';
import { rowWorld, syncs } from './row-world.ts';
import { statusPath } from './walk-pages.ts';

const running: SimulatedBrazeServer[] = [];

async function start(options: Partial<SimulatedBrazeServerOptions> = {}): Promise<SimulatedBrazeServer> {
  const server = await startSimulatedBraze({ world: rowWorld(syncs(25)), ...options });
  running.push(server);
  return server;
}

function startWith(fault: Fault): Promise<SimulatedBrazeServer> {
  return start({ faults: ({ index }) => (index === 0 ? fault : undefined) });
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

describe('serving', () => {
  test('pages, headers and all', async () => {
    const server = await start({ quirks: { linkForm: 'absolute' }, now: () => 1_800_000_000_000 });
    const response = await fetch(`${server.endpoint}${statusPath}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-ratelimit-reset')).toBe('1800000060');
    expect(response.headers.get('link')).toBe(
      `<${server.endpoint}${statusPath}?cursor=c2tpcDoxMA==>; rel="next"`,
    );
    expect(await response.json()).toMatchObject({
      message: 'success',
      results: syncs(25).slice(15).toReversed(),
    });
    expect(server.braze.log).toEqual([
      { at: 1_800_000_000_000, kind: 'status', integrationId: 'one', status: 200 },
    ]);
  });

  test('keys from the header', async () => {
    const server = await start({ keys: { secret: allPermissions } });
    const url = `${server.endpoint}/cdi/integrations`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'Bearer secret' } })).status).toBe(200);
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer secret']);
  });

  test('nothing but GET', async () => {
    const server = await start();
    expect((await fetch(`${server.endpoint}/cdi/integrations`, { method: 'POST' })).status).toBe(404);
    expect(server.requests[0]).toMatchObject({
      index: 0,
      method: 'POST',
      path: '/cdi/integrations',
      kind: 'list',
    });
    expect(server.braze.log).toEqual([]);
  });
});

describe('faults', () => {
  const fetched = (server: SimulatedBrazeServer, init: RequestInit = {}) =>
    fetch(`${server.endpoint}${statusPath}`, init);

  test('strike the requests they are asked for, and the next is served', async () => {
    const server = await startWith({ status: 503, headers: { 'retry-after': '7' }, body: 'busy' });
    const response = await fetched(server);
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
      503,
      '7',
      'busy',
    ]);
    expect((await fetched(server)).status).toBe(200);
    expect(server.requests.map(({ fault }) => fault !== undefined)).toEqual([true, false]);
    expect(server.braze.requests.status).toBe(1);
  });

  test('reset', async () => {
    const error = await fetched(await startWith('reset')).catch((reason) => reason);
    expect(error.cause.code).toBe('ECONNRESET');
  });

  test('cut: the head arrives whole, the body does not', async () => {
    const server = await startWith('cut');
    const response = await fetched(server);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1000);
    await expect(response.text()).rejects.toThrow();
    expect(server.braze.requests.status).toBe(1);
  });

  test('html', async () => {
    const response = await fetched(await startWith('html'));
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
  });

  test('not json', async () => {
    const response = await fetched(await startWith('not_json'));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('oversized: goes on until the client gives up', async () => {
    const response = await fetched(await startWith('oversized'));
    let received = 0;
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      if (received > 3_000_000) break;
    }
    expect(received).toBeGreaterThan(3_000_000);
  });

  test('delay: the right answer, later than one asked for after it', async () => {
    let served = 0;
    const server = await start({ faults: ({ index }) => (index === 0 ? { delay: 250 } : undefined) });
    const arrival = (response: Response) => ({ status: response.status, place: served++ });
    const late = fetched(server).then(arrival);
    while (server.requests.length === 0) await new Promise(setImmediate);
    const prompt = fetched(server).then(arrival);
    expect([await late, await prompt]).toEqual([
      { status: 200, place: 1 },
      { status: 200, place: 0 },
    ]);
  });

  test('redirect', async () => {
    const response = await fetched(await startWith({ redirect: 'https://foreign.example/x' }), {
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://foreign.example/x']);
  });

  test.each(['hang', 'oversized', { delay: 3_600_000 }] as const)('close ends %j at once', async (fault) => {
    const server = await startWith(fault);
    const text = fetched(server)
      .then((response) => response.text())
      .catch((reason) => reason);
    while (server.requests.length === 0) await new Promise(setImmediate);
    await server.close();
    expect(await text).toBeInstanceOf(Error);
    await expect(fetched(server)).rejects.toThrow();
  });
});
