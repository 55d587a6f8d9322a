/** One integration whose outbox is to be told, and stores in memory. */
import type { Alert, AlertSink } from '../../../lambda/alerts/alert.ts';
import { deliveryKey } from '../../../lambda/alerts/alert.ts';
import type { FinishedSyncs } from '../../../lambda/alerts/finished-syncs.ts';
import {
  integrationData,
  integrationItem,
  newIntegrationState,
  readIntegrationState,
} from '../../../lambda/checkpoint/integration-record.ts';
import { newWorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import type { Instant } from '../../../lambda/rows/instant.ts';
import { Failures } from '../../../lambda/run/failures.ts';
import { IntegrationRuns } from '../../../lambda/run/integration-runs.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import { Standings } from '../../../lambda/run/standings.ts';
import { tell } from '../../../lambda/run/telling.ts';
import { newStandingFacts } from '../../../lambda/standing/facts.ts';
import type { Notice, OpenIncident } from '../../../lambda/standing/incident.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { now } from './integrations.ts';

export const hourMs = 60 * 60_000;
export const dayMs = 24 * hourMs;

export const noticeOf = (id: string, event: Notice['event'], ageMs = 0): Notice => ({
  id,
  event,
  kind: 'failed',
  trap: null,
  since: now - ageMs - hourMs,
  at: now - ageMs,
  reason: 'It fails.',
});

export const openOf = (id: string): OpenIncident => ({
  id,
  kind: 'failed',
  trap: null,
  since: now,
  reason: 'It fails.',
  told: true,
});

type Takes = (alert: Alert) => boolean;

/** It remembers each call. */
export class Sink implements AlertSink {
  readonly calls: string[][] = [];
  readonly name: AlertSink['name'];
  readonly #takes: Takes;

  constructor(name: AlertSink['name'], takes: Takes = () => true) {
    this.name = name;
    this.#takes = takes;
  }

  async deliver(alerts: readonly Alert[]): Promise<ReadonlySet<string>> {
    this.calls.push(alerts.map(deliveryKey));
    return new Set(alerts.filter(this.#takes).map(deliveryKey));
  }
}

export class TellingDesk {
  readonly checkpoints = new MemoryCheckpointStore();
  readonly objects = new MemoryObjectStore();
  readonly events: RunEvent[] = [];
  /** Versions of the record that were written. */
  writes = 0;
  /** What the workspace's own record says. */
  readonly facts = newWorkspaceFacts();
  /** How the list names the integration; null: no list was read. */
  name: string | null = null;
  /** What has come to the receivers. */
  readonly told: Alert[] = [];
  isHeldBack = false;
  /** Ids of integrations of which nobody is told. */
  muted: readonly string[] = [];
  /** Its newest syncs. */
  recent: readonly SyncFact[] = [];
  /** Who wants to hear of finished syncs. */
  finished: FinishedSyncs | undefined;
  readonly signal = new AbortController().signal;

  async begin(
    outbox: readonly { readonly notice: Notice; readonly sinks: readonly string[] }[],
    open: readonly OpenIncident[] = [],
    finished: readonly Instant[] = [],
  ): Promise<void> {
    const standing = { ...newStandingFacts(), recent: this.recent, outbox, open };
    const state = { ...newIntegrationState('a'), standing, finished };
    const record = { item: integrationItem('a'), version: 1, data: integrationData(state) };
    await this.checkpoints.put('w', record, undefined);
  }

  /** A run that has nothing to do but to tell. */
  async tell(sinks: readonly AlertSink[], put?: MemoryCheckpointStore['put']): Promise<void> {
    const integrations = new IntegrationRuns();
    integrations.load(await this.checkpoints.list('w'));
    if (this.isHeldBack) integrations.byId.get('a')?.holdBack('Its record is damaged.');
    const failures = new Failures(() => {});
    const receipt = newReceipt('w');
    const checkpoints = new MemoryCheckpointStore();
    Object.assign(checkpoints, {
      put: async (...args: Parameters<MemoryCheckpointStore['put']>) => {
        this.writes += 1;
        await (put ?? this.checkpoints.put.bind(this.checkpoints))(...args);
      },
    });
    const { objects } = this;
    const ports = { workspace: 'w', objects, checkpoints, receipt, now: () => now };
    const alerts = sinks.length > 0 && {
      sinks: sinks.map((sink) => this.#listening(sink)),
      settings: { refusedShare: 0.01, muted: new Set(this.muted) },
      finished: this.finished,
      signal: this.signal,
    };
    const standings = new Standings({
      ports,
      integrations,
      failures,
      alerts: alerts || undefined,
      facts: this.facts,
      began: now,
      deadline: Number.POSITIVE_INFINITY,
    });
    const report = (event: RunEvent) => void this.events.push(event);
    if (this.name !== null) Object.assign(standings, { listedOf: () => ({ name: this.name }) });
    await tell({ ports, integrations, standings, alerts: alerts || undefined, report, began: now });
  }

  #listening(sink: AlertSink): AlertSink {
    const deliver: AlertSink['deliver'] = async (alerts, signal) => {
      this.told.push(...alerts);
      return await sink.deliver(alerts, signal);
    };
    return { name: sink.name, deliver };
  }

  /** What is still to be told: `id/event`, and to whom. */
  async outbox(): Promise<[string, readonly string[]][]> {
    const [record] = await this.checkpoints.list('w');
    if (!record) throw new Error('There is no record.');
    const { outbox } = readIntegrationState(record).standing;
    return outbox.map(({ notice, sinks }) => [deliveryKey(notice), sinks]);
  }
}
