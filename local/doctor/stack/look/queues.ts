import { type CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { asked, orAbsent } from '../asked.ts';
import type { QueueSeen } from '../queue-checks.ts';

/** No message is received: that would hide it from others for a while. Undefined: the queue is gone. */
export async function lookAtQueue(
  sqs: SQSClient,
  cloudWatch: CloudWatchClient,
  QueueUrl: string,
): Promise<QueueSeen | undefined> {
  const { Attributes } =
    (await orAbsent(/QueueDoesNotExist|NonExistentQueue/, () =>
      sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] })),
    )) ?? {};
  if (!Attributes) return undefined;
  const messages = Number(Attributes.ApproximateNumberOfMessages);
  return {
    url: QueueUrl,
    messages,
    oldest: messages > 0 ? await ageOfOldest(cloudWatch, QueueUrl) : undefined,
  };
}

/** In seconds; SQS itself does not tell it. Undefined: CloudWatch does not know yet, or may not be asked. */
async function ageOfOldest(client: CloudWatchClient, url: string): Promise<number | undefined> {
  const now = Date.now();
  const found = await asked(() =>
    client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: url.split('/').at(-1) }],
        StartTime: new Date(now - 3_600_000),
        EndTime: new Date(now),
        Period: 300,
        Statistics: ['Maximum'],
      }),
    ),
  );
  if ('refusal' in found) return undefined;
  const ages = found.answer.Datapoints?.flatMap(({ Maximum }) => Maximum ?? []) ?? [];
  return ages.length === 0 ? undefined : Math.max(...ages);
}
