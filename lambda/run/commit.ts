/** How what was read becomes what is kept. */

import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { BrokenHistory } from '../errors/broken-history.ts';
import { Damaged } from '../errors/damaged.ts';
import { joinQuarantine } from '../lake/quarantine.ts';
import { joinDay } from '../lake/sync-day.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Instant } from '../rows/instant.ts';
import { quarantineKey, syncsKey } from '../schema/keys.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { Receipt } from './receipt.ts';
import type { ReportEvent } from './run-events.ts';
import type { WriteBuffer } from './write-buffer.ts';

export interface CommitPorts {
  readonly workspace: string;
  readonly objects: ObjectStore;
  readonly checkpoints: CheckpointStore;
  readonly renewLease: () => Promise<void>;
  readonly receipt: Receipt;
  readonly now: () => number;
  readonly report: ReportEvent;
}

/**
 * 1. Join the rows to their days, each written on the condition that it still is what was read.
 *    A crash here: days are ahead of the checkpoint; their rows are read again, and joining them again
 *    gives the same bytes.
 * 2. Keep the rows that can't be placed, in the same way.
 * 3. A row that was new to the lake although its stretch was held to be whole: the stretches are dropped
 *    before they can be written down. Which syncs are open is taken over from the days.
 * 4. Renew the lease. A run that has lost it stops here, with nothing written that is not true.
 * 5. Write the records of the integrations, each on the condition of its version.
 *    A crash here: some records are behind the lake. That costs requests, never rows.
 *
 * So the lake may be ahead of the checkpoint and is never behind it. Coverage follows at the end of the run.
 *
 * @returns which stored objects and records can't be read, and which histories must not be written. The
 * integrations that they concern are held back: their records stay as they are, and the next run reads those
 * rows again.
 * @throws {LostRace} another run has taken over.
 */
export async function commit(
  ports: CommitPorts,
  buffer: WriteBuffer,
  integrations: ReadonlyMap<string, IntegrationRun>,
): Promise<(Damaged | BrokenHistory)[]> {
  const contradicted = new Set<IntegrationRun>();
  const faults: (Damaged | BrokenHistory)[] = [];
  const holdBack = (integrationIds: Iterable<string>, error: unknown): void => {
    if (!(error instanceof Damaged || error instanceof BrokenHistory)) throw error;
    faults.push(error);
    for (const id of integrationIds) integrations.get(id)?.holdBack(error.message);
  };

  await aFewAtOnce(buffer.days, async (day) => {
    try {
      const { created, open } = await commitDay(ports, day, buffer);
      for (const [integrationId, starts] of open) {
        const integration = integrations.get(integrationId);
        if (!integration) continue;
        integration.takeOpenSyncs(day, starts, ports.now());
        const isNew = [...(created.get(integrationId) ?? [])];
        if (isNew.some((start) => buffer.wasExpected(integrationId, start))) contradicted.add(integration);
      }
    } catch (error) {
      holdBack(
        buffer.rowsOf(day).map(({ integrationId }) => integrationId),
        error,
      );
    }
  });
  await aFewAtOnce(buffer.quarantined, async ([integrationId, lines]) => {
    const key = quarantineKey(ports.workspace, integrationId);
    let added: number | undefined;
    const join = async (existing: Uint8Array | undefined) => {
      const joined = await joinQuarantine(existing, key, lines);
      added ??= joined.added;
      return joined.body;
    };
    await update(ports, key, join).catch((error) => holdBack([integrationId], error));
    ports.receipt.rows.quarantined += added ?? 0;
    ports.receipt.rows.unchanged += lines.size - (added ?? 0);
  });
  for (const integration of contradicted) {
    integration.contradict();
    ports.report({ kind: 'contradiction', integrationId: integration.id });
  }
  await ports.renewLease();
  await aFewAtOnce(integrations.values(), (integration) =>
    integration.write(ports.checkpoints, ports.workspace).catch((error) => holdBack([integration.id], error)),
  );
  return faults;
}

async function commitDay(
  ports: CommitPorts,
  day: string,
  buffer: WriteBuffer,
): Promise<{ created: Map<string, Set<Instant>>; open: ReadonlyMap<string, readonly Instant[]> }> {
  const key = syncsKey(ports.workspace, day);
  const rows = buffer.rowsOf(day);
  const created = new Map<string, Set<Instant>>();
  let open: ReadonlyMap<string, readonly Instant[]> = new Map();
  let counted = false;
  await update(ports, key, async (existing) => {
    const joined = await joinDay(existing, key, rows);
    open = joined.open;
    // What was new at the first look stays new, though a second look may meet this run's own write.
    for (const [id, starts] of joined.created)
      created.set(id, new Set([...(created.get(id) ?? []), ...starts]));
    if (!counted) {
      ports.receipt.rows.new += joined.counts.new;
      ports.receipt.rows.updated += joined.counts.updated;
      ports.receipt.rows.unchanged += joined.counts.unchanged;
    }
    counted = true;
    return joined.body;
  });
  return { created, open };
}

const tries = 5;

/**
 * Reads, joins and writes an object, again where somebody else was there first. A write whose answer was lost
 * may have happened: then the join of the next try finds nothing to change, and that is its proof.
 */
export async function update(
  { objects, receipt }: Pick<CommitPorts, 'objects' | 'receipt'>,
  key: string,
  join: (existing: Uint8Array | undefined) => Promise<Uint8Array | undefined>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await objects.get(key);
    if (stored) receipt.objects.read += 1;
    const body = await join(stored?.body);
    if (!body) return;
    try {
      await objects.put(key, body, stored?.etag);
      receipt.objects.written += 1;
      return;
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
