/** What the steps share. */
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import type { Cdk } from '../aws/cdk.ts';
import type { Clients } from '../aws/clients.ts';
import type { LocalAws } from '../aws/local-aws.ts';
import { type Deployed, workspace } from './deployed.ts';
import type { Narrator } from './narrator.ts';
import type { InsistedOn } from './organisation.ts';
import { requestsPerMinute, type SimulatedWorkspace } from './simulated-workspace.ts';

export interface Rehearsal {
  readonly narrator: Narrator;
  readonly localAws: LocalAws;
  readonly braze: SimulatedWorkspace;
  readonly cdk: Cdk;
  readonly clients: Clients;
  readonly insisted: InsistedOn;
  /** A folder for what is only needed meanwhile. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** DuckDB is bundled for Lambda's Linux: elsewhere the local AWS can't run the function that writes reports. */
export const canReport = process.platform === 'linux';

/** What a person would write into cdk.json. */
export function configurationOf(
  { braze, insisted }: Pick<Rehearsal, 'braze' | 'insisted'>,
  retained: Pick<Deployed, 'bucket' | 'table'> | undefined = undefined,
): SyncHistoryConfiguration {
  return {
    ...insisted,
    workspaces: [
      {
        name: workspace,
        endpoint: braze.endpoint,
        requestsPerMinute: requestsPerMinute.status,
        listRequestsPerMinute: requestsPerMinute.list,
      },
    ],
    // The shortest that EventBridge Scheduler knows.
    schedule: 'rate(1 minute)',
    ...(canReport
      ? {
          report: { schedule: 'rate(1 minute)' },
          architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
        }
      : {}),
    ...(retained ? { existingBucket: retained.bucket, existingTable: retained.table } : {}),
  };
}
