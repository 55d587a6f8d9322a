/** From an event to a run, and from what became of it to an answer or an error. */

import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';
import type { AlertPorts } from './alerts/alert-ports.ts';
import type { OpenSinks } from './alerts/open-sinks.ts';
import type { TellFault } from './alerts/send-batches.ts';
import { sendTestAlert, type TestAlertResult } from './alerts/test-alert.ts';
import { httpTransport } from './braze/http-transport.ts';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import type { Diagnosis } from './doctor/check.ts';
import { isSound } from './doctor/examine.ts';
import type { AlertsEnvironment, ReadWorkspaces, WorkspaceSettings } from './environment.ts';
import { KeyMissing } from './errors/key-missing.ts';
import { RunFailed } from './errors/run-failed.ts';
import { examineDeployed } from './examine-deployed.ts';
import type { NoKey } from './no-key.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Receipt } from './run/receipt.ts';
import { type RunResult, run } from './run/run.ts';
import type { ReportEvent } from './run/run-events.ts';
import type { ApiKeySource } from './secrets/api-key-source.ts';
import { emitKeyMissing } from './telemetry/emit-key-missing.ts';
import { emitMetrics } from './telemetry/emit-metrics.ts';
import { logReport } from './telemetry/log-report.ts';
import { serviceName } from './telemetry/metrics.ts';
import type { Clock } from './time/clock.ts';

export interface InvocationPorts {
  /** @param stop ends whatever they wait for: the invocation is about to be killed. */
  readonly openStores: (stop: AbortSignal) => {
    readonly objects: ObjectStore;
    readonly checkpoints: CheckpointStore;
  };
  readonly keys: ApiKeySource;
  /** Whether requests to Braze go through a proxy. @default they don't */
  readonly isProxied?: boolean;
  /** Called once a run. */
  readonly startClock: () => Clock;
  readonly alerts: Omit<AlertsEnvironment, 'topic'>;
  /** The first day that the tables show, `YYYY-MM-DD`. */
  readonly firstDay: string;
  /** @param tell is told what could not be delivered. */
  readonly openSinks: (tell: TellFault) => OpenSinks;
}

/** What of Lambda's context is used. */
export interface InvocationContext {
  readonly awsRequestId: string;
  /** Milliseconds. */
  getRemainingTimeInMillis(): number;
}

const eventSchema = z
  .object({
    workspace: z.string(),
    test: z.literal('alert').optional(),
    doctor: z.literal(true).optional(),
  })
  .strict()
  .refine(({ test, doctor }) => !(test && doctor));

interface Invocation {
  readonly workspace: string;
  readonly settings: WorkspaceSettings;
  /** In place of a run. */
  readonly instead: 'test alert' | 'doctor' | undefined;
}

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
  readWorkspaces: ReadWorkspaces,
  ports: InvocationPorts,
): (event: unknown, context: InvocationContext) => Promise<Receipt | TestAlertResult | NoKey | Diagnosis> {
  return async (event, context) => {
    const { workspace, settings, instead } = await read(event, readWorkspaces);
    const logger = new Logger({
      serviceName,
      persistentKeys: { workspace, request_id: context.awsRequestId },
    });
    if (instead === 'doctor') {
      const diagnosis = await examineDeployed(workspace, settings, {
        ...ports.openStores(beforeTheEndOf(context)),
        keys: ports.keys,
        clock: ports.startClock(),
        isProxied: ports.isProxied ?? false,
      });
      logger.info('doctor ended', { is_sound: isSound(diagnosis) });
      return diagnosis;
    }
    const alerts = alertPorts(settings, ports, (sentence) => logger.warn(sentence));
    if (instead === 'test alert') {
      const now = ports.startClock().now();
      const sent = await sendTestAlert(alerts.sinks, workspace, now, beforeTheEndOf(context));
      logger.info('test alert sent', { ...sent });
      return sent;
    }
    const key = ports.keys.read(workspace, settings.secret);
    const missing = await key.then(
      () => undefined,
      (error: unknown) => (error instanceof KeyMissing ? error : undefined),
    );
    if (missing) {
      emitKeyMissing(workspace);
      logger.warn('no key', { reason: missing.message });
      return { outcome: 'no_key', workspace, message: missing.message };
    }
    const { receipt, failures } = await runOnce(workspace, settings, ports, context, key, {
      report: logReport(logger),
      alerts: { ...alerts, signal: beforeTheEndOf(context) },
    });
    emitMetrics(receipt);
    if (receipt.outcome === 'failed') {
      logger.error('run failed', { receipt, failures, requests_per_minute: settings.requestsPerMinute });
      throw new RunFailed(summary(workspace, failures));
    }
    logger.info('run ended', { receipt, requests_per_minute: settings.requestsPerMinute });
    return receipt;
  };
}

