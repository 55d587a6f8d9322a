import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../local/aws/fault-proxy.ts';

interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const answer = 'x'.repeat(1000);
let arrived: Arrived[];
let server: Server;
let proxy: FaultProxy;

beforeEach(async () => {
  arrived = [];
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    arrived.push({ method, url, headers, body: await text(request) });
    response.writeHead(201, { etag: '"one"', 'content-length': answer.length }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await proxy.close();
  server.close();
  server.closeAllConnections();
});

const put = (init: RequestInit = {}) =>
  fetch(`${proxy.endpoint}/bucket/key?x-id=PutObject`, { method: 'PUT', body: 'a\r\nb', ...init });

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { cause?: { code?: string }; name: string }) => error.cause?.code ?? error.name,
  );

test('a request and its answer pass unchanged', async () => {
  const response = await put({ headers: { 'x-amz-target': 'Some.Operation', 'if-match': '"two"' } });
  expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([
    201,
    '"one"',
    answer,
  ]);
  expect(arrived).toHaveLength(1);
  expect(arrived[0]).toMatchObject({ method: 'PUT', url: '/bucket/key?x-id=PutObject', body: 'a\r\nb' });
  expect(arrived[0]?.headers).toMatchObject({ 'if-match': '"two"', host: new URL(proxy.endpoint).host });
  expect(proxy.requests).toMatchObject([
    { method: 'PUT', path: '/bucket/key?x-id=PutObject', target: 'Some.Operation' },
  ]);
});

test('lose_answer: the request is carried out, and the client is not told', async () => {
  proxy.fail(() => 'lose_answer');
  expect(await codeOf(put())).toBe('ECONNRESET');
  expect(arrived.map(({ body }) => body)).toEqual(['a\r\nb']);
});

test('refuse: the request is not carried out', async () => {
  proxy.fail(() => 'refuse');
  expect(await codeOf(put())).toBe('ECONNRESET');
  expect(arrived).toEqual([]);
  expect(proxy.requests).toHaveLength(1);
});

test('cut_body: the whole length is promised, half of it comes', async () => {
  proxy.fail(() => 'cut_body');
  const response = await put();
  expect([response.status, response.headers.get('content-length')]).toEqual([201, '1000']);
  const reader = response.body?.getReader();
  let received = 0;
  const read = async () => {
    for (let part = await reader?.read(); !part?.done; part = await reader?.read())
      received += part?.value?.length ?? 0;
  };
  expect(await codeOf(read())).toBe('UND_ERR_SOCKET');
  expect(received).toBe(500);
});

test('an answer of one’s own is given in place of the target’s', async () => {
  proxy.fail(() => ({ status: 503, headers: { 'content-type': 'application/xml' }, body: '<Error/>' }));
  const response = await put();
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    503,
    'application/xml',
    '<Error/>',
  ]);
  expect(arrived).toEqual([]);
});

test('delay: the right answer, but late', async () => {
  proxy.fail(() => ({ delay: 30 }));
  const began = performance.now();
  expect(await (await put()).text()).toBe(answer);
  expect(performance.now() - began).toBeGreaterThan(25);
});

test('hang: no answer until the client gives up', async () => {
  proxy.fail(() => 'hang');
  expect(await codeOf(put({ signal: AbortSignal.timeout(50) }))).toBe('TimeoutError');
  expect(arrived).toEqual([]);
});

test('closing ends what hangs', async () => {
  proxy.fail(() => 'hang');
  const hanging = codeOf(put());
  await expect.poll(() => proxy.requests.length, { timeout: 10_000 }).toBe(1);
  await proxy.close();
  expect(await hanging).toBe('UND_ERR_SOCKET');
  proxy = await startFaultProxy('http://127.0.0.1:1');
});

test('each request is judged by itself', async () => {
  proxy.fail(({ method }) => (method === 'DELETE' ? { status: 500 } : undefined));
  expect((await put()).status).toBe(201);
  expect((await fetch(proxy.endpoint, { method: 'DELETE' })).status).toBe(500);
  expect((await fetch(proxy.endpoint)).status).toBe(201);
});

test('a target that is not there looks like one that refuses', async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  expect(await codeOf(put())).toBe('ECONNRESET');
});
