/** A lake that the real exporter has made against the simulated Braze, to be spoiled object by object. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { audit, type Report } from '../../audit/audit.ts';
import type { ReadObject } from '../../audit/sources.ts';
import { workspace } from '../simulation/lab/lab.ts';
import { began, hour, minute, steady, sync, timedLab } from '../simulation/lab/timed-world.ts';

type Fields = Record<string, unknown>;
type Record_ = { item: string; version: number; data: Fields };

export const dayOf = (date: string) => `syncs/workspace=${workspace}/dt=${date}/syncs.ndjson.gz`;
export const tableOf = (table: string) => `${table}/workspace=${workspace}/${table}.ndjson.gz`;
export const quarantine = `quarantine/workspace=${workspace}/hourly.ndjson.gz`;

const second = 1000;
const placeless = { job_status: 'error', sync_start_time: 'yesterday' };

/** The newest of `failing`: two that failed after successes, with microseconds. */
const failing = [
  sync(began - 5 * hour, { last_timestamp_synced: '2026-06-01T06:59:00Z' }),
  sync(began - 3 * hour, { job_status: 'error', rows_synced: 0 }),
  sync(began - 2 * hour, { job_status: 'Partial', rows_synced: 70, rows_failed_with_errors: 30 }),
  sync(began - hour, {
    sync_start_time: '2026-06-01T11:00:00.183728Z',
    job_status: 'error',
    rows_synced: null,
  }),
];

export class CorruptibleLake {
  readonly objects = new Map<string, ReadObject>();
  records: Record_[] = [];
  /** When objects were written, in milliseconds, where that is told. */
  readonly writtenAt = new Map<string, number>();
  /** What a run does between the list of the objects and the records. */
  meanwhile = () => {};

  static async made(): Promise<CorruptibleLake> {
    const rows = (list: Fields[]) => list.map((row) => ({ listedAt: began - 6 * hour, row }));
    const running = sync(began - 10 * minute, {
      job_status: 'running',
      sync_finish_time: null,
      rows_synced: null,
    });
    const odd = sync(began - 20 * hour, {
      rows_synced: 'many',
      last_timestamp_synced: '2026-05-31T15:00:00',
    });
    const lab = timedLab({
      failing: rows(failing),
      hourly: [...steady(40), ...rows([placeless])],
      running: rows([odd, running]),
    });
    const result = await lab.run();
    if (result?.receipt.outcome !== 'complete') throw new Error('The lake was not made.');
    const lake = new CorruptibleLake();
    for (const key of lab.objects.keys()) {
      const body = lab.objects.bodyOf(key);
      if (body) lake.objects.set(key, { body });
    }
    lake.records = structuredClone(await lab.checkpoints.list(workspace)) as Record_[];
    return lake;
  }

  copy(): CorruptibleLake {
    const lake = new CorruptibleLake();
    for (const [key, object] of this.objects) lake.objects.set(key, object);
    lake.records = structuredClone(this.records);
    return lake;
  }

  lines(key: string): string[] {
    const body = this.objects.get(key)?.body;
    if (!body) throw new Error(`There is no ${key}.`);
    return gunzipSync(body).toString().split('\n').slice(0, -1);
  }

  write(key: string, lines: readonly string[]): void {
    this.writeBody(key, gzipSync(lines.map((line) => `${line}\n`).join('')));
  }

  /** @param body gzip; its header is made the exporter's own. */
  writeBody(key: string, body: Buffer): void {
    body[9] = 255;
    this.objects.set(key, { body });
  }

  /** Changes the lines of an object. */
  edit(key: string, change: (lines: string[]) => string[]): void {
    this.write(key, change(this.lines(key)));
  }

  /** Changes cells of the first line of that integration. */
  set(key: string, integrationId: string, cells: Fields): void {
    this.edit(key, (lines) => {
      const index = lines.findIndex((line) => JSON.parse(line).integration_id === integrationId);
      return lines.with(index, JSON.stringify({ ...JSON.parse(lines[index] ?? ''), ...cells }));
    });
  }

  record(item: string): Fields {
    const record = this.records.find((each) => each.item === item);
    if (!record) throw new Error(`There is no record ${item}.`);
    return record.data;
  }

  /** Changes fields of a record. */
  change(item: string, fields: Fields): void {
    Object.assign(this.record(item), fields);
  }

  audit(withCheckpoint = true): Promise<Report> {
    const { objects, records, writtenAt, meanwhile } = this;
    return audit({
      lake: {
        list: async () =>
          [...objects.keys()].sort().map((key) => {
            const at = writtenAt.get(key);
            return { key, tag: '', ...(at === undefined ? {} : { writtenAt: at }) };
          }),
        read: async (key) => objects.get(key),
      },
      ...(withCheckpoint
        ? {
            checkpoint: {
              workspaces: async () => [workspace],
              async *records() {
                meanwhile();
                for (const record of records) yield { place: record.item, ...record };
              },
            },
          }
        : {}),
      now: began + 10 * second,
    });
  }
}
