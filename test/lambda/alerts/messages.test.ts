import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chatTextOf, mailOf, smsOf, subjectOf } from '../../../lambda/alerts/message-texts.ts';
import { testAlert } from '../../../lambda/alerts/test-alert.ts';
import { topicMessageOf } from '../../../lambda/alerts/topic-message.ts';
import { alertWith } from './notices.ts';

const anything = fc.string({ unit: 'binary', maxLength: 300 });

describe('the message on the topic', () => {
  const { Message, MessageStructure, MessageAttributes } = topicMessageOf(alertWith());
  const bodies = JSON.parse(Message);

  test('has a body for each protocol, and a sentence for all others', () => {
    expect(MessageStructure).toBe('json');
    expect(Object.keys(bodies)).toEqual(['default', 'sms', 'https', 'sqs', 'lambda', 'http', 'firehose']);
    expect(bodies.default).toBe(mailOf(alertWith()));
    expect(bodies.sms).toBe(smsOf(alertWith()));
  });

  test('is the alert itself to programs', () => {
    for (const protocol of ['sqs', 'lambda', 'http', 'firehose'])
      expect(JSON.parse(bodies[protocol])).toEqual(alertWith());
  });

  test('is in the form that Amazon Q Developer shows to chat apps, with all that the alert has', () => {
    const alert = alertWith();
    const { content, metadata, ...rest } = JSON.parse(bodies.https);
    expect(rest).toEqual({ version: '1.0', source: 'custom', id: `${alert.id}-raised` });
    expect(content).toEqual({
      textType: 'client-markdown',
      title: expect.stringMatching(/^Critical: Syncs fail: Snowflake · users \(workspace shop\)/),
      description: `${alert.summary}\nRunbook: docs/runbook.md#incident-failed`,
      nextSteps: alert.next_steps,
      keywords: ['shop', 'failed', 'critical'],
    });
    expect(metadata).toEqual({
      threadId: alert.id,
      summary: alert.summary,
      eventType: 'Sync Incident Raised',
      additionalContext: {
        id: alert.id,
        event: 'raised',
        workspace: 'shop',
        integration_id: 'a1b2',
        integration_name: 'Snowflake · users',
        kind: 'failed',
        severity: 'critical',
        since: alert.since,
        at: alert.at,
        braze: '',
        runbook: alert.links.runbook,
        test: 'false',
      },
    });
  });

  test('raised and resolved stand in one thread', () => {
    const threadOf = (event: 'raised' | 'resolved') =>
      JSON.parse(JSON.parse(topicMessageOf(alertWith({ event })).Message).https).metadata.threadId;
    expect(threadOf('raised')).toBe(threadOf('resolved'));
  });

  test('has what a subscription can be filtered by', () => {
    const values = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]);
    expect(values).toEqual([
      ['workspace', 'shop'],
      ['kind', 'failed'],
      ['severity', 'critical'],
      ['event', 'raised'],
      ['test', 'false'],
    ]);
  });
});

describe('in words', () => {
  test('a mail says what is wrong, what to do, and where', () => {
    expect(
      mailOf(alertWith()),
    ).toBe(`Syncs fail: Snowflake · users (workspace shop), since 2026-11-28 10:15 UTC. The newest sync ended with error, as did the one before.

What to do:
1. Open the sync log of the integration in Braze, and read the error of the newest sync.
2. See whether the warehouse is reachable and awake, and whether the query of the source still runs there.

Runbook: docs/runbook.md#incident-failed

Incident 0123456789abcdef0123456789abcdef`);
  });

  test('a subject and a short message say first what is wrong', () => {
    expect(subjectOf(alertWith())).toBe(
      'Critical: Syncs fail: Snowflake - users (workspace shop), since 2026-11-28 10:15 UTC. The newest...',
    );
    expect(smsOf(alertWith({ event: 'resolved' }))).toMatch(
      /^Braze CDI: Resolved: syncs fail: Snowflake - users/,
    );
    expect(subjectOf(alertWith({}, { name: 'Jürgen’s “Öl”' }))).toContain('Jurgen\'s "Ol"');
  });

  test('whatever the names, a subject is less than 100 characters of ASCII, and a short message 140', () => {
    fc.assert(
      fc.property(anything, anything, (name, reason) => {
        const alert = alertWith({ reason }, { name });
        expect(subjectOf(alert)).toMatch(/^[A-Z][\x20-\x7e]{0,98}$/);
        expect(smsOf(alert)).toMatch(/^[A-Z][\x20-\x7e]{0,139}$/);
      }),
    );
  });

  test('a name calls nobody in a chat, and is no link there', () => {
    const alert = alertWith({}, { name: '<!channel> @here <https://example.com|x>' });
    const chat = JSON.parse(JSON.parse(topicMessageOf(alert).Message).https);
    for (const text of [chatTextOf(alert), chat.content.title, chat.content.description])
      expect(text).not.toMatch(/<|>|@here/);
  });

  test('a test says that it is one, everywhere', () => {
    const alert = testAlert('shop', Date.parse('2026-11-28T10:00:00Z'));
    expect(alert).toMatchObject({ test: true, event: 'raised', workspace: 'shop' });
    const { Subject, Message } = topicMessageOf(alert);
    for (const text of [Subject, chatTextOf(alert), ...Object.values<string>(JSON.parse(Message))])
      expect(text).toMatch(/test/i);
    expect(testAlert('shop', 1).id).not.toBe(testAlert('shop', 2).id);
  });
});
