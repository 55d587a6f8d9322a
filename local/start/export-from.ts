/** One run of the exporter from a source into a folder. */

import { type RunResult, run } from '../../lambda/run/run.ts';
import type { ReportEvent } from '../../lambda/run/run-events.ts';
import { FileCheckpointStore } from '../stores/file-checkpoint-store.ts';
import { FileObjectStore } from '../stores/file-object-store.ts';
import { localOwner } from '../stores/local-owner.ts';
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
}

export function exportFrom(
  { transport, clock }: Pick<Source, 'transport' | 'clock'>,
  {
    workspace,
    limits,
    integrations,
    data,
  }: Pick<StartOptions, 'workspace' | 'limits' | 'integrations' | 'data'>,
  { report, signal, deadline, random = Math.random }: Course,
): Promise<RunResult> {
  return run(
    {
      workspace,
      limits,
      ...(signal ? { signal } : {}),
      ...(integrations ? { integrations } : {}),
      ...(deadline === undefined ? {} : { deadline }),
    },
    {
      transport,
      objects: new FileObjectStore(data),
      checkpoints: new FileCheckpointStore(data),
      clock,
      leaseNow: Date.now,
      random,
      owner: localOwner(),
      report,
    },
  );
}
