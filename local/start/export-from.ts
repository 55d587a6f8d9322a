/** One run of the exporter from a source into a folder or a bucket. */

import type { AlertPorts } from '../../lambda/alerts/alert-ports.ts';
import { simulatedSource } from '../../lambda/checkpoint/workspace-facts.ts';
import { type RunResult, run } from '../../lambda/run/run.ts';
import type { ReportEvent } from '../../lambda/run/run-events.ts';
import { startSystemClock } from '../../lambda/time/system-clock.ts';
import { openStores } from './open-stores.ts';
import type { StartOptions } from './options.ts';
import type { Source } from './source.ts';

export interface Course {
  readonly report: ReportEvent;
  /** Ends the run, and keeps what was read. */
  readonly signal?: AbortSignal | undefined;
  /** By the clock of the source, in milliseconds. */
  readonly deadline?: number | undefined;
  /** How much longer or shorter pauses get, from 0 to 1. @default Math.random */
  readonly random?: () => number;
  /** @default nobody is told of incidents */
  readonly alerts?: AlertPorts;
}

export async function exportFrom(
  { transport, clock }: Pick<Source, 'transport' | 'clock'>,
  {
    workspace,
    limits,
    integrations,
    recheck,
    data,
    checkpointTable,
    endpoint,
  }: Pick<StartOptions, 'workspace' | 'limits' | 'integrations' | 'data' | 'checkpointTable' | 'endpoint'> &
    Partial<Pick<StartOptions, 'recheck'>>,
  { report, signal, deadline, random = Math.random, alerts }: Course,
): Promise<RunResult> {
  const { objects, checkpoints, owner, close } = await openStores({ data, checkpointTable });
  try {
    return await run(
      {
        workspace,
        source: endpoint?.host ?? simulatedSource,
        limits,
        ...(signal ? { signal } : {}),
        ...(integrations ? { integrations } : {}),
        ...(recheck === undefined ? {} : { recheck }),
        ...(deadline === undefined ? {} : { deadline }),
      },
      {
        transport,
        objects,
        checkpoints,
        clock,
        // The simulated Braze's time goes faster; leases are among processes of this machine.
        leaseNow: startSystemClock().now,
        random,
        owner,
        report,
        alerts,
      },
    );
  } finally {
    close();
  }
}
