/** The account's default event bus: for programs that wait for an incident, or for a sync that has finished. */
import {
  EventBridgeClient,
  type EventBridgeClientConfig,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { callOptions } from '../aws/clients.ts';
import { type Alert, type AlertSink, deliveryKey } from './alert.ts';
import { type BusEvent, incidentEventOf } from './event-bridge-events.ts';
import { type FinishedSync, type FinishedSyncs, finishedEventOf } from './finished-syncs.ts';
import { sendBatches, type TellFault } from './send-batches.ts';

export class EventBridgeSink implements AlertSink, FinishedSyncs {
  readonly name = 'events';
  readonly #client: EventBridgeClient;
  readonly #tell: TellFault;

  /** @param place where AWS is reached, where it is not the environment that says it. */
  constructor(tell: TellFault, place: EventBridgeClientConfig = {}) {
    this.#client = new EventBridgeClient({ ...callOptions, ...place });
    this.#tell = tell;
  }

  deliver(alerts: readonly Alert[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    return this.#send(
      alerts.map((alert) => incidentEventOf(deliveryKey(alert), alert)),
      signal,
    );
  }

  deliverFinished(
    workspace: string,
    syncs: readonly FinishedSync[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    return this.#send(
      syncs.map((sync) => finishedEventOf(workspace, sync)),
      signal,
    );
  }

  #send(events: readonly BusEvent[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    return sendBatches(events, (batch, abortSignal) => this.#put(batch, abortSignal), {
      place: 'The default event bus',
      signal,
      tell: (sentence) => this.#tell(`Events to EventBridge: ${sentence}`),
    });
  }

  async #put(batch: readonly BusEvent[], abortSignal: AbortSignal): Promise<ReadonlyMap<number, string>> {
    const { Entries = [] } = await this.#client.send(
      new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }),
      { abortSignal },
    );
    return new Map(
      batch.flatMap((_, index) => {
        const { EventId, ErrorCode = 'no answer for it' } = Entries[index] ?? {};
        return EventId ? [] : [[index, `EventBridge did not take one (${ErrorCode}).`] as const];
      }),
    );
  }
}
