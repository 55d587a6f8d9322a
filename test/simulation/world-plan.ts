/** What there is in a simulated workspace, and what happens in it: plain data, so that it shrinks and prints. */

export interface WorldPlan {
  /** Decides the details of each sync: how long it takes, its status, its microseconds. */
  readonly details: number;
  /** Share of syncs that never end, and as large a one of those that take hours or days. */
  readonly stuckShare: number;
  readonly integrations: readonly IntegrationPlan[];
}

export interface IntegrationPlan {
  /** At the beginning. */
  readonly rows: number;
  /** Between two of them. */
  readonly cadenceMinutes: number;
}

export type WorldEvent =
  /** So many syncs start, a millisecond apart: a burst moves a kept cursor by pages. */
  | { readonly kind: 'start'; readonly integration: number; readonly syncs: number }
  /** The oldest rows are removed. */
  | { readonly kind: 'purge'; readonly integration: number; readonly rows: number }
  /** A row that can't be placed: an index into `hostileRows`. */
  | { readonly kind: 'hostile'; readonly integration: number; readonly row: number }
  /** The integration is removed, unless it is the last one. */
  | { readonly kind: 'remove'; readonly integration: number };

/** An event between two requests of a run. */
export interface TimedEvent {
  /** Requests since the event before. */
  readonly requests: number;
  readonly event: WorldEvent;
}

export const hostileRows: readonly string[] = [
  '5',
  'null',
  '{"job_status":"success"}',
  '{"job_status":"success","sync_start_time":1790000000}',
  '{"sync_start_time":"2026-01-01 00:00:00","job_status":"success"}',
  '{"sync_start_time":"2019-01-01T00:00:00Z","job_status":"success"}',
];
