/** The stack's sinks. */
import type { AlertSink } from './alert.ts';
import { EventBridgeSink } from './event-bridge-sink.ts';
import type { FinishedSyncs } from './finished-syncs.ts';
import type { TellFault } from './send-batches.ts';
import { SnsSink } from './sns-sink.ts';

export interface OpenSinks {
  readonly sinks: readonly AlertSink[];
  readonly finished: FinishedSyncs;
}

/**
 * The SDK's clients are made when there is something to send, which few runs have. Their modules are imported by a
 * statement all the same: with an `import()` esbuild keeps all that the SDK has, and the function grows by a quarter.
 */
export function openSinks(topicArn: string, tell: TellFault): OpenSinks {
  const topic = once(() => new SnsSink(topicArn, tell));
  const events = once(() => new EventBridgeSink(tell));
  return {
    sinks: [
      { name: 'topic', deliver: (...sent) => topic().deliver(...sent) },
      { name: 'events', deliver: (...sent) => events().deliver(...sent) },
    ],
    finished: { deliverFinished: (...sent) => events().deliverFinished(...sent) },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
