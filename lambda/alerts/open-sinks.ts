/** The stack's sinks. */
import type { AlertSink } from './alert.ts';
import type { FinishedSyncs } from './finished-syncs.ts';
import type { TellFault } from './send-batches.ts';

export interface OpenSinks {
  readonly sinks: readonly AlertSink[];
  readonly finished: FinishedSyncs;
}

/** The clients of the SDK are loaded when there is something to send, which few runs have. */
export function openSinks(topicArn: string, tell: TellFault): OpenSinks {
  const topic = lazy(async () => new (await import('./sns-sink.ts')).SnsSink(topicArn, tell));
  const events = lazy(async () => new (await import('./event-bridge-sink.ts')).EventBridgeSink(tell));
  return {
    sinks: [
      { name: 'topic', deliver: async (...sent) => (await topic()).deliver(...sent) },
      { name: 'events', deliver: async (...sent) => (await events()).deliver(...sent) },
    ],
    finished: { deliverFinished: async (...sent) => (await events()).deliverFinished(...sent) },
  };
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
