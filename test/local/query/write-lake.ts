/** Lakes of a few lines, written by hand and not by the code that the exporter writes them with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export type Fields = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** Writes one object of the lake below `directory`. */
export function put(directory: string, key: string, ...lines: Fields[]): void {
  putBody(directory, key, gzipSync(lines.map((line) => `${json(line)}\n`).join('')));
}

export function putBody(directory: string, key: string, body: Uint8Array | string): void {
  const path = join(directory, 'lake', key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
}

/** A line of `syncs`; what is not named is null. */
export function sync(fields: Fields): Fields {
  return {
    integration_id: null,
    sync_start_time: null,
    sync_finish_time: null,
    last_timestamp_synced: null,
    job_status: null,
    rows_synced: null,
    rows_failed_with_errors: null,
    problems: null,
    raw: null,
    ...fields,
  };
}

export const day = (workspace: string, date: string): string =>
  `syncs/workspace=${workspace}/dt=${date}/syncs.ndjson.gz`;

export const integrations = (workspace: string): string =>
  `integrations/workspace=${workspace}/integrations.ndjson.gz`;

export function json(line: Fields): string {
  const members = Object.entries(line).map(
    ([name, cell]) => `${JSON.stringify(name)}:${typeof cell === 'bigint' ? cell : JSON.stringify(cell)}`,
  );
  return `{${members.join(',')}}`;
}
