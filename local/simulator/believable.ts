import { BelievableHistory } from './believable-history.ts';
import { type Source, sources } from './believable-sources.ts';
import { hashOf } from './hash.ts';
import { timestamp } from './timestamp.ts';
import type { IntegrationJson, World } from './world.ts';

export interface BelievableOptions {
  /** Decides ids, durations, counts and outcomes. @default 'crm' */
  readonly seed?: string;
  /**
   * The moment, in milliseconds, from which each history reaches back; it then only grows.
   * @default none: history reaches back from the time asked, old rows fall off its end, and the size stays the
   * same. Nothing has to be remembered between two processes, as `npm start` needs it.
   */
  readonly anchor?: number;
}

/**
 * A workspace of a dozen integrations with some 320 pages of history. A row is the same whenever it is asked
 * for, but that a running one turns final after some minutes.
 */
export function believableWorld({ seed = 'crm', anchor }: BelievableOptions = {}): World {
  const integrations = sources.map((source) => {
    const id = uuidOf(`${seed}/${source.name}`);
    return { id, source, history: new BelievableHistory(`${seed}/${source.name}`, source, anchor) };
  });
  const appGroupId = uuidOf(`${seed}/app group`).replaceAll('-', '').slice(0, 24);
  return {
    integrations: (at) =>
      integrations.map(({ id, source, history }) => integrationJson(id, appGroupId, source, history, at)),
    rows: (integrationId, at) => integrations.find(({ id }) => id === integrationId)?.history.rows(at),
  };
}

function integrationJson(
  id: string,
  appGroupId: string,
  source: Source,
  history: BelievableHistory,
  at: number,
): IntegrationJson {
  const rows = history.rows(at);
  const latest = rows.at(-1);
  return {
    integration_id: id,
    app_group_id: appGroupId,
    integration_name: source.name,
    integration_type: source.type,
    integration_status: source.isPaused ? 'paused' : 'active',
    contact_emails: 'crm-team@shop.example',
    last_updated_at:
      rows.findLast((row) => row.last_timestamp_synced !== null)?.last_timestamp_synced ?? null,
    warehouse_type: source.warehouse,
    last_job_start_time: latest?.sync_start_time ?? null,
    last_job_status: latest?.job_status ?? null,
    next_scheduled_run: nextRun(source, at),
  };
}

function nextRun({ cadence, isFileSource, isPaused }: Source, at: number): string | null {
  if (!cadence || isFileSource || isPaused) return null;
  const slot = Math.floor((at - cadence.offset) / cadence.every) + 1;
  return timestamp((slot * cadence.every + cadence.offset) * 1000);
}

function uuidOf(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => hashOf(`${text}/${part}`).toString(16).padStart(8, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
