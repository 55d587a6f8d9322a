import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deliveryKey } from '../../../lambda/alerts/alert.ts';
import { chatTextOf } from '../../../lambda/alerts/message-texts.ts';
import { webhookFault } from '../../../lambda/alerts/webhook-address.ts';
import { WebhookSink } from '../../../lambda/alerts/webhook-sink.ts';
import { alertWith, manyAlerts } from './notices.ts';

const sentinel = 'sentinel-9d3e';
const ever = new AbortController().signal;

async function listening(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return new URL(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${sentinel}?token=${sentinel}`,
  );
}

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

const serveTcp = (answer: (socket: Socket) => void): Promise<URL> =>
  listening(createTcpServer((socket) => answer(socket.on('error', () => {}))));

/** Nobody waits: a pause is noted down. @param random 0: it begins with the first. */
function sinkAt(address: URL, { timeoutMs = 10_000, random = (): number => 0 } = {}) {
  const told: string[] = [];
  const pauses: number[] = [];
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
  const clock = { now: () => 0, sleep };
  const ports = { clock, random, tell: (sentence: string) => told.push(sentence), timeoutMs };
  return { sink: new WebhookSink(address, ports), told, pauses };
}

/** Answers with these, one after the other, and then with the last. */
async function answering(...answers: readonly (number | [number, Record<string, string>])[]) {
  const bodies: unknown[] = [];
  const address = await serve(async (request, response) => {
    bodies.push(await json(request));
    const answer = answers[bodies.length - 1] ?? answers.at(-1) ?? 200;
    const [status, headers] = typeof answer === 'number' ? [answer, {}] : answer;
    response.writeHead(status, headers).end('ok');
  });
  return { address, bodies, ...sinkAt(address) };
}

describe('the webhook', () => {
  test('gets each alert as JSON, with a text beside its fields', async () => {
    const { sink, bodies, told } = await answering(200, 202, 204);
    const alerts = manyAlerts(3);
    expect([...(await sink.deliver(alerts, ever))]).toEqual(alerts.map(deliveryKey));
    expect(bodies).toEqual(alerts.map((alert) => ({ text: chatTextOf(alert), ...alert })));
    expect(told).toEqual([]);
  });

  test('takes 1,000 alerts one after the other', async () => {
    const { sink, bodies } = await answering(200);
    expect((await sink.deliver(manyAlerts(1000), ever)).size).toBe(1000);
    expect(bodies).toHaveLength(1000);
  });

  test('is tried again a few times, with pauses that grow', async () => {
    const { address, bodies } = await answering(500, 503, 200);
    const { sink, pauses } = sinkAt(address, { random: () => 0.5 });
    expect((await sink.deliver(manyAlerts(1), ever)).size).toBe(1);
    expect(bodies).toHaveLength(3);
    expect(pauses).toEqual([375, 750]);
  });

  test('is given the pause that it asks for, unless that is too long for a run', async () => {
    const patient = await answering([429, { 'retry-after': '2' }], 200);
    expect((await patient.sink.deliver(manyAlerts(1), ever)).size).toBe(1);
    expect(patient.pauses).toEqual([2000]);

    const impatient = await answering([429, { 'retry-after': '3600' }]);
    expect((await impatient.sink.deliver(manyAlerts(5), ever)).size).toBe(0);
    expect([impatient.pauses, impatient.bodies.length]).toEqual([[], 1]);
  });

  test('500 for a day fails nothing, and then all arrive under the same ids', async () => {
    let isDown = true;
    const ids: string[] = [];
    const address = await serve(async (request, response) => {
      const { id } = (await json(request)) as { id: string };
      if (!isDown) ids.push(id);
      response.writeHead(isDown ? 500 : 200).end();
    });
    const { sink, told } = sinkAt(address);
    const alerts = manyAlerts(25);
    for (let run = 0; run < 96; run++) expect(await sink.deliver(alerts, ever)).toEqual(new Set());
    expect(new Set(told)).toEqual(
      new Set(['Alerts to the webhook: 25 of 25 have not arrived: it answered 500.']),
    );
    isDown = false;
    expect((await sink.deliver(alerts, ever)).size).toBe(25);
    expect(ids).toEqual(alerts.map(({ id }) => id));
  });

  test.each([301, 302, 307, 401, 403, 404, 410])(
    '%i is not tried again, and not followed',
    async (status) => {
      let elsewhere = 0;
      const other = await serve((_, response) => {
        elsewhere += 1;
        response.end();
      });
      const { sink, bodies, told } = await answering([status, { location: other.href }]);
      expect((await sink.deliver(manyAlerts(3), ever)).size).toBe(0);
      expect([bodies.length, elsewhere, told.length]).toEqual([1, 0, 1]);
      expect(told[0]).toContain(`it answered ${status}`);
    },
  );

  test('one that it does not take holds none of the others back', async () => {
    const { sink, bodies } = await answering(200, 400, 200);
    const [first, second, third] = manyAlerts(3);
    const arrived = await sink.deliver(manyAlerts(3), ever);
    expect([first, second, third].map((alert) => alert && arrived.has(deliveryKey(alert)))).toEqual([
      true,
      false,
      true,
    ]);
    expect(bodies).toHaveLength(3);
  });

  test.each([400, 500])(
    'P10: three that it answers with %i keep none of the others from arriving',
    async (refusal) => {
      const alerts = manyAlerts(5);
      const refused = new Set(alerts.slice(0, 3).map(({ id }) => id));
      const address = await serve(async (request, response) => {
        const { id } = (await json(request)) as { id: string };
        response.writeHead(refused.has(id) ? refusal : 200).end();
      });
      const arrivedFrom = async (chance: number) => {
        const { sink } = sinkAt(address, { random: () => chance });
        return (await sink.deliver(alerts, ever)).size;
      };
      expect([await arrivedFrom(0), await arrivedFrom(0.6), await arrivedFrom(0.99)]).toEqual([0, 2, 1]);
    },
  );

  test('one that takes none is left after three', async () => {
    const { sink, bodies } = await answering(400);
    expect((await sink.deliver(manyAlerts(1000), ever)).size).toBe(0);
    expect(bodies).toHaveLength(3);
  });

  test('the same alert twice is sent once; raised and resolved are two', async () => {
    const { sink, bodies } = await answering(200);
    const [raised, resolved] = [alertWith(), alertWith({ event: 'resolved' })];
    await sink.deliver([raised, resolved, raised], ever);
    expect(bodies).toMatchObject([{ event: 'raised' }, { event: 'resolved' }]);
  });

  test('an answer without end does not hold it up', async () => {
    const address = await serve((_, response) => void response.writeHead(200).write('x'));
    expect((await sinkAt(address).sink.deliver(manyAlerts(2), ever)).size).toBe(2);
  });

  test('when time is up, what has arrived is kept', async () => {
    const stop = new AbortController();
    let requests = 0;
    const address = await serve((_, response) => {
      requests += 1;
      if (requests === 1) response.end();
      else stop.abort();
    });
    const { sink, told } = sinkAt(address);
    expect((await sink.deliver(manyAlerts(3), stop.signal)).size).toBe(1);
    expect(told).toEqual([expect.stringContaining('2 of 3 have not arrived: there was no time left')]);
  });
});

describe('P12: the address of the webhook stands in no error and no sentence', () => {
  const ways: [string, () => Promise<URL>][] = [
    ['an answer 500', () => serve((_, response) => void response.writeHead(500, sentinel).end(sentinel))],
    ['an answer 404', () => serve((_, response) => void response.writeHead(404).end(sentinel))],
    ['an answer 400', () => serve((_, response) => void response.writeHead(400).end(sentinel))],
    ['an answer 429', () => serve((_, response) => void response.writeHead(429).end())],
    [
      'a redirect',
      () => serve((request, response) => void response.writeHead(307, { location: request.url }).end()),
    ],
    ['silence', () => serveTcp((socket) => void socket.resume())],
    [
      'a connection that breaks',
      () => serveTcp((socket) => void socket.once('data', () => socket.destroy())),
    ],
    [
      'an answer that is none',
      () => serveTcp((socket) => void socket.once('data', () => socket.end(`${sentinel}\r\n\r\n`))),
    ],
    [
      'TLS to a server that has none',
      async () => {
        const address = await serveTcp((socket) => void socket.once('data', () => socket.end('hello')));
        return new URL(address.href.replace('http:', 'https:'));
      },
    ],
    ['nobody there', async () => new URL(`http://127.0.0.1:1/${sentinel}`)],
    ['a port that is not for HTTP', async () => new URL(`http://127.0.0.1:22/${sentinel}`)],
  ];

  test.each(ways)('after %s', async (_, open) => {
    const { sink, told } = sinkAt(await open(), { timeoutMs: 50 });
    const arrived = await sink.deliver(manyAlerts(2), ever);
    expect(arrived).toEqual(new Set());
    expect(told).toEqual([
      expect.stringMatching(/^Alerts to the webhook: 2 of 2 have not arrived: it .+\.$/),
    ]);
    expect(inspect([told, sink], { depth: null, showHidden: true, getters: true })).not.toContain(sentinel);
  });
});

describe('the address of a webhook', () => {
  test.each(['https://hooks.example.com/a?b=c', 'http://127.0.0.1:8065/hooks/x', ' https://a.example \n'])(
    '%j is taken',
    (text) => expect(webhookFault(text)).toBeUndefined(),
  );

  test.each(['hooks.example.com', 'ftp://a.example', 'https://', 'https://me:pw@a.example', 'x'])(
    '%j is refused without being repeated',
    (text) => {
      const fault = webhookFault(text);
      expect(fault).toMatch(/^must /);
      expect(fault).not.toContain(text.replace('https://', '') || 'a.example');
    },
  );
});
