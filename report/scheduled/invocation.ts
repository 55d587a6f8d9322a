/** From an event to the reports of its workspaces. What fails for one of them does not keep the others from theirs. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { S3Client } from '@aws-sdk/client-s3';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';
import { type ReportedWorkspace, readReportEvent } from '../../lambda/report-environment.ts';
import { NothingToReport, ReportFailure } from '../report-failure.ts';
import type { Announce } from './announce.ts';
import { writeIntoBucket } from './write-into-bucket.ts';

export interface ReportPorts {
  readonly bucket: string;
  readonly client: S3Client;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  readonly now: () => Date;
  /** @default nobody is told */
  readonly announce?: Announce;
}

export interface ReportsWritten {
  readonly written: readonly string[];
  /** Workspaces of which there is nothing in the lake yet. */
  readonly nothing_yet: readonly string[];
}

/** The handler throws a {@link ReportFailure} that names each workspace that has no new report. */
export function makeReportHandler(ports: ReportPorts): (event: unknown) => Promise<ReportsWritten> {
  return async (event) => {
    const workspaces = readReportEvent(event)?.workspaces;
    if (!workspaces) {
      throw new ReportFailure(
        'The event must be {"workspaces": [{"name": "NAME"}]}, with "dashboard": "HOST" beside a name where pages are to ' +
          'link to Braze.',
      );
    }
    const written: string[] = [];
    const nothingYet: string[] = [];
    const failures: string[] = [];
    for (const workspace of workspaces) {
      const { name } = workspace;
      try {
        ports.logger.info('report written', { workspace: name, ...(await reportOn(workspace, ports)) });
        written.push(name);
      } catch (error) {
        if (error instanceof NothingToReport) {
          ports.logger.info('nothing to report yet', { workspace: name });
          nothingYet.push(name);
        } else {
          ports.logger.error('report failed', { workspace: name, error });
          failures.push(`${name}: ${isForPeople(error) ? error.message : String(error)}`);
        }
      }
    }
    if (failures.length > 0) throw new ReportFailure(`No report was written of ${failures.join(' ')}`);
    return { written, nothing_yet: nothingYet };
  };
}

async function reportOn(
  { name, dashboard }: ReportedWorkspace,
  { bucket, client, now, announce }: ReportPorts,
): Promise<{ readonly key: string; readonly bytes: number }> {
  const at = now();
  const { key, bytes, headline } = await writeIntoBucket({
    ...{ bucket, client, workspace: name, now: at },
    ...(dashboard === undefined ? {} : { dashboard }),
  });
  await announce?.({ workspace: name, bucket, key, headline, at });
  return { key, bytes };
}
