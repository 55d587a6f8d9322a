/** The facts as they stand in the checkpoint record of their integration. */
import * as z from 'zod';
import { instantOf } from '../rows/instant.ts';
import type { StandingFacts } from '../standing/facts.ts';
import type { OpenIncident, OutboxEntry } from '../standing/incident.ts';
import { newRuns, type Runs } from '../standing/runs.ts';
import { type IncidentKind, traps } from '../standing/standing.ts';
import { moment, time, timeOf } from './fields.ts';
import * as compact from './standing-cells.ts';

const kinds = [
  'failed',
  'refused',
  'late',
  'stuck',
  'trap',
  'gone',
  'gap_at_risk',
  'not_exported',
] as const satisfies readonly IncidentKind[];

const whole = z.number().int();
const since = moment;
const run = z.object({ since, count: whole });
const fault = z.object({ since, quiet: whole }).nullable();
/** Runs that are not under way are left out. */
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
  kind: z.enum(kinds),
  trap: z.enum(traps).nullable(),
  since,
  reason: z.string(),
});
const openIncident: z.ZodType<OpenIncident> = incident.extend({ told: z.boolean() });
const entry: z.ZodType<OutboxEntry> = z.object({
  notice: incident.extend({ event: z.enum(['raised', 'resolved']), at: moment }),
  sinks: z.array(z.string()),
});

const habit = z
  .object({
    day: z.iso.date(),
    from: time,
    usualMs: whole.nullable(),
    isSteady: z.boolean(),
    pauses: compact.pauses,
    longestMs: whole.nullable(),
    p95Ms: whole.nullable(),
    runs: compact.runHabit,
  })
  .transform((found) => ({ ...found, pauses: compact.pausesOfData(found.day, found.pauses) }));

/** Of the record, the field `standing`. */
export const factsFields = z
  .object({
    refusedShare: z.number(),
    stale: z.boolean(),
    recent: z.array(compact.sync),
    older: z.object({
      to: time,
      data: compact.starts,
      lastSuccess: time,
      streak: z.object({ count: whole, since }).nullable(),
      failed: fault,
      refused: fault,
      lastRefused: time,
      runs,
    }),
    habit: habit.nullable(),
    before: z.record(z.string(), compact.runHabit),
    promise: z.object({
      pending: time,
      record: z.string(),
      rest: z.object({ since, last: moment, until: time }).nullable(),
    }),
    open: z.array(openIncident),
    outbox: z.array(entry),
  })
  .strict();

/** The facts of a record's field. @throws {z.ZodError} */
export const readFacts = (data: unknown): StandingFacts => factsFields.parse(data);

/** What is written of them. */
export function factsData(facts: StandingFacts): unknown {
  const { older, habit, promise } = facts;
  return {
    refusedShare: facts.refusedShare,
    stale: facts.stale,
    recent: facts.recent.map(compact.syncData),
    older: {
      to: timeOf(older.to),
      data: compact.startsData(older.data),
      lastSuccess: timeOf(older.lastSuccess),
      streak: sinceData(older.streak),
      failed: sinceData(older.failed),
      refused: sinceData(older.refused),
      lastRefused: timeOf(older.lastRefused),
      runs: runsData(older.runs),
    },
    habit: habit && {
      ...habit,
      from: timeOf(habit.from),
      pauses: compact.pausesData(habit.day, habit.pauses),
      runs: compact.runHabitData(habit.runs),
    },
    before: Object.fromEntries(
      Object.entries(facts.before).map(([day, found]) => [day, compact.runHabitData(found)]),
    ),
    promise: {
      ...promise,
      pending: timeOf(promise.pending),
      rest: promise.rest && {
        since: instantOf(promise.rest.since),
        last: instantOf(promise.rest.last),
        until: timeOf(promise.rest.until),
      },
    },
    open: facts.open.map(sinceData),
    outbox: facts.outbox.map(({ notice, sinks }) => ({
      notice: { ...notice, since: instantOf(notice.since), at: instantOf(notice.at) },
      sinks,
    })),
  };
}

const sinceData = <T extends { readonly since: number }>(value: T | null) =>
  value && { ...value, since: instantOf(value.since) };

function runsData({ watermark, whole, boundary, standing, ...others }: Runs): unknown {
  const data = {
    watermark: watermark && { at: instantOf(watermark.at), start: instantOf(watermark.start) },
    whole: whole && { ...sinceData(whole), rows: compact.countData(whole.rows) },
    boundary: boundary && { ...sinceData(boundary), last: instantOf(boundary.last) },
    empty: sinceData(others.empty),
    standing: standing && { ...sinceData(standing), at: instantOf(standing.at) },
    ahead: sinceData(others.ahead),
    nearLimit: sinceData(others.nearLimit),
  };
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

function withoutUndefined<T extends object>(found: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as never;
}
