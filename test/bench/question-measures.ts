/** What the whole of each view costs on DuckDB, on lakes of three sizes: each is asked in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { views } from '../../sql/views.ts';
import { figure, type Measure, measure } from './measure.ts';
import { sizes, writeLakeOf } from './question-lakes.ts';

/** Who asks for these wants all single syncs. */
const ofSingleSyncs = ['sync_history', 'failed_syncs'];

/** What a process that was started for a question says of itself. */
interface Taken {
  readonly cpuSeconds: number;
  /** Null: this system does not tell. */
  readonly megabytesRead: number | null;
  readonly files: number;
  readonly residentMegabytes: number;
}

export async function questions(): Promise<Measure[]> {
  // To the last hour: the views look back from now.
  const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const measures: Measure[] = [];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    try {
      console.error(`  ${size.said} …`);
      await writeLakeOf(size, until, folder);
      for (const { name } of views) measures.push(...measuresOf(name, size.said, await asked(name, folder)));
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

async function asked(view: string, folder: string): Promise<Taken> {
  const program = join(import.meta.dirname, 'asked-question.ts');
  // What there is to be read is read.
  const sql = `SELECT count(COLUMNS(*)) FROM ${view}`;
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder, sql]);
  return JSON.parse(stdout);
}