function runOnce(
  workspace: string,
  { endpoint, secret, integrations, requestsPerMinute, listRequestsPerMinute }: WorkspaceSettings,
  { openStores, keys, startClock, isProxied, firstDay }: InvocationPorts,
  context: InvocationContext,
  firstKey: Promise<string>,
  told: { readonly report: ReportEvent; readonly alerts: AlertPorts },
): Promise<RunResult> {
  const clock = startClock();
  const remaining = context.getRemainingTimeInMillis();
  let key: string | undefined;
  return run(
    {
      workspace,
      source: new URL(endpoint).host,
      limits: { list: listRequestsPerMinute, status: requestsPerMinute },
      deadline: clock.now() + remaining - Math.min(margin, remaining * largestMargin),
      ...(integrations ? { integrations } : {}),
      firstDay,
    },
    {
      transport: async (request) => {
        // One that can't be read, or is none, is told as whatever else fails a run.
        key ??= await firstKey;
        return httpTransport(new URL(endpoint), key, isProxied)(request);
      },
      renewKey: async () => {
        const before = key;
        key = await keys.readAnew(workspace, secret);
        return key !== before;
      },
      ...openStores(beforeTheEndOf(context)),
      clock,
      random: Math.random,
      // The same event may be delivered twice, under the same request id.
      owner: `${context.awsRequestId}:${randomUUID()}`,
      ...told,
    },
  );
}

function beforeTheEndOf(context: InvocationContext): AbortSignal {
  const remaining = context.getRemainingTimeInMillis();
  return AbortSignal.timeout(Math.floor(remaining - Math.min(lastWords, remaining * mostLastWords)));
}

function alertPorts(
  { muted = [], dashboard }: WorkspaceSettings,
  { alerts: { refusedShare, lateGraceMinutes, finishedSyncs }, openSinks }: InvocationPorts,
  tell: TellFault,
): AlertPorts {
  const { sinks, finished } = openSinks(tell);
  return {
    sinks,
    finished: finishedSyncs ? finished : undefined,
    settings: {
      refusedShare,
      lateGraceMs: lateGraceMinutes && lateGraceMinutes * 60_000,
      muted: new Set(muted),
      dashboard,
    },
  };
}

/** @throws {RunFailed} */
async function read(event: unknown, readWorkspaces: ReadWorkspaces): Promise<Invocation> {
  const parsed = eventSchema.safeParse(event);
  const kept = await readWorkspaces({ anew: false });
  if (!parsed.success) {
    throw new RunFailed(
      `The event must be {"workspace": "NAME"} and nothing else; there are ${namesOf(kept)}. ` +
        'With "test": "alert" beside it, a test alert is sent in place of a run; with "doctor": true, ' +
        'the set-up is looked at.',
    );
  }
  const { workspace, test, doctor } = parsed.data;
  // It may have been added since.
  const workspaces = Object.hasOwn(kept, workspace) ? kept : await readWorkspaces({ anew: true });
  const settings = Object.hasOwn(workspaces, workspace) ? workspaces[workspace] : undefined;
  const instead = test ? 'test alert' : doctor ? 'doctor' : undefined;
  if (settings) return { workspace, settings, instead };
  throw new RunFailed(
    `There is no workspace ${JSON.stringify(workspace)}; there are ${namesOf(workspaces)}. ` +
      'Workspaces are added in cdk.json, and deployed.',
  );
}

/** A few are enough to see how they are written. */
const mostNames = 15;

function namesOf(workspaces: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(workspaces);
  const rest = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function summary(workspace: string, failures: readonly string[]): string {
  const rest = failures.length - mostFailures;
  return [
    `Workspace ${workspace}:`,
    ...failures.slice(0, mostFailures),
    ...(rest > 0 ? [`And ${rest} more: the log names them all.`] : []),
  ].join(' ');
}
