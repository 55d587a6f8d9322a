/** Tells the subscribers of the alert topic that a report is there, and how the workspace stands. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { asciiOnly, harmlessInChat } from '../../lambda/alerts/text.ts';
import { callOptions } from '../../lambda/aws/clients.ts';

export interface Announcement {
  readonly workspace: string;
  readonly bucket: string;
  readonly key: string;
  readonly headline: string;
  readonly at: Date;
}

export type Announce = (announcement: Announcement) => Promise<void>;

export function announceOn(
  topicArn: string,
  region: string,
  client: SNSClient = new SNSClient(callOptions),
): Announce {
  return async (announcement) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, ...reportMessageOf(announcement, region) }));
  };
}

/** SNS takes “less than 100 characters” as a subject, and shows no more than a few lines as a short message. */
const longestSubject = 99;
const longestSms = 140;
/** Amazon Q Developer takes 250 characters as a title. */
const longestTitle = 200;

/** Bodies by protocol, as those of alerts have them. */
export function reportMessageOf(announcement: Announcement, region: string) {
  const { workspace, headline, at } = announcement;
  const link = linkTo(announcement, region);
  const title = `Report of workspace ${workspace}: ${headline}`;
  const toOpen = 'It opens for whoever may read the bucket.';
  const mail = [headline, `The report of workspace ${workspace}: ${link}`, toOpen].join('\n\n');
  const forPrograms = JSON.stringify({ event: 'report', workspace, at: at.toISOString(), headline, link });
  return {
    Subject: cut(asciiOnly(title), longestSubject),
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: mail,
      sms: cut(asciiOnly(`Braze CDI: ${title}`), longestSms),
      https: JSON.stringify({
        version: '1.0',
        source: 'custom',
        content: {
          textType: 'client-markdown',
          title: cut(harmlessInChat(title), longestTitle),
          description: [harmlessInChat(headline), link].join('\n'),
          keywords: [workspace, 'report'],
        },
      }),
      sqs: forPrograms,
      lambda: forPrograms,
      http: forPrograms,
      firehose: forPrograms,
    }),
    // Whoever wants alerts alone subscribes with a filter on these.
    MessageAttributes: {
      workspace: { DataType: 'String', StringValue: workspace },
      event: { DataType: 'String', StringValue: 'report' },
    },
  };
}

/** The object in the console of AWS: no credentials lie in it, and whoever follows it needs some of their own. */
function linkTo({ bucket, key }: Announcement, region: string): string {
  const query = new URLSearchParams({ region, prefix: key });
  return `https://${consoleOf(region)}/s3/object/${bucket}?${query}`;
}

function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
