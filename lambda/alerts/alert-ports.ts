/** What a run is given to tell with. */
import type { AlertSink } from './alert.ts';
import type { FinishedSyncs } from './finished-syncs.ts';

export interface AlertPorts {
  /** Where alerts go; an outbox keeps for each of them, by its name, what it still wants. */
  readonly sinks: readonly AlertSink[];
  /** Where finished syncs go; undefined where nobody wants them. */
  readonly finished?: FinishedSyncs | undefined;
  readonly settings: AlertSettings;
  /** Ends the telling; undefined: it ends after some seconds. */
  readonly signal?: AbortSignal | undefined;
}

export interface AlertSettings {
  /** The share of refused rows from which a sync that was `partial` is no success. */
  readonly refusedShare: number;
  /** How long after its time a sync is awaited at the least; undefined: as the rule has it. */
  readonly lateGraceMs?: number | undefined;
  /** Ids of integrations of which nobody is told. */
  readonly muted: ReadonlySet<string>;
  /** Host of the workspace's dashboard in Braze. */
  readonly dashboard?: string | undefined;
}

export const usualRefusedShare = 0.01;
