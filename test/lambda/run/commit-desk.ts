/** What a commit needs, in memory. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { integrationItem, readIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { newWorkspaceFacts, type WorkspaceFacts } from '../../../lambda/checkpoint/workspace-facts.ts';
import { StoreFailure } from '../../../lambda/errors/store-failure.ts';
import type { ObjectStore } from '../../../lambda/objects/object-store.ts';
import { readSyncRow } from '../../../lambda/rows/sync-row.ts';
import { commit } from '../../../lambda/run/commit.ts';
import type { IntegrationRun } from '../../../lambda/run/integration-run.ts';
import { MonthsBehind } from '../../../lambda/run/months-behind.ts';
import { newReceipt } from '../../../lambda/run/receipt.ts';
import type { RunEvent } from '../../../lambda/run/run-events.ts';
import { WriteBuffer } from '../../../lambda/run/write-buffer.ts';
import { daysKey, syncsKey } from '../../../lambda/schema/keys.ts';
import { MemoryCheckpointStore } from '../../simulation/lab/memory-checkpoint-store.ts';
import { MemoryObjectStore } from '../../simulation/lab/memory-object-store.ts';
import { linesOf } from '../lake/days.ts';
import { now, sourced } from './integrations.ts';

export const today = syncsKey('w', '2026-06-01');
export const june = daysKey('w', '2026-06');

export interface Read {
  readonly id: string;
  /** Its sync started so many hours ago. */
  readonly hours: number;
  readonly status?: string;
  /** It lay in a stretch that was held to be whole. */
  readonly isExpected?: boolean;
}

/** What was read, each in an answer of its own. */
export function bufferOf(...rows: readonly Read[]): WriteBuffer {
  const buffer = new WriteBuffer();
  for (const { id, hours, status = 'success', isExpected = false } of rows) {
    buffer.add([{ row: readSyncRow(id, sourced(hours, status), now), isExpected }]);
  }
  return buffer;
}

type Put = ObjectStore['put'];

/** Stores in memory, and a log of what is written in which order. */
export class Desk {
  readonly objects = new MemoryObjectStore();
  readonly checkpoints = new MemoryCheckpointStore();
  readonly receipt = newReceipt('w');
  readonly events: RunEvent[] = [];
  readonly written: string[] = [];
  renewLease = async () => {};
  readonly facts: WorkspaceFacts = { ...newWorkspaceFacts(), monthsBehind: [] };
  keepLease = async () => {};
  /** What becomes of the objects' writes; by default they succeed. */
  put: (real: Put, ...put: Parameters<Put>) => Promise<void> = (real, ...put) => real(...put);

  commit(buffer: WriteBuffer, ...integrations: readonly IntegrationRun[]): ReturnType<typeof commit> {
    const { objects, checkpoints, written, receipt } = this;
    const ports = {
      workspace: 'w',
      objects: {
        get: (key: string) => objects.get(key),
        put: (...put: Parameters<Put>) => {
          written.push(put[0]);
          return this.put((...real) => objects.put(...real), ...put);
        },
      },
      checkpoints: {
        list: (workspace: string) => checkpoints.list(workspace),
        get: (workspace: string, item: string) => checkpoints.get(workspace, item),
        put: (...put: Parameters<MemoryCheckpointStore['put']>) => {
          written.push(put[1].item);
          return checkpoints.put(...put);
        },
        ownerIsDead: () => false,
      },
      renewLease: () => {
        written.push('lease');
        return this.renewLease();
      },
      keepLease: () => this.keepLease(),
      receipt,
      now: () => now,
      report: (event: RunEvent) => this.events.push(event),
    };
    const monthsBehind = new MonthsBehind({
      facts: this.facts,
      writeFacts: ports.renewLease,
      now: ports.now,
    });
    return commit({ ...ports, monthsBehind }, buffer, new Map(integrations.map((each) => [each.id, each])));
  }

  /** Of a day. */
  async linesOf(key: string): Promise<string[]> {
    return linesOf((await this.objects.get(key))?.body);
  }

  /** The fields of each line of an object that is no day. */
  fieldsIn(key: string): Record<string, unknown>[] {
    const lines = gunzipSync(this.objects.bodyOf(key) ?? gzipSync(''))
      .toString()
      .split('\n');
    return lines.slice(0, -1).map((line) => JSON.parse(line));
  }

  /** What is kept of an integration's history. */
  async kept(id: string) {
    const record = await this.checkpoints.get('w', integrationItem(id));
    return record && readIntegrationState(record).history;
  }
}

export const appliedThenFailed: Desk['put'] = async (real, ...put) => {
  await real(...put);
  throw new StoreFailure('No answer.');
};
