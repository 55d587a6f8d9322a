/** Asks DuckDB a question in a process of its own, so that what it takes can be told apart. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a process that was started for a question says of itself. */
export interface Taken {
  readonly cpuSeconds: number;
  /** Null: this system does not tell. */
  readonly megabytesRead: number | null;
  readonly files: number;
  readonly residentMegabytes: number;
}

/** @param folder in which `lake/` is. */
export async function askDuckdb(sql: string, folder: string): Promise<Taken> {
  const program = join(import.meta.dirname, 'asked-question.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder, sql]);
  return JSON.parse(stdout);
}
