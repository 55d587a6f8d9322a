/** What the whole of each view costs on DuckDB, on lakes of three sizes: each is asked in a process of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { views } from '../../sql/views.ts';
import { askDuckdb, type Taken } from './ask-duckdb.ts';
import { figure, type Measure, measure } from './measure.ts';
import { sizes, writeLakeOf } from './question-lakes.ts';

/** Who asks for these wants all single syncs. */
const ofSingleSyncs = ['sync_history', 'failed_syncs'];

export async function questions(): Promise<Measure[]> {
  // To the last hour: the views look back from now.
  const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const measures: Measure[] = [];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    try {
      console.error(`  ${size.said} …`);
      await writeLakeOf(size, until, folder);
      // What there is to be read is read.
      for (const { name } of views)
        measures.push(
          ...measuresOf(name, size.said, await askDuckdb(`SELECT count(COLUMNS(*)) FROM ${name}`, folder)),
        );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return measures;
}

function measuresOf(view: string, said: string, taken: Taken): Measure[] {
  const read = taken.megabytesRead === null ? '' : `, ${taken.megabytesRead.toFixed(1)} MB`;
  const name = `${view}, ${said} (${taken.files} files${read})`;
  return ofSingleSyncs.includes(view)
    ? [
        figure(`processor s, ${name}`, taken.cpuSeconds, 1),
        figure(`peak resident MB, ${name}`, taken.residentMegabytes, 0),
      ]
    : [
        measure(`processor s, ${name}`, taken.cpuSeconds, 2, 1),
        measure(`peak resident MB, ${name}`, taken.residentMegabytes, 512, 0),
      ];
}
