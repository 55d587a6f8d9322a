/** From an event to a run, and from what became of it to an answer or an error. */

import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';
import { httpTransport } from './braze/http-transport.ts';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import type { WorkspaceSettings } from './environment.ts';
import { RunFailed } from './errors/run-failed.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Receipt } from './run/receipt.ts';
import { type RunResult, run } from './run/run.ts';
import type { ReportEvent } from './run/run-events.ts';
import type { ApiKeySource } from './secrets/api-key-source.ts';
import { emitMetrics } from './telemetry/emit-metrics.ts';
import { logReport } from './telemetry/log-report.ts';
import type { Clock } from './time/clock.ts';

export interface InvocationPorts {
  /** @param stop ends whatever they wait for: the invocation is about to be killed. */
  readonly openStores: (stop: AbortSignal) => {
    readonly objects: ObjectStore;
    readonly checkpoints: CheckpointStore;
  };
  readonly keys: ApiKeySource;
  /** Called once a run. */
  readonly startClock: () => Clock;
}

/** What of Lambda's context is used. */
export interface InvocationContext {
  readonly awsRequestId: string;
  /** Milliseconds. */
  getRemainingTimeInMillis(): number;
}

const eventSchema = z.object({ workspace: z.string() }).strict();

/**
 * What the last commit, coverage and the lease may need, in milliseconds. Up to 20,000 rows lie in some hundreds
 * of days, and each costs a read and a write; eight at once, that is under a minute also on a slow day.
 */
const margin = 90_000;
/** Of a short invocation no more than this part is kept back. */
const largestMargin = 1 / 3;

/** Before Lambda kills it, a run whose stores hang has to say so, in milliseconds; of a short invocation a tenth. */
const lastWords = 10_000;
const mostLastWords = 1 / 10;

/** An error's message goes to a queue, a mail and a terminal: there a few sentences are enough, the log has all. */
const mostFailures = 3;

export function makeHandler(
  workspaces: Readonly<Record<string, WorkspaceSettings>>,
  ports: InvocationPorts,
): (event: unknown, context: InvocationContext) => Promise<Receipt> {
  return async (event, context) => {
    const [workspace, settings] = workspaceOf(event, workspaces);
    const logger = new Logger({ persistentKeys: { workspace, request_id: context.awsRequestId } });
    const { receipt, failures } = await runOnce(workspace, settings, ports, context, logReport(logger));
    emitMetrics(receipt);
    if (receipt.outcome === 'failed') {
      logger.error('run failed', { receipt, failures });
      throw new RunFailed(summary(workspace, failures));
    }
    logger.info('run ended', { receipt });
    return receipt;
  };
}

function runOnce(
  workspace: string,
  { endpoint, secret, integrations, requestsPerMinute, listRequestsPerMinute }: WorkspaceSettings,
  { openStores, keys, startClock }: InvocationPorts,
  context: InvocationContext,
  report: ReportEvent,
): Promise<RunResult> {
  const clock = startClock();
  const remaining = context.getRemainingTimeInMillis();
  const stop = AbortSignal.timeout(Math.floor(remaining - Math.min(lastWords, remaining * mostLastWords)));
  let key: string | undefined;
  return run(
    {
      workspace,
      source: new URL(endpoint).host,
      limits: { list: listRequestsPerMinute, status: requestsPerMinute },
      deadline: clock.now() + remaining - Math.min(margin, remaining * largestMargin),
      ...(integrations ? { integrations } : {}),
    },
    {
      transport: async (request) => {
        // Not before the lease is held: a run that is busy has no business with the key.
        key ??= await keys.read(workspace, secret);
        return httpTransport(new URL(endpoint), key)(request);
      },
      renewKey: async () => {
        const before = key;
        key = await keys.readAnew(workspace, secret);
        return key !== before;
      },
      ...openStores(stop),
      clock,
      random: Math.random,
      // The same event may be delivered twice, under the same request id.
      owner: `${context.awsRequestId}:${randomUUID()}`,
      report,
    },
  );
}

/** @throws {RunFailed} */
function workspaceOf(
  event: unknown,
  workspaces: Readonly<Record<string, WorkspaceSettings>>,
): [string, WorkspaceSettings] {
  const known = Object.keys(workspaces).join(', ');
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) {
    throw new RunFailed(`The event must be {"workspace": "NAME"} and nothing else; there are ${known}.`);
  }
  const { workspace } = parsed.data;
  const settings = Object.hasOwn(workspaces, workspace) ? workspaces[workspace] : undefined;
  if (settings) return [workspace, settings];
  throw new RunFailed(
    `There is no workspace ${JSON.stringify(workspace)}; there are ${known}. ` +
      'Workspaces are added in cdk.json, and deployed.',
  );
}

function summary(workspace: string, failures: readonly string[]): string {
  const rest = failures.length - mostFailures;
  return [
    `Workspace ${workspace}:`,
    ...failures.slice(0, mostFailures),
    ...(rest > 0 ? [`And ${rest} more: the log names them all.`] : []),
  ].join(' ');
}
