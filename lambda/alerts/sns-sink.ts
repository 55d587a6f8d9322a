/** The stack's topic: mails, short messages, chats, queues. */
import { PublishBatchCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { callOptions } from '../aws/clients.ts';
import { type Alert, type AlertSink, deliveryKey } from './alert.ts';
import { sendBatches, type TellFault } from './send-batches.ts';
import { topicMessageOf } from './topic-message.ts';

export class SnsSink implements AlertSink {
  readonly name = 'topic';
  readonly #client: SNSClient;
  readonly #topicArn: string;
  readonly #tell: TellFault;

  /** @param place where AWS is reached, where it is not the environment that says it. */
  constructor(topicArn: string, tell: TellFault, place: SNSClientConfig = {}) {
    this.#client = new SNSClient({ ...callOptions, ...place });
    this.#topicArn = topicArn;
    this.#tell = tell;
  }

  deliver(alerts: readonly Alert[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const entries = alerts.map((alert) => {
      const message = topicMessageOf(alert);
      return { key: deliveryKey(alert), bytes: Buffer.byteLength(message.Message) + attributeBytes, message };
    });
    const place = `The topic ${this.#topicArn}`;
    return sendBatches(entries, (batch, abortSignal) => this.#publish(batch, abortSignal), {
      place,
      signal,
      tell: (sentence) => this.#tell(`Alerts to the topic: ${sentence}`),
    });
  }

  async #publish(
    batch: readonly { readonly message: ReturnType<typeof topicMessageOf> }[],
    abortSignal: AbortSignal,
  ): Promise<ReadonlyMap<number, string>> {
    const { Failed = [] } = await this.#client.send(
      new PublishBatchCommand({
        TopicArn: this.#topicArn,
        PublishBatchRequestEntries: batch.map(({ message }, index) => ({ Id: String(index), ...message })),
      }),
      { abortSignal },
    );
    return new Map(Failed.map(({ Id, Code }) => [Number(Id), `SNS did not take one (${Code}).`]));
  }
}

/** SNS counts names, types and values of attributes as well; workspaces and kinds are short. */
const attributeBytes = 500;
