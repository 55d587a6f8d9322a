/** Tells of syncs that have finished, where somebody wants to be told of each. */
import type { FinishedSyncs } from '../alerts/finished-syncs.ts';
import { isForPeople } from '../errors/exporter-error.ts';
import { damagedObject, readLines } from '../lake/ndjson.ts';
import { integrationOf } from '../lake/sync-day.ts';
import { dayOf, type Instant } from '../rows/instant.ts';
import { rereadSyncLine } from '../rows/sync-row.ts';
import { syncsKey } from '../schema/keys.ts';
import type { CommitPorts } from './commit.ts';
import type { IntegrationRun } from './integration-run.ts';

interface Ports extends Pick<CommitPorts, 'workspace' | 'objects' | 'receipt'> {
  readonly finished: FinishedSyncs | undefined;
  readonly signal: AbortSignal;
  /** As the list of integrations has it. */
  readonly nameOf: (integrationId: string) => string | null;
}

/** Their rows are taken from the lake, where they stand: what waits from an earlier run is told as it is now. */
export async function tellFinished(ports: Ports, integrations: readonly IntegrationRun[]): Promise<void> {
  const { finished, workspace, signal } = ports;
  const waiting = integrations.flatMap((each) =>
    each.standing.finished.map((start) => ({ each, start, day: dayOf(start) })),
  );
  // Nobody wants to be told any more.
  if (!finished) {
    for (const { each, start } of waiting) each.standing.wasTold(start);
    return;
  }
  const lines = new Map<string, Waiting>();
  for (const day of new Set(waiting.map((one) => one.day))) {
    const ofDay = waiting.filter((one) => one.day === day);
    const found = await linesOf(ports, day, ofDay);
    if (!found) continue;
    for (const one of ofDay) {
      const line = found.get(one);
      if (line === undefined) one.each.standing.wasTold(one.start);
      else lines.set(line, one);
    }
  }
  const syncs = [...lines].map(([line, { each }]) => ({ line, integrationName: ports.nameOf(each.id) }));
  const arrived = await finished.deliverFinished(workspace, syncs, signal);
  for (const line of arrived) {
    const told = lines.get(line);
    told?.each.standing.wasTold(told.start);
  }
}

interface Waiting {
  readonly each: IntegrationRun;
  readonly start: Instant;
}

/** @returns undefined where the day can't be read now. */
async function linesOf<T extends Waiting>(
  { workspace, objects, receipt }: Ports,
  day: string,
  wanted: readonly T[],
): Promise<Map<T, string> | undefined> {
  const found = new Map<T, string>();
  const key = syncsKey(workspace, day);
  const wantedOf = Map.groupBy(wanted, ({ each }) => each.id);
  try {
    const stored = await objects.get(key);
    if (!stored) return found;
    receipt.objects.read += 1;
    for await (const lines of readLines(stored.body, key)) {
      for (const line of lines) {
        const ofIntegration = wantedOf.get(integrationOf(line, key));
        if (!ofIntegration) continue;
        const start = startOf(line, key);
        const one = ofIntegration.find((each) => each.start === start);
        if (one) found.set(one, line);
      }
    }
    return found;
  } catch (error) {
    if (!isForPeople(error)) throw error;
    return undefined;
  }
}

function startOf(line: string, key: string): Instant {
  try {
    return rereadSyncLine(line).start;
  } catch {
    throw damagedObject(key);
  }
}
