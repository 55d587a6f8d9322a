/** Steps: whoever has subscribed to the topic or the bus gets a test alert, and is told of an incident twice. */

import type { Alert } from '../../lambda/alerts/alert.ts';
import { type AlertReceiver, type Received, receiveAlerts } from '../aws/alert-receiver.ts';
import type { Deployed } from './deployed.ts';
import { askForTestAlert, invokeWell } from './invoke.ts';
import type { Rehearsal } from './rehearsal.ts';
import { expectThat, RehearsalFailure } from './rehearsal-failure.ts';

export async function testAlert(
  { narrator, localAws, clients }: Rehearsal,
  stack: Deployed,
): Promise<AlertReceiver> {
  return narrator.step('Send a test alert', async (say) => {
    const receiver = await receiveAlerts(localAws.endpoint, stack.alertTopic);
    const { id, sent } = await askForTestAlert(clients, stack);
    expectThat(
      sent.topic === true && sent.events === true,
      `It was not sent to both: ${JSON.stringify(sent)}.`,
    );
    const [topic, bus] = [await receiver.fromTopic(), await receiver.fromBus()];
    for (const [where, received] of [
      ['the topic', topic],
      ['the bus', bus],
    ] as const) {
      expectThat(isTheOne(received, id), `What came from ${where} is not it: ${JSON.stringify(received)}.`);
    }
    say(`It has arrived from the topic (“${topic[0]?.heading}”) and from the bus (“${bus[0]?.heading}”)`);
    return receiver;
  });
}

const isTheOne = (received: readonly Received[], id: string): boolean =>
  received.length === 1 && received[0]?.alert.id === id && received[0].alert.test;

/** Minutes in which the integration that syncs most does so a few times. */
const aFewSyncs = 60;
/** Asked so often for what has come, ten seconds each at the longest. */
const patience = 6;

/** The schedule may find it first: what counts is what arrives. */
export async function incident(
  { narrator, clients, braze }: Rehearsal,
  stack: Deployed,
  receiver: AlertReceiver,
): Promise<void> {
  await narrator.step('Syncs fail, and are well again', async (say) => {
    const integrationId = braze.breakSyncs();
    const arrives = async (event: Alert['event']): Promise<Alert> => {
      braze.time.pass(aFewSyncs);
      await invokeWell(clients, stack);
      const topic = await awaited(receiver.fromTopic, integrationId, event);
      const bus = await awaited(receiver.fromBus, integrationId, event);
      expectThat(topic.id === bus.id, `The topic calls it ${topic.id}, and the bus ${bus.id}.`);
      say(`Told on topic and bus: “${topic.summary}”`);
      return topic;
    };
    const raised = await arrives('raised');
    braze.mendSyncs();
    const resolved = await arrives('resolved');
    expectThat(raised.id === resolved.id, `Raised as ${raised.id}, and resolved as ${resolved.id}.`);
  });
}

async function awaited(
  receive: () => Promise<Received[]>,
  integrationId: string,
  event: Alert['event'],
): Promise<Alert> {
  for (let asked = 0; asked < patience; asked++) {
    const all = (await receive()).map(({ alert }) => alert);
    const found = all.find(
      (alert) => alert.integration_id === integrationId && alert.event === event && alert.kind === 'failed',
    );
    if (found) return found;
  }
  throw new RehearsalFailure(`Nobody was told that the incident of ${integrationId} was ${event}.`);
}
