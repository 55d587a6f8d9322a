/** An alert that tries the way: it goes where all others go, and says that it is none. */
import { createHash } from 'node:crypto';
import { type Alert, type AlertSink, deliveryKey, type SinkName } from './alert.ts';
import { alertOf } from './alert-of.ts';

export interface TestAlertResult {
  readonly test: 'alert';
  readonly workspace: string;
  /** The alert's, by which it is found where it has arrived. */
  readonly id: string;
  /** Whether it was taken, by the name of the place. */
  readonly sent: Readonly<Partial<Record<SinkName, boolean>>>;
}

export async function sendTestAlert(
  sinks: readonly AlertSink[],
  workspace: string,
  at: number,
  signal: AbortSignal,
): Promise<TestAlertResult> {
  const alert = testAlert(workspace, at);
  const sent = await Promise.all(
    sinks.map(async (sink) => {
      const arrived = await sink.deliver([alert], signal);
      return [sink.name, arrived.has(deliveryKey(alert))] as const;
    }),
  );
  return { test: 'alert', workspace, id: alert.id, sent: Object.fromEntries(sent) };
}

/** @param at in milliseconds since the epoch. */
export function testAlert(workspace: string, at: number): Alert {
  const id = createHash('sha256')
    .update(JSON.stringify([workspace, 'test', new Date(at).toISOString()]))
    .digest('hex')
    .slice(0, 32);
  const alert = alertOf(
    { id, event: 'raised', kind: 'failed', trap: null, since: at, at, reason: '' },
    {
      workspace,
      integration: { id: 'test', name: 'Test alert', lastStatus: null, detailsUntil: null },
      test: true,
    },
  );
  return {
    ...alert,
    summary: `This is a test of the alerts of workspace ${workspace}, sent by hand. Nothing is wrong.`,
    next_steps: ['Nothing is to be done: whoever reads this is told of incidents, too.'],
  };
}
