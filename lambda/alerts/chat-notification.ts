/**
 * An alert in the form that Amazon Q Developer in chat applications (formerly AWS Chatbot) shows in Slack, Teams and
 * Chime. All that belongs to one incident stands in one thread.
 */
import type { Alert } from './alert.ts';
import { headlineOf, linksOf } from './message-texts.ts';
import { harmlessInChat, shortened } from './text.ts';

/** It takes 250 characters. */
const longestTitle = 200;

export function chatNotificationOf(alert: Alert) {
  const { id, event, workspace, kind, severity, next_steps, links, summary, ...rest } = alert;
  return {
    version: '1.0',
    source: 'custom',
    id: `${id}-${event}`,
    content: {
      textType: 'client-markdown',
      title: shortened(harmlessInChat(headlineOf(alert)), longestTitle),
      description: [harmlessInChat(summary), ...linksOf(alert)].join('\n'),
      ...(next_steps.length > 0 ? { nextSteps: next_steps.map(harmlessInChat) } : {}),
      keywords: [workspace, kind, severity, ...(alert.test ? ['test'] : [])],
    },
    metadata: {
      threadId: id,
      summary: harmlessInChat(summary),
      eventType: `Sync Incident ${event === 'raised' ? 'Raised' : 'Resolved'}`,
      // Texts alone may stand here.
      additionalContext: {
        id,
        event,
        workspace,
        integration_id: rest.integration_id ?? '',
        integration_name: rest.integration_name ?? '',
        kind,
        severity,
        since: rest.since,
        at: rest.at,
        braze: links.braze ?? '',
        runbook: links.runbook,
        test: String(rest.test),
      },
    },
  };
}
