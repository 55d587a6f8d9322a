/** Who is told of incidents by an export on this machine: the webhook, where there is one. */
import { type AlertPorts, usualRefusedShare } from '../../lambda/alerts/alert-ports.ts';
import { WebhookSink } from '../../lambda/alerts/webhook-sink.ts';
import { startSystemClock } from '../../lambda/time/system-clock.ts';

/** @param tell is told what could not be delivered, without the address. */
export function localAlertPorts(webhook: URL | undefined, tell: (sentence: string) => void): AlertPorts {
  return {
    // The simulated Braze's time goes faster; the receiver's does not.
    sinks: webhook
      ? [new WebhookSink(webhook, { clock: startSystemClock(), random: Math.random, tell })]
      : [],
    settings: { refusedShare: usualRefusedShare, muted: new Set() },
  };
}
