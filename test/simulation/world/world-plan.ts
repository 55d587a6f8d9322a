/** What there is in a simulated workspace, and what happens in it: plain data, so that it shrinks and prints. */

export interface WorldPlan {
  /** Whether two syncs may start within one millisecond; not where starts are spelled without microseconds. */
  readonly close: boolean;
  /** Decides the details of each sync: how long it takes, its status, its microseconds. */
  readonly details: number;
  /** Share of syncs that never end, and as large a one of those that take hours or days. */
  readonly stuckShare: number;
  readonly integrations: readonly IntegrationPlan[];
  /** So many more, each with one sync a day: they make the list longer. */
  readonly idle: number;
}

export interface IntegrationPlan {
  /** At the beginning. */
  readonly rows: number;
  /** Between two of them. */
  readonly cadenceMinutes: number;
}

export type WorldEvent = PlainEvent | OddEvent;

export type PlainEvent =
  /** So many syncs start, a millisecond apart: a burst moves a kept cursor by pages. */
  | { readonly kind: 'start'; readonly integration: number; readonly syncs: number }
  /** The oldest rows are removed. */
  | { readonly kind: 'purge'; readonly integration: number; readonly rows: number }
  /** A row that can't be placed: an index into `hostileRows`. */
  | { readonly kind: 'hostile'; readonly integration: number; readonly row: number }
  /** The integration is removed, unless it is the last one. */
  | { readonly kind: 'remove'; readonly integration: number };

/** What an honest source would not do; `down` counts rows from the newest. */
export type OddEvent =
  /** A sync that started so long ago is listed from now on. */
  | { readonly kind: 'late row'; readonly integration: number; readonly minutes: number }
  /** A sync is listed that starts so long from now. */
  | { readonly kind: 'row ahead'; readonly integration: number; readonly hours: number }
  /** Two neighbours are served in the wrong order from now on. */
  | { readonly kind: 'swapped rows'; readonly integration: number; readonly down: number }
  /** A final row changes: it was tried again. */
  | { readonly kind: 'changed row'; readonly integration: number; readonly down: number }
  /** A final row is running again, for ten minutes. */
  | { readonly kind: 'reopened row'; readonly integration: number; readonly down: number }
  /** A second sync with the start of another one. */
  | { readonly kind: 'twins'; readonly integration: number; readonly down: number }
  /** The newest sync ends with a status that nobody knew, and without a finish time. */
  | { readonly kind: 'strange status'; readonly integration: number };

export type OddKind = OddEvent['kind'];

/** What happens at the exporter's place. */
export type SiteEvent =
  /** The object of one day is gone from the lake: an index into those that are there. */
  | { readonly kind: 'lost object'; readonly object: number }
  /** Its clock is set: ahead, or back. */
  | { readonly kind: 'clock steps'; readonly minutes: number };

/** An event between two requests of a run. */
export interface TimedEvent {
  /** Requests since the event before. */
  readonly requests: number;
  readonly event: WorldEvent | SiteEvent;
}

export const hostileRows: readonly string[] = [
  '5',
  'null',
  '{"job_status":"success"}',
  '{"job_status":"success","sync_start_time":1790000000}',
  '{"sync_start_time":"2026-01-01 00:00:00 CET","job_status":"success"}',
  '{"sync_start_time":"2019-01-01T00:00:00Z","job_status":"success"}',
];
