/** One message for all who have subscribed to the topic, with a body for each protocol. */
import type { Alert } from './alert.ts';
import { chatNotificationOf } from './chat-notification.ts';
import { mailOf, smsOf, subjectOf } from './message-texts.ts';

export function topicMessageOf(alert: Alert) {
  const forPrograms = JSON.stringify(alert);
  return {
    Subject: subjectOf(alert),
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: mailOf(alert),
      sms: smsOf(alert),
      // Chat apps are subscribed by HTTPS.
      https: JSON.stringify(chatNotificationOf(alert)),
      sqs: forPrograms,
      lambda: forPrograms,
      http: forPrograms,
      firehose: forPrograms,
    }),
    // Whoever wants only some of them subscribes with a filter on these.
    MessageAttributes: {
      workspace: text(alert.workspace),
      kind: text(alert.kind),
      severity: text(alert.severity),
      event: text(alert.event),
      test: text(String(alert.test)),
    },
  };
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
