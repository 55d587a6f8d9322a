/** A history as the lake lays it out, a day an object, and as general loaders leave it: a file a page, a file a run. */
import { gzipSync } from 'node:zlib';
import { compareSyncs, joinDay } from '../../lambda/lake/sync-day.ts';
import { isPlaced, partitionOf, readSyncRow, type SyncRow } from '../../lambda/rows/sync-row.ts';
import { syncsKey } from '../../lambda/schema/keys.ts';
import { parseSourced } from '../lambda/rows/parse-sourced.ts';
import { SteadyWorld, type SteadyWorldOptions } from './steady-world.ts';

/** Keys and bodies. */
export type Layout = AsyncGenerator<readonly [string, Uint8Array]>;

export const workspace = 'a';

export async function* aDayAnObject(world: SteadyWorldOptions): Layout {
  const days = Map.groupBy(rowsOf(world).flat(), partitionOf);
  for (const [day, rows] of days) {
    const key = syncsKey(workspace, day);
    const { body } = await joinDay(undefined, key, rows.sort(compareSyncs));
    if (body) yield [key, body];
  }
}

/** Ten rows of one integration. */
export async function* aPageAFile(world: SteadyWorldOptions): Layout {
  for (const [integration, rows] of rowsOf(world).entries()) {
    for (let first = 0; first < rows.length; first += 10) {
      yield [`pages/${integration}-${first}.ndjson.gz`, zipped(rows.slice(first, first + 10))];
    }
  }
}

/** The new sync of each integration. */
export async function* aRunAFile(world: SteadyWorldOptions): Layout {
  const integrations = rowsOf(world);
  for (let run = 0; run < world.rows; run += 1) {
    yield [`runs/${run}.ndjson.gz`, zipped(integrations.flatMap((rows) => rows.slice(run, run + 1)))];
  }
}

/** The rows of each integration, oldest first. */
function rowsOf(options: SteadyWorldOptions): SyncRow[][] {
  const world = new SteadyWorld(options);
  return world.integrations().map(({ integration_id }) => {
    const id = String(integration_id);
    const rows = world.rows(id, options.until) ?? [];
    return rows
      .map((row) => readSyncRow(id, parseSourced(JSON.stringify(row)), options.until))
      .filter(isPlaced);
  });
}

const zipped = (rows: readonly SyncRow[]): Buffer => gzipSync(rows.map(({ line }) => `${line}\n`).join(''));
