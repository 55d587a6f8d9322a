/** What is known of a workspace beside its lease: where its data comes from, and how far its list was read. */
import * as z from 'zod';
import { instantOf } from '../rows/instant.ts';
import type { StandingFacts } from '../standing/facts.ts';
import type { Cursor } from '../walk/page.ts';
import { entriesOf, moment, time, timeOf } from './fields.ts';
import { incidentsData, incidentsFields } from './standing-record.ts';

/** In place of a host: the bundled simulated Braze, which has another port at each start. */
export const simulatedSource = 'simulated';

/** The one source that a workspace and its part of the lake belong to. */
export interface Source {
  /** The endpoint's host, or `simulated`; null: not known. */
  readonly host: string | null;
  /** The Braze workspace's own id; null: not known. */
  readonly appGroupId: string | null;
}

/** A reading of the list of integrations that takes longer than a run. */
export interface ListReading {
  /** In milliseconds; names the reading in the records of those that it has named. */
  readonly began: number;
  /** The page to go on from. */
  readonly place: Cursor;
}

export interface WorkspaceFacts {
  /** Null: no run has seen one yet. */
  source: Source | null;
  /** Null: the next reading begins at the beginning. */
  listReading: ListReading | null;
  /**
   * A run has begun and not said yet that its records tell all that it has written to the lake: it is still under way,
   * or was killed.
   */
  isLakeAhead: boolean;
  /**
   * Months of the table `days`, `YYYY-MM`, that may say less than the days do: see `lambda/run/month-commit.ts`. `all`
   * where an earlier version has written the lake; null: it is not known yet whether there is one.
   */
  monthsBehind: readonly string[] | 'all' | null;
  /** The table `changes` may be ahead of `integrations`, or is not there yet: see `lambda/run/change-log.ts`. */
  areChangesAhead: boolean;
  /**
   * The integrations that the last run had to hold back, and since when each has been, in milliseconds. Of these the
   * lake may have more than their records tell.
   */
  heldBack: ReadonlyMap<string, number>;
  /**
   * Until then a run may still be at work that has lost its lease, in milliseconds: what it has sent before may come
   * into the lake whenever it likes, and behind the back of a run that ends before. Null: there is none.
   */
  overtakenUntil: number | null;
  /** Since when each run was refused by all, or answered by nobody, in milliseconds; null: the last one was not. */
  deniedSince: number | null;
  /** Of the workspace itself (null), and of integrations whose own records can't be written. */
  incidents: ReadonlyMap<string | null, Incidents>;
}

export type Incidents = Pick<StandingFacts, 'open' | 'outbox'>;

/** So many are named; where there are more, the lake is taken to be ahead of all. */
export const mostHeldBack = 100;

export const newWorkspaceFacts = (): WorkspaceFacts => ({
  source: null,
  listReading: null,
  isLakeAhead: true,
  monthsBehind: null,
  areChangesAhead: true,
  heldBack: new Map(),
  overtakenUntil: null,
  deniedSince: null,
  incidents: new Map(),
});

/** As they stand in the workspace's record. */
export const factsFields = {
  source: z
    .object({ host: z.string().nullable(), app_group_id: z.string().nullable() })
    .strict()
    .nullable()
    .default(null),
  list_reading: z
    .object({ began: z.iso.datetime().transform((text) => Date.parse(text)), place: z.string() })
    .strict()
    .nullable()
    .default(null),
  // Before format 3 nobody took it down.
  lake_ahead: z.boolean().default(true),
  // Before format 4 nobody wrote that table.
  months_behind: z
    .union([z.array(z.string().regex(/^\d{4}-\d\d$/)), z.literal('all')])
    .nullable()
    .default('all'),
  changes_ahead: z.boolean().default(true),
  held_back: entriesOf(moment).default([]),
  overtaken_until: time.default(null),
  denied_since: time.default(null),
  incidents: z
    .array(z.object({ integration_id: z.string().nullable(), ...incidentsFields }).strict())
    .default([]),
};

interface StoredFacts {
  readonly source: { readonly host: string | null; readonly app_group_id: string | null } | null;
  readonly list_reading: ListReading | null;
  readonly lake_ahead: boolean;
  readonly months_behind: readonly string[] | 'all' | null;
  readonly changes_ahead: boolean;
  readonly held_back: readonly (readonly [string, number])[];
  readonly overtaken_until: number | null;
  readonly denied_since: number | null;
  readonly incidents: readonly ({ readonly integration_id: string | null } & Incidents)[];
}

export function readFacts({ source, list_reading, lake_ahead, ...stored }: StoredFacts): WorkspaceFacts {
  return {
    source: source && { host: source.host, appGroupId: source.app_group_id },
    listReading: list_reading,
    isLakeAhead: lake_ahead,
    monthsBehind: stored.months_behind,
    areChangesAhead: stored.changes_ahead,
    heldBack: new Map(stored.held_back),
    overtakenUntil: stored.overtaken_until,
    deniedSince: stored.denied_since,
    incidents: new Map(stored.incidents.map(({ integration_id, ...each }) => [integration_id, each])),
  };
}

export function factsData({
  source,
  listReading,
  isLakeAhead,
  monthsBehind,
  areChangesAhead,
  heldBack,
  overtakenUntil,
  deniedSince,
  incidents,
}: WorkspaceFacts): Record<keyof StoredFacts, unknown> {
  return {
    source: source && { host: source.host, app_group_id: source.appGroupId },
    list_reading: listReading && {
      began: new Date(listReading.began).toISOString(),
      place: listReading.place,
    },
    lake_ahead: isLakeAhead,
    months_behind: monthsBehind,
    changes_ahead: areChangesAhead,
    held_back: Object.fromEntries([...heldBack].map(([id, since]) => [id, instantOf(since)])),
    overtaken_until: timeOf(overtakenUntil),
    denied_since: timeOf(deniedSince),
    incidents: [...incidents].map(([integration_id, each]) => ({ integration_id, ...incidentsData(each) })),
  };
}
