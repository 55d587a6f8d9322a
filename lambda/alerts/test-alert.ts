/** An alert that tries the way: it goes where all others go, and says that it is none. */
import { createHash } from 'node:crypto';
import type { Alert } from './alert.ts';
import { alertOf } from './alert-of.ts';

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
