/** Two queues in the local AWS that get what is told: one has subscribed to the topic, one hangs behind a rule of the bus. */
import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Alert } from '../../lambda/alerts/alert.ts';
import { eventSource } from '../../lambda/alerts/event-bridge-events.ts';
import { placeAt } from './places.ts';

export interface Received {
  /** What a mail to somebody who has subscribed would have as its subject; an event's detail type. */
  readonly heading: string;
  readonly alert: Alert;
}

export interface AlertReceiver {
  /** What has come since it was asked the last time, waited for as many seconds as SQS allows. */
  fromTopic(): Promise<Received[]>;
  fromBus(): Promise<Received[]>;
}

export async function receiveAlerts(endpoint: string, TopicArn: string): Promise<AlertReceiver> {
  const sqs = new SQSClient(placeAt(endpoint));
  const ofTopic = await makeQueue(sqs, 'topic');
  const ofBus = await makeQueue(sqs, 'bus');
  const subscription = { TopicArn, Protocol: 'sqs', Endpoint: ofTopic.arn };
  await new SNSClient(placeAt(endpoint)).send(new SubscribeCommand(subscription));
  const events = new EventBridgeClient(placeAt(endpoint));
  const Name = `alerts-${randomUUID()}`;
  // As docs and users would write it.
  const EventPattern = JSON.stringify({ source: [eventSource] });
  await events.send(new PutRuleCommand({ Name, EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'queue', Arn: ofBus.arn }] }));
  return {
    fromTopic: async () =>
      (await take(sqs, ofTopic.url)).map(({ Subject, Message }) => ({
        heading: String(Subject),
        alert: JSON.parse(String(Message)),
      })),
    fromBus: async () =>
      (await take(sqs, ofBus.url)).map((event) => ({
        heading: String(event['detail-type']),
        alert: event.detail as Alert,
      })),
  };
}

async function makeQueue(
  sqs: SQSClient,
  of: string,
): Promise<{ readonly url: string; readonly arn: string }> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `${of}-${randomUUID()}` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return { url: QueueUrl, arn: Attributes?.QueueArn ?? '' };
}

async function take(sqs: SQSClient, QueueUrl: string): Promise<Record<string, unknown>[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 10 }),
  );
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}
