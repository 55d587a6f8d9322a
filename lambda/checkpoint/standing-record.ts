/** The facts as they stand in the checkpoint record of their integration. */
import * as z from 'zod';
import { instantOf } from '../rows/instant.ts';
import type { StandingFacts } from '../standing/facts.ts';
import type { OpenIncident, OutboxEntry } from '../standing/incident.ts';
import { newRuns, type Runs } from '../standing/runs.ts';
import { defaultSettings } from '../standing/settings.ts';
import { incidentKinds, traps } from '../standing/standing.ts';
import { moment, time, timeOf } from './fields.ts';
import * as compact from './standing-cells.ts';

const whole = z.number().int();
const since = moment;
const run = z.object({ since, count: whole });
const fault = z.object({ since, quiet: whole }).nullable().default(null);
const runs = z
  .object({
    watermark: z.object({ at: moment, start: moment }),
    empty: run,
    standing: run.extend({ at: moment }),
    ahead: run.extend({ byMs: whole, stood: whole, moved: whole }),
    whole: run.extend({ rows: compact.count }),
    boundary: run.extend({ last: moment }),
    nearLimit: run.extend({ firstMs: whole, newestMs: whole }),
  })
  .partial()
  .transform((found): Runs => ({ ...newRuns(), ...withoutUndefined(found) }));

const incident = z.object({
  id: z.string(),
  kind: z.enum(incidentKinds),
  trap: z.enum(traps).nullable(),
  since,
  reason: z.string(),
});
const openIncident: z.ZodType<OpenIncident> = incident.extend({
  told: z.boolean(),
  heardBy: z.array(z.string()).optional(),
});
const entry: z.ZodType<OutboxEntry> = z.object({
  notice: incident.extend({ event: z.enum(['raised', 'resolved']), at: moment }),
  sinks: z.array(z.string()),
});

const habit = z
  .object({
    day: z.iso.date(),
    from: time.default(null),
    usualMs: whole.nullable().default(null),
    isSteady: z.boolean().default(true),
    pauses: compact.pauses.default([]),
    longestMs: whole.nullable().default(null),
    p95Ms: whole.nullable().default(null),
    runs: compact.runHabit,
  })
  .transform((found) => ({ ...found, pauses: compact.pausesOfData(found.day, found.pauses) }));

const older = z.object({
  to: time.default(null),
  data: compact.starts.default([]),
  lastSuccess: time.default(null),
  streak: z.object({ count: whole, since }).nullable().default(null),
  failed: fault,
  refused: fault,
  lastRefused: time.default(null),
  runs: runs.prefault({}),
});

const rest = z.object({ since, last: moment, until: time.default(null) });
const promise = z.object({
  pending: time.default(null),
  record: z.string().default(''),
  missed: time.default(null),
  rest: rest.nullable().default(null),
});

/** What is open, and what of it waits to be told. */
export const incidentsFields = {
  open: z.array(openIncident).default([]),
  outbox: z.array(entry).default([]),
};

/** Of the record, the field `standing`. What is not there is as in an integration of which nothing is known yet. */
export const factsFields = z
  .object({
    refusedShare: z.number().default(defaultSettings.refusedShare),
    stale: z.boolean().default(false),
    recent: z.array(compact.sync).default([]),
    older: older.prefault({}),
    habit: habit.nullable().default(null),
    before: z.record(z.string(), compact.runHabit).default({}),
    promise: promise.prefault({}),
    unreadableSince: time.default(null),
    ...incidentsFields,
  })
  .strict();

/**
 * What is written of them. Every run writes the record of every integration, and the table's price is by the kilobyte:
 * so what says nothing is left out, whatever its depth.
 */
export function factsData(facts: StandingFacts): unknown {
  const { older, habit, promise, refusedShare } = facts;
  return sayingSomething({
    refusedShare: refusedShare === defaultSettings.refusedShare ? null : refusedShare,
    stale: facts.stale || null,
    recent: facts.recent.map(compact.syncData),
    older: sayingSomething({
      to: timeOf(older.to),
      data: compact.startsData(older.data),
      lastSuccess: timeOf(older.lastSuccess),
      streak: sinceData(older.streak),
      failed: sinceData(older.failed),
      refused: sinceData(older.refused),
      lastRefused: timeOf(older.lastRefused),
      runs: runsData(older.runs),
    }),
    habit:
      habit &&
      sayingSomething({
        ...habit,
        from: timeOf(habit.from),
        isSteady: habit.isSteady ? null : false,
        pauses: compact.pausesData(habit.day, habit.pauses),
        runs: compact.runHabitData(habit.runs),
      }),
    before: Object.fromEntries(
      Object.entries(facts.before).map(([day, found]) => [day, compact.runHabitData(found)]),
    ),
    promise: sayingSomething({
      pending: timeOf(promise.pending),
      record: promise.record || null,
      missed: timeOf(promise.missed),
      rest: promise.rest && {
        since: instantOf(promise.rest.since),
        last: instantOf(promise.rest.last),
        until: timeOf(promise.rest.until),
      },
    }),
    unreadableSince: timeOf(facts.unreadableSince),
    ...incidentsData(facts),
  });
}

export function incidentsData({ open, outbox }: Pick<StandingFacts, 'open' | 'outbox'>) {
  return {
    open: open.map(sinceData),
    outbox: outbox.map(({ notice, sinks }) => ({
      notice: { ...notice, since: instantOf(notice.since), at: instantOf(notice.at) },
      sinks,
    })),
  };
}

const sinceData = <T extends { readonly since: number }>(value: T | null) =>
  value && { ...value, since: instantOf(value.since) };

function runsData({ watermark, whole, boundary, standing, ...others }: Runs): unknown {
  return sayingSomething({
    watermark: watermark && { at: instantOf(watermark.at), start: instantOf(watermark.start) },
    whole: whole && { ...sinceData(whole), rows: compact.countData(whole.rows) },
    boundary: boundary && { ...sinceData(boundary), last: instantOf(boundary.last) },
    empty: sinceData(others.empty),
    standing: standing && { ...sinceData(standing), at: instantOf(standing.at) },
    ahead: sinceData(others.ahead),
    nearLimit: sinceData(others.nearLimit),
  });
}

/** Without members that are null or empty. */
function sayingSomething(fields: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  );
}

function withoutUndefined<T extends object>(found: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as never;
}
