/** What a run is given: what to do, and the edges of the program to do it with. */
import type { AlertPorts } from '../alerts/alert-ports.ts';
import type { Transport } from '../braze/transport.ts';
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Clock } from '../time/clock.ts';
import type { ReportEvent } from './run-events.ts';

export interface RunOptions {
  /** Value of the partition `workspace`. */
  readonly workspace: string;
  /** What the workspace belongs to: the endpoint's host, or `simulated`. Without it, the list alone tells. */
  readonly source?: string;
  /** Only these; without it, all that the list endpoint names. */
  readonly integrations?: readonly string[];
  /** Requests a minute. */
  readonly limits: { readonly list: number; readonly status: number };
  /** Milliseconds since the epoch: when the last request must have ended. The last commit comes after it. */
  readonly deadline?: number;
  /** Reads so much of each integration's history again, in milliseconds back from now, also where it is whole. */
  readonly recheck?: number | 'all';
  /** The first UTC day that can be asked for, `YYYY-MM-DD`: a run tells where there are older syncs. */
  readonly firstDay?: string;
  /** Ends the run as the deadline does. */
  readonly signal?: AbortSignal;
}

export interface RunPorts {
  readonly transport: Transport;
  /** Tells after a 401 whether the key has been changed meanwhile, and takes the new one. Asked once a run. */
  readonly renewKey?: () => Promise<boolean>;
  readonly objects: ObjectStore;
  readonly checkpoints: CheckpointStore;
  readonly clock: Clock;
  /** What leases are timed by, in milliseconds; the clock, unless that one is simulated. */
  readonly leaseNow?: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Names this run in the lease; different for each run. */
  readonly owner: string;
  readonly report: ReportEvent;
  /** Who is told of incidents. Without it nobody is, and how an integration stands is judged all the same. */
  readonly alerts?: AlertPorts | undefined;
}
