/** How what was read becomes what is kept. */

import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { type DaySums, sumsLine } from '../lake/day-sums.ts';
import { joinQuarantine, PlacedRaws, quarantineIsFull } from '../lake/quarantine.ts';
import { type JoinedDay, joinDay } from '../lake/sync-day.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Instant } from '../rows/instant.ts';
import { quarantinedAs } from '../rows/same-sync.ts';
import { quarantineKey, syncsKey } from '../schema/keys.ts';
import { Containment } from './containment.ts';
import type { IntegrationRun } from './integration-run.ts';
import { MonthCommit } from './month-commit.ts';
import type { MonthsBehind } from './months-behind.ts';
import type { Receipt } from './receipt.ts';
import type { ReportEvent } from './run-events.ts';
import type { WriteBuffer } from './write-buffer.ts';

export interface CommitPorts {
  readonly workspace: string;
  readonly objects: ObjectStore;
  readonly checkpoints: CheckpointStore;
  readonly renewLease: () => Promise<void>;
  /** Renews it where it runs out soon. @throws {LostRace} another run has taken over. */
  readonly keepLease: () => Promise<void>;
  readonly receipt: Receipt;
  readonly now: () => number;
  readonly report: ReportEvent;
  readonly monthsBehind: MonthsBehind;
}

/** What comes between a commit's days and its records. */
export type BeforeRecords = () => Promise<void>;

/**
 * 1. Join the rows to their days, each written on the condition that it still is what was read, and under the lease.
 *    A crash here: days are ahead of the checkpoint; their rows are read again, and joining them again
 *    gives the same bytes. What they add up to is written into the objects of their months: see {@link MonthCommit}.
 * 2. Keep the rows that can't be placed, or not beside what stands in their day, in the same way. A row that stands
 *    in its day now and could not be placed before leaves the quarantine. One that was seen to be empty within a day, as
 *    the integration's record says, is passed over where no row goes into it.
 *    A crash here: such a row is in both. It is read again, since its record is not written, and leaves then: what the
 *    records say of quarantines is not believed after a run that did not come to its end.
 * 3. A row that was new to the lake although its stretch was held to be whole: the stretch is cut before it can
 *    be written down. Which syncs are open is taken over from the days.
 *    At the end of a run, how each integration stands is judged now, to be written with its record.
 * 4. Renew the lease. A run that has lost it stops here, with nothing written that is not true.
 * 5. Write the records of the integrations, each on the condition of its version.
 *    A crash here: some records are behind the lake. That costs requests, never rows.
 *
 * So the lake may be ahead of the checkpoint and is never behind it. Coverage follows at the end of the run.
 *
 * @returns in sentences, which stored objects and records can't be read or written, and which histories must not be.
 * The integrations that have rows in one are held back: their records stay as they are, and the next run reads
 * those rows again.
 * @throws {LostRace} another run has taken over. @throws {StoreFailure} the store does nothing of what it is asked.
 */
export async function commit(
  ports: CommitPorts,
  buffer: WriteBuffer,
  integrations: ReadonlyMap<string, IntegrationRun>,
  beforeRecords?: BeforeRecords,
): Promise<string[]> {
  const late: { integration: IntegrationRun; day: string; starts: Instant[]; isDayLost: boolean }[] = [];
  const containment = new Containment(integrations);
  const placed = new PlacedRaws();
  const months = new MonthCommit(ports, buffer.days);

  const inDay = (day: string) => buffer.rowsOf(day).map(({ integrationId }) => integrationId);
  const isAlive = await containment.each(buffer.days, { idsOf: inDay, isAlive: false }, async (day) => {
    const { created, changed, stands, clashes, pairs } = await commitDay(ports, day, buffer, months);
    for (const { row, reason } of clashes) buffer.quarantine(quarantinedAs(reason, row));
    for (const pair of pairs) ports.report({ kind: 'pair', ...pair });
    const clashing = new Set(clashes.map(({ row }) => row));
    for (const row of buffer.rowsOf(day)) if (!clashing.has(row)) placed.add(row);
    for (const [integrationId, rows] of stands) {
      const integration = integrations.get(integrationId);
      if (!integration) continue;
      integration.takeDay(day, rows, changed.get(integrationId) ?? new Set(), ports.now());
      const expected = buffer.expectedOf(integrationId, day);
      const missed = expected.filter((start) => created.get(integrationId)?.has(start));
      const isDayLost = missed.length === expected.length;
      if (missed.length > 0) late.push({ integration, day, starts: missed, isDayLost });
    }
  });
  await months.write();
  const quarantines = new Set([...buffer.quarantined.keys(), ...placed.integrationIds]);
  await containment.each(quarantines, { idsOf: (id) => [id], isAlive }, async (id) => {
    const dropped = await commitQuarantine(ports, buffer, placed, { id, integration: integrations.get(id) });
    if (dropped > 0) containment.failures.push(quarantineIsFull(quarantineKey(ports.workspace, id)));
  });
  // The oldest first, whichever day was written first: a page may reach into two, and the older one may be lost.
  for (const { integration, day, starts, isDayLost } of late.sort((a, b) => (a.day < b.day ? -1 : 1))) {
    integration.takeLate(day, starts, isDayLost);
    ports.receipt.late += starts.length;
    ports.report({ kind: 'late', integrationId: integration.id, rows: starts.length });
  }
  await beforeRecords?.();
  await ports.renewLease();
  await containment.each(integrations.values(), { idsOf: ({ id }) => [id], isAlive: true }, (integration) =>
    integration.write(ports.checkpoints, ports.workspace),
  );
  for (const integration of integrations.values()) integration.committed();
  return containment.failures;
}

