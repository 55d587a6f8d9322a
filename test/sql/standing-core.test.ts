/** What the exporter's core makes of a history, against SQL over the whole lake: P18. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standingBody } from '../../lambda/lake/standing.ts';
import { standingKey } from '../../lambda/schema/keys.ts';
import { FactsRebuild } from '../../lambda/standing/facts-rebuild.ts';
import { judge } from '../../lambda/standing/judge.ts';
import { defaultSettings } from '../../lambda/standing/settings.ts';
import type { Standing } from '../../lambda/standing/standing.ts';
import type { SyncFact } from '../../lambda/standing/sync-fact.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { generatedLake } from './generated-lake.ts';
import { writeLake } from './lake-of.ts';
import { lakesApart } from './lakes-apart.ts';
import { dayMs, dtOf, type ModelLake, type Sync } from './model/lake.ts';
import { type Owner, ownersOf } from './model/syncs.ts';
import { standingDifferencesIn } from './standing-model.ts';

const now = Date.UTC(2026, 5, 17, 13, 47, 11, 123);

const factOf = ({ start, finish, status, synced, failed, lastSynced }: Sync): SyncFact => ({
  start,
  finish,
  status,
  rowsSynced: synced,
  rowsFailed: failed,
  timestampSynced: lastSynced,
});

/** From nothing but the rows, as on the first run of a version that keeps no facts yet. */
function judged({ id, listing, syncs }: Owner): Standing {
  const rebuild = new FactsRebuild(dtOf(now), defaultSettings.refusedShare);
  const days = Map.groupBy(syncs, ({ start }) => dtOf(start));
  for (const day of [...days.keys()].sort().reverse()) {
    if (rebuild.isSettled || day < dtOf(now - 400 * dayMs)) break;
    rebuild.take(day, (days.get(day) ?? []).map(factOf));
  }
  return judge({
    integrationId: id,
    facts: rebuild.finish(),
    listed: listing ? { ...listing, nextScheduledRun: null, listed: listing.listed !== false } : null,
    condition: 'present',
    failure: null,
    isAllDenied: false,
    headAt: now,
    isReadNow: true,
    coverage: { gaps: 0, wholeFrom: null, gapAtRiskSince: null },
    continues: null,
    now,
    settings: defaultSettings,
  });
}

async function writeStanding(directory: string, lake: ModelLake): Promise<void> {
  for (const [workspace, owners] of Map.groupBy(ownersOf(lake), (owner) => owner.workspace)) {
    const path = join(directory, 'lake', standingKey(workspace));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await standingBody(owners.map(judged)));
  }
}

describe('P18: how an integration stands is what SQL says over the whole lake', () => {
  const first = Number(process.env.SQL_SEED ?? 1);
  it(`for 12 generated histories, from SQL_SEED=${first} on`, async () => {
    const directory = scratchFolder();
    mkdirSync(join(directory, 'lake'));
    const lakes = Array.from({ length: 12 }, (_, index) => {
      // An integration that only coverage knows has no rows to judge.
      return [
        `${first + index}`,
        { ...generatedLake(first + index, now), standing: [], coverage: [] },
      ] as const;
    });
    const lake = lakesApart(new Map(lakes));
    writeLake(directory, lake);
    await writeStanding(directory, lake);
    expect(await standingDifferencesIn(directory)).toEqual([]);
  });
});
