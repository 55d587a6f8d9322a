/** Step: whoever has subscribed to the topic or the bus gets a test alert. */
import { type AlertReceiver, type Received, receiveAlerts } from '../aws/alert-receiver.ts';
import type { Deployed } from './deployed.ts';
import { askForTestAlert } from './invoke.ts';
import type { Rehearsal } from './rehearsal.ts';
import { expectThat } from './rehearsal-failure.ts';

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
