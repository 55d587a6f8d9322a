/** `npm start -- --test-alert`: one alert goes where all go, and nothing is exported. */
import { sendTestAlert } from '../../lambda/alerts/test-alert.ts';
import { localAlertPorts } from './alert-ports.ts';
import type { StartOptions } from './options.ts';

/** Three tries of five seconds, and the pauses between them. */
const patienceMs = 30_000;

/** @returns the exit code. */
export async function sendTest({
  workspace,
  webhook,
  json,
}: Pick<StartOptions, 'workspace' | 'webhook' | 'json'>): Promise<number> {
  const { sinks } = localAlertPorts(webhook, (sentence) => console.error(`Error: ${sentence}`));
  const result = await sendTestAlert(sinks, workspace, Date.now(), AbortSignal.timeout(patienceMs));
  const hasArrived = Object.values(result.sent).every(Boolean);
  if (json) console.log(JSON.stringify(result));
  else if (hasArrived) console.log(`A test alert has arrived at the webhook. Its id is ${result.id}.`);
  if (!hasArrived)
    console.error(
      'Compare ALERT_WEBHOOK with the address that the app shows, and see whether this machine reaches it.',
    );
  return hasArrived ? 0 : 1;
}
