import { describe, expect, test } from 'vitest';
import { type AlertSink, deliveryKey } from '../../../lambda/alerts/alert.ts';
import { EventBridgeSink } from '../../../lambda/alerts/event-bridge-sink.ts';
import { SnsSink } from '../../../lambda/alerts/sns-sink.ts';
import { type MessagesServer, type SentEntry, startMessagesServer } from './messages-server.ts';
import { alertWith, manyAlerts } from './notices.ts';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:alerts';
const ever = new AbortController().signal;

const idIn = (entry: SentEntry): string =>
  JSON.parse(entry.Detail ?? JSON.parse(entry.Message ?? '{}').sqs).id;

type MakeSink = (server: MessagesServer, tell: (sentence: string) => void) => AlertSink;

const makers: [string, MakeSink][] = [
  ['the topic', ({ place }, tell) => new SnsSink(topicArn, tell, place)],
  ['the event bus', ({ place }, tell) => new EventBridgeSink(tell, place)],
];

describe.each(makers)('%s', (_, make) => {
  async function sink() {
    const server = await startMessagesServer();
    const told: string[] = [];
    return { server, told, sink: make(server, (sentence) => told.push(sentence)) };
  }

  test('1,000 alerts at once go in calls of ten, in their order, and all have arrived', async () => {
    const { server, told, sink: one } = await sink();
    const alerts = manyAlerts(1000);

    const arrived = await one.deliver(alerts, ever);

    expect([...arrived]).toEqual(alerts.map(deliveryKey));
    expect(server.calls.map(({ length }) => length)).toEqual(Array(100).fill(10));
    expect(server.calls.flat().map(idIn)).toEqual(alerts.map(({ id }) => id));
    expect(told).toEqual([]);
  });

  test('nothing to send is no call', async () => {
    const { server, sink: one } = await sink();
    expect(await one.deliver([], ever)).toEqual(new Set());
    expect(server.calls).toEqual([]);
  });

  test('what is refused in a call that succeeds has not arrived, and the others have', async () => {
    const { server, told, sink: one } = await sink();
    server.answer = () => ({ refuse: [1, 3] });
    const alerts = manyAlerts(12);

    const arrived = await one.deliver(alerts, ever);

    const missing = alerts.filter((alert) => !arrived.has(deliveryKey(alert)));
    expect(missing).toEqual([1, 3, 11].map((index) => alerts[index]));
    expect(told).toEqual([expect.stringMatching(/3 of 12 have not arrived\. .*did not take one/)]);
  });

  test('500 for a day fails nothing, asks once a run, and then all arrive under the same ids', async () => {
    const { server, told, sink: one } = await sink();
    const alerts = manyAlerts(25);
    server.answer = () => ({ status: 500, code: 'InternalFailure' });
    for (let run = 0; run < 96; run++) expect(await one.deliver(alerts, ever)).toEqual(new Set());
    expect([server.calls.length, told.length]).toEqual([96, 96]);

    server.answer = () => undefined;
    expect((await one.deliver(alerts, ever)).size).toBe(25);
    expect(server.calls.slice(96).flat().map(idIn)).toEqual(alerts.map(({ id }) => id));
  });

  test('one that AWS does not take holds none of the others back', async () => {
    const { server, sink: one } = await sink();
    const alerts = manyAlerts(23);
    const bad = alerts[4]?.id;
    server.answer = (entries) =>
      entries.some((entry) => idIn(entry) === bad) ? { status: 400, code: 'ValidationException' } : undefined;

    const arrived = await one.deliver(alerts, ever);

    expect(alerts.filter((alert) => !arrived.has(deliveryKey(alert))).map(({ id }) => id)).toEqual([bad]);
    // The batch that it is in, its ten one by one, and the two others.
    expect(server.calls).toHaveLength(13);
  });

  test('where the role forbids it, that is said, and asked once', async () => {
    const { server, told, sink: one } = await sink();
    server.answer = () => ({ status: 403, code: 'AccessDeniedException' });
    expect(await one.deliver(manyAlerts(30), ever)).toEqual(new Set());
    expect(server.calls).toHaveLength(1);
    expect(told).toEqual([expect.stringContaining('is not open to these credentials')]);
  });

  test('one that does not answer is left when time is up, and what has arrived is kept', async () => {
    const { server, told, sink: one } = await sink();
    const stop = new AbortController();
    server.answer = (_entries, call) => {
      if (call === 1) return undefined;
      stop.abort();
      return 'never';
    };
    expect((await one.deliver(manyAlerts(30), stop.signal)).size).toBe(10);
    expect(server.calls).toHaveLength(2);
    expect(told).toHaveLength(1);
    expect(await one.deliver(manyAlerts(1), AbortSignal.abort())).toEqual(new Set());
    expect(told[1]).toContain('There was no time left.');
  });

  test('nobody there is no failure', async () => {
    const server = await startMessagesServer();
    const nowhere = { ...server, place: { ...server.place, endpoint: 'http://127.0.0.1:1' } };
    const told: string[] = [];
    const one = make(nowhere, (sentence) => told.push(sentence));
    expect(await one.deliver(manyAlerts(3), ever)).toEqual(new Set());
    expect(told).toEqual([expect.stringContaining('does not answer')]);
  });

  test('the same alert twice is sent once; raised and resolved are two', async () => {
    const { server, sink: one } = await sink();
    const [raised, resolved] = [alertWith(), alertWith({ event: 'resolved' })];
    const arrived = await one.deliver([raised, resolved, raised], ever);
    expect([...arrived]).toEqual([`${raised.id}/raised`, `${raised.id}/resolved`]);
    expect(server.calls.map(({ length }) => length)).toEqual([2]);
  });

  test('the longest that there can be still go together', async () => {
    const { server, sink: one } = await sink();
    const long = manyAlerts(10).map((alert) => ({ ...alert, integration_id: '€'.repeat(20_000) }));
    expect((await one.deliver(long, ever)).size).toBe(10);
    for (const entries of server.calls) {
      const bytes = entries.map((entry) => Buffer.byteLength(entry.Detail ?? entry.Message ?? ''));
      expect(bytes.length === 1 || bytes.reduce((sum, each) => sum + each) < 262_144).toBe(true);
    }
    expect(server.calls.length).toBeGreaterThan(1);
  });
});

