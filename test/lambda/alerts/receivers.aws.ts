import { expect, inject, test } from 'vitest';
import { EventBridgeSink } from '../../../lambda/alerts/event-bridge-sink.ts';
import { SnsSink } from '../../../lambda/alerts/sns-sink.ts';
import { receiveAlerts } from '../../../local/aws/alert-receiver.ts';
import { makeTopic, placeAt } from '../../../local/aws/places.ts';
import { alertWith } from './notices.ts';

const { endpoint } = inject('localAws');
const ever = new AbortController().signal;

test('whoever has subscribed to the topic, or has a rule on the bus, gets each alert under its id', async () => {
  const topic = await makeTopic(endpoint);
  const receiver = await receiveAlerts(endpoint, topic);
  const alerts = [alertWith(), alertWith({ event: 'resolved' })];
  const fail = (sentence: string) => expect.fail(sentence);

  expect((await new SnsSink(topic, fail, placeAt(endpoint)).deliver(alerts, ever)).size).toBe(2);
  expect((await new EventBridgeSink(fail, placeAt(endpoint)).deliver(alerts, ever)).size).toBe(2);

  const fromTopic = await receiver.fromTopic();
  const fromBus = await receiver.fromBus();
  expect(fromTopic.map(({ alert }) => alert)).toEqual(expect.arrayContaining(alerts));
  expect(fromBus.map(({ alert }) => alert)).toEqual(expect.arrayContaining(alerts));
  expect(fromBus.map(({ heading }) => heading).sort()).toEqual([
    'Sync Incident Raised',
    'Sync Incident Resolved',
  ]);
});

test('a topic that is gone fails nothing, and is said', async () => {
  const told: string[] = [];
  const gone = 'arn:aws:sns:us-east-1:000000000000:gone';
  const sink = new SnsSink(gone, (sentence) => told.push(sentence), placeAt(endpoint));
  expect(await sink.deliver([alertWith()], ever)).toEqual(new Set());
  expect(told).toEqual([
    expect.stringMatching(/^Alerts to the topic: 1 of 1 have not arrived\. The topic .+gone /),
  ]);
});
