import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { httpTransport } from '../../../lambda/braze/http-transport.ts';
import type { Request } from '../../../lambda/braze/transport.ts';
import { NoAnswer } from '../../../lambda/errors/no-answer.ts';
import { NoConnection } from '../../../lambda/errors/no-connection.ts';

const key = 'sentinel-key-5f1c';

async function listening(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listening(server);
}

async function serveTcp(answer: (socket: Socket) => void): Promise<URL> {
  const server = createTcpServer((socket) => answer(socket.on('error', () => {})));
  onTestFinished(() => void server.close());
  return listening(server);
}

const request: Request = { path: '/cdi/integrations?cursor=a%2Bb', timeout: 10_000 };

/** The error, which P12 forbids to hold the key anywhere. */
async function failureOf(endpoint: URL, options: Partial<Request> = {}): Promise<Error> {
  const error = await httpTransport(
    endpoint,
    key,
  )({ ...request, ...options }).then(
    () => expect.fail('it answered'),
    (reason: unknown) => reason,
  );
  expect(inspect(error, { depth: null, showHidden: true, getters: true })).not.toContain(key);
  if (!(error instanceof NoAnswer)) return expect.fail(inspect(error));
  expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain(key);
  expect(error.cause).toBeUndefined();
  return error;
}

describe('httpTransport', () => {
  test('sends the key as a bearer and gives back what came, whatever its status', async () => {
    for (const status of [200, 400, 401, 429, 500, 503]) {
      const requests: unknown[] = [];
      const endpoint = await serve(({ url, method, headers }, response) => {
        requests.push([method, url, headers.authorization, headers.accept]);
        response.writeHead(status, { Link: '<a>', 'retry-after': '1' }).end('héllo');
      });

      const reply = await httpTransport(new URL('/base//', endpoint), key)(request);

      // Once only: pacing and retrying are not the transport's.
      expect(requests).toEqual([
        ['GET', '/base/cdi/integrations?cursor=a%2Bb', `Bearer ${key}`, 'application/json'],
      ]);
      expect([reply.status, reply.body, reply.headers.get('link')]).toEqual([status, 'héllo', '<a>']);
    }
  });

  test.each([301, 302, 303, 307, 308])('P12: does not follow a redirect (%i)', async (status) => {
    let hits = 0;
    const other = await serve((_, response) => {
      hits += 1;
      response.end();
    });
    const endpoint = await serve(
      (_, response) => void response.writeHead(status, { location: other.href }).end(),
    );

    expect((await httpTransport(endpoint, key)(request)).status).toBe(status);
    expect(hits).toBe(0);
  });

  // Without end in so many words: what unpacks a body that has ended is left where it is, and looks busy for ever.
  test('a body without end is given up, plain or compressed', async () => {
    const plain = await serve((_, response) => void response.write(Buffer.alloc(9 * 1024 * 1024, 'a')));
    const compressed = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(gzipSync(Buffer.alloc(9 * 1024 * 1024)));
    });
    for (const endpoint of [plain, compressed]) {
      expect((await failureOf(endpoint)).message).toBe('an answer of more than 8 MB');
    }
  });

  test('a body of 8 MB is read', async () => {
    const endpoint = await serve((_, response) => void response.end(Buffer.alloc(8 * 1024 * 1024, 'a')));
    expect((await httpTransport(endpoint, key)(request)).body.length).toBe(8 * 1024 * 1024);
  });

  test('an answer that breaks off is no answer, and is not asked for again here', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n';
    for (const text of [
      '',
      'HTTP/1.1 200 OK\r\nx',
      `${head}\r\n{"results":`,
      `HTTP/1.1 bananas ${key}\r\n\r\n`,
    ]) {
      let connections = 0;
      const endpoint = await serveTcp((socket) => {
        connections += 1;
        socket.once('data', () => socket.end(text));
      });
      const error = await failureOf(endpoint);
      expect(error.message).toMatch(/^the answer broke off( \([A-Z_]+\))?$/);
      expect([error instanceof NoConnection, connections]).toEqual([false, 1]);
    }
  });

  test('P8: an answer that does not come, or not to its end, is given up in time', async () => {
    const silent = await serveTcp((socket) => void socket.resume());
    const slow = await serve((_, response) => void response.writeHead(200).write('{"results":'));
    for (const endpoint of [silent, slow]) {
      const began = performance.now();
      expect((await failureOf(endpoint, { timeout: 50 })).message).toMatch(/^no whole answer in \d+ s$/);
      expect(performance.now() - began).toBeLessThan(5000);
    }
  });

  test('P8: a signal ends it at once', async () => {
    const stop = new AbortController();
    const endpoint = await serveTcp((socket) => void socket.once('data', () => stop.abort()));
    expect(await failureOf(endpoint, { signal: stop.signal })).toBeInstanceOf(NoAnswer);
    expect(await failureOf(endpoint, { signal: AbortSignal.abort(new Error(key)) })).toBeInstanceOf(NoAnswer);
  });

  test('nothing to connect to is said with the host', async () => {
    const server = createTcpServer();
    const endpoint = await listening(server);
    server.close();
    await once(server, 'close');
    const error = await failureOf(endpoint);
    expect(error).toBeInstanceOf(NoConnection);
    expect(error.message).toBe(`no connection to ${endpoint.host}: the connection was refused`);
  });

  test('P12: TLS to a server that has none, and a key that fits no header, do not tell the key', async () => {
    const endpoint = await serveTcp((socket) => void socket.once('data', () => socket.end('hello')));
    await failureOf(new URL(endpoint.href.replace('http:', 'https:')));
    const error = await httpTransport(endpoint, `${key}\n${key}`)(request).catch((reason: unknown) => reason);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(key);
  });
});