/** @returns how many rows there was no room for. */
async function commitQuarantine(
  ports: CommitPorts,
  buffer: WriteBuffer,
  placed: PlacedRaws,
  { id, integration }: { readonly id: string; readonly integration: IntegrationRun | undefined },
): Promise<number> {
  const lines = buffer.quarantined.get(id) ?? new Set();
  if (lines.size === 0 && integration?.isQuarantineEmpty(ports.now())) return 0;
  const key = quarantineKey(ports.workspace, id);
  const { first, last } = await updateJoined(ports, key, async (existing) => {
    const joined = await joinQuarantine(existing, key, { lines, placed: placed.of(id) });
    // A run that has lost its lease must not fill a quarantine that a later record says is empty.
    if (joined.body) await ports.keepLease();
    return joined;
  });
  const { added, dropped } = first;
  integration?.noteQuarantine(last.size, ports.now());
  ports.receipt.rows.quarantined += added;
  ports.receipt.rows.unchanged += lines.size - added - dropped;
  return dropped;
}

async function commitDay(
  ports: CommitPorts,
  day: string,
  buffer: WriteBuffer,
  months: MonthCommit,
): Promise<Omit<JoinedDay, 'body' | 'counts'>> {
  const key = syncsKey(ports.workspace, day);
  const rows = buffer.rowsOf(day);
  const created = new Map<string, Set<Instant>>();
  const changed = new Map<string, Set<Instant>>();
  let isFirst = true;
  let isNew = false;
  let sums: DaySums | undefined;
  const { last } = await updateJoined(ports, key, async (existing) => {
    const joined = await joinDay(existing, key, rows);
    if (joined.body) {
      await months.open(day);
      isNew ||= existing === undefined;
      sums = sumsOfStanding(joined.stands, day);
    }
    // What was new at the first look stays new, though a second look may meet this run's own write.
    for (const [id, starts] of joined.created) addAll(created, id, starts);
    for (const [id, starts] of joined.changed) addAll(changed, id, starts);
    if (isFirst) {
      ports.receipt.rows.new += joined.counts.new;
      ports.receipt.rows.updated += joined.counts.updated;
      ports.receipt.rows.unchanged += joined.counts.unchanged;
    }
    isFirst = false;
    // Who was at this for too long must not write behind the back of a run that has taken over, and has ended.
    if (joined.body) await ports.keepLease();
    return joined;
  });
  const { stands, clashes, pairs } = last;
  if (sums) await months.take(day, sums, isNew);
  return { created, changed, stands, clashes, pairs };
}

/** Of each at least one stands: the first of its rows did, if no other. */
function sumsOfStanding(stands: JoinedDay['stands'], day: string): DaySums {
  const sums = new Map<string, string>();
  for (const [id, syncs] of stands) {
    const facts = syncs.map(({ fact }) => fact);
    sums.set(id, sumsLine(id, day, facts));
  }
  return sums;
}

function addAll(known: Map<string, Set<Instant>>, integrationId: string, starts: Iterable<Instant>): void {
  known.set(integrationId, new Set([...(known.get(integrationId) ?? []), ...starts]));
}

const tries = 5;

/**
 * Reads, joins and writes an object, again where somebody else was there first. A write whose answer was lost
 * may have happened: then the join of the next try finds nothing to change, and that is its proof.
 */
export async function update(
  ports: Pick<CommitPorts, 'objects' | 'receipt'>,
  key: string,
  join: (existing: Uint8Array | undefined) => Promise<Uint8Array | undefined>,
): Promise<void> {
  await updateJoined(ports, key, async (existing) => ({ body: await join(existing) }));
}

/** As {@link update}. @returns what the first try has joined, and the last. */
async function updateJoined<Joined extends { readonly body: Uint8Array | undefined }>(
  { objects, receipt }: Pick<CommitPorts, 'objects' | 'receipt'>,
  key: string,
  join: (existing: Uint8Array | undefined) => Promise<Joined>,
): Promise<{ readonly first: Joined; readonly last: Joined }> {
  let first: Joined | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const stored = await objects.get(key);
    if (stored) receipt.objects.read += 1;
    const last = await join(stored?.body);
    first ??= last;
    if (!last.body) return { first, last };
    try {
      await objects.put(key, last.body, stored?.etag);
      receipt.objects.written += 1;
      return { first, last };
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
