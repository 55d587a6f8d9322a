import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type QueryOptions, query } from '../../../local/aws/trino-query.ts';

interface Asked {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers to come, in order: a status or a piece. */
let answers: (number | string)[];
let asked: Asked[];
let server: Server;
let endpoint: string;

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    asked.push({ method: request.method, headers: request.headers, body: await text(request) });
    const answer = answers.shift();
    if (typeof answer === 'number') response.writeHead(answer).end('sorry');
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const stats = '"stats":{"elapsedTimeMillis":12,"physicalInputBytes":345}';
const next = () => `"nextUri":"${endpoint}/next",`;
const ask = (options?: QueryOptions) => query(endpoint, 'SELECT 1', options);

test('pieces are put together', async () => {
  const columns = '"columns":[{"name":"a","type":"timestamp(3)","typeSignature":{}}],';
  answers = [
    `{${next()}${stats}}`,
    `{${next()}${columns}"data":[[1],[2]],${stats}}`,
    `{${columns}"data":[[9007199254740993]],${stats}}`,
  ];
  expect(await ask({ schema: 'braze_cdi' })).toEqual({
    columns: [{ name: 'a', type: 'timestamp(3)' }],
    rows: [[1], [2], [9007199254740993n]],
    statistics: { elapsedMilliseconds: 12, physicalInputBytes: 345 },
  });
  expect(asked.map(({ method, body }) => [method, body])).toEqual([
    ['POST', 'SELECT 1'],
    ['GET', ''],
    ['GET', ''],
  ]);
  expect(asked[0]?.headers).toMatchObject({
    'x-trino-catalog': 'awsdatacatalog',
    'x-trino-schema': 'braze_cdi',
    'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
  });
});

test('Trino’s error is the error', async () => {
  answers = [
    `{${next()}${stats}}`,
    `{"error":{"message":"no such column","errorName":"COLUMN_NOT_FOUND"},${stats}}`,
  ];
  await expect(ask()).rejects.toMatchObject({
    name: 'QueryFailure',
    message: 'no such column',
    kind: 'COLUMN_NOT_FOUND',
  });
});

test('an answer of 503 is tried again, one of 400 is not', async () => {
  answers = [503, `{${stats}}`];
  expect((await ask()).rows).toEqual([]);
  answers = [400];
  await expect(ask()).rejects.toThrow('Trino answered 400: sorry');
});