describe('the event bus', () => {
  test('is told of an incident under the words that rules match on', async () => {
    const server = await startMessagesServer();
    const bus = new EventBridgeSink(() => {}, server.place);
    await bus.deliver([alertWith(), alertWith({ event: 'resolved' })], ever);
    const [raised, resolved] = server.calls[0] ?? [];
    expect(raised).toMatchObject({ Source: 'braze-cdi-sync-history', DetailType: 'Sync Incident Raised' });
    expect(resolved).toMatchObject({ DetailType: 'Sync Incident Resolved' });
    expect(JSON.parse(raised?.Detail ?? '')).toEqual(alertWith());
  });

  test('is told of a sync that has finished, with its row as it stands in the lake', async () => {
    const server = await startMessagesServer();
    const bus = new EventBridgeSink(() => {}, server.place);
    const line = '{"integration_id":"a","rows_synced":9007199254740993,"raw":"{\\"a\\": 1}"}';

    const arrived = await bus.deliverFinished('shop', [{ line, integrationName: 'Orders' }], ever);

    expect(arrived).toEqual(new Set([line]));
    expect(server.calls[0]?.[0]).toMatchObject({
      Source: 'braze-cdi-sync-history',
      DetailType: 'Sync Finished',
      Detail: `{"workspace":"shop","integration_name":"Orders",${line.slice(1)}`,
    });
  });

  test('a sync whose integration has no name in the list comes without one', async () => {
    const server = await startMessagesServer();
    const bus = new EventBridgeSink(() => {}, server.place);
    await bus.deliverFinished('shop', [{ line: '{"integration_id":"a"}', integrationName: null }], ever);
    expect(JSON.parse(server.calls[0]?.[0]?.Detail ?? '')).toMatchObject({ integration_name: null });
  });

  test('a row that is too large for an event comes without what Braze sent', async () => {
    const server = await startMessagesServer();
    const bus = new EventBridgeSink(() => {}, server.place);
    const sent = JSON.stringify(`{"x":"${'x'.repeat(300_000)}"}`);
    const line = `{"integration_id":"a","rows_synced":9007199254740993,"raw":${sent}}`;
    expect(await bus.deliverFinished('shop', [{ line, integrationName: 'Orders' }], ever)).toEqual(
      new Set([line]),
    );
    expect(server.calls[0]?.[0]?.Detail).toBe(
      '{"workspace":"shop","integration_name":"Orders","integration_id":"a","rows_synced":9007199254740993,"raw":null}',
    );
  });
});
