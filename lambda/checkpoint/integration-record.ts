/** What is kept of an integration between runs. */
import * as z from 'zod';
import { instantOf } from '../rows/instant.ts';
import { type History, newHistory, type SecondLook } from '../walk/history.ts';
import { newScans } from '../walk/scans.ts';
import type { CheckpointRecord } from './checkpoint-store.ts';
import { cursor, instant, moment, time, timeOf } from './fields.ts';
import { readFormat } from './format.ts';
import { scansData, scansSchema } from './scans-record.ts';

/** Counts up when a record of the format before would be misread. */
export const integrationFormat = 2;

export const integrationItem = (integrationId: string): string => `integration#${integrationId}`;

export const newIntegrationState = (integrationId: string): IntegrationState => ({
  integrationId,
  history: newHistory(),
  condition: 'present',
  failure: null,
  checkedAt: null,
});

export interface IntegrationState {
  readonly integrationId: string;
  readonly history: History;
  /** `failing`: the last run could not export it. `gone`: no longer listed or known at the source. */
  condition: 'present' | 'failing' | 'gone';
  /** Why not, or what keeps its history from becoming whole; a sentence for a person. */
  failure: string | null;
  /** When it was last asked for, in milliseconds; null: never. */
  checkedAt: number | null;
}

const look = z.object({
  last: time,
  current: z.object({ until: instant, began: moment, place: cursor }).nullable(),
});

const schema = z
  .object({
    format: z.literal(integrationFormat),
    integration_id: z.string(),
    order: z.enum(['newest_first', 'oldest_first', 'unordered']).nullable(),
    proved: z.boolean(),
    stretches: z.array(
      z.object({
        newest: instant,
        oldest: instant,
        place: cursor,
        closed: z.boolean(),
        refused: z.boolean(),
        deadEnd: z.boolean(),
      }),
    ),
    empty: z.boolean(),
    head_at: time,
    tail: cursor,
    scans: scansSchema,
    opens: z.array(z.object({ start: instant, place: cursor })),
    abandoned: z.record(z.string(), z.number().int().positive()),
    doubt: z.object({ kind: z.enum(['emptied', 'cut_short', 'moved_back']), since: moment }).nullable(),
    lost_gaps: z.number().int().nonnegative(),
    late_rows: z.number().int().nonnegative(),
    looks: z.object({ day: look, week: look, month: look, asked: look }),
    rechecked_at: time,
    condition: z.enum(['present', 'failing', 'gone']),
    failure: z.string().nullable(),
    checked_at: time,
  })
  .strict();

const notYet = { last: null, current: null };

/**
 * What a record of format 1 did not have: nothing was doubted, lost, late or looked at again. The place that a scan had
 * come to says nothing without what the scan had met: it begins anew.
 */
function fromFormat1(data: unknown): unknown {
  const record = z
    .looseObject({ format: z.literal(1), stretches: z.array(z.looseObject({})) })
    .safeParse(data);
  if (!record.success) return data;
  const { gone, failing, stretches, sweep_place: _, ...rest } = record.data;
  return {
    ...rest,
    format: integrationFormat,
    stretches: stretches.map((stretch) => ({ ...stretch, deadEnd: false })),
    scans: newScans(),
    doubt: null,
    lost_gaps: 0,
    late_rows: 0,
    looks: { day: notYet, week: notYet, month: notYet, asked: notYet },
    rechecked_at: null,
    condition: gone ? 'gone' : failing ? 'failing' : 'present',
  };
}

/** @throws {Damaged} */
export function readIntegrationState(record: CheckpointRecord): IntegrationState {
  const { integration_id, condition, failure, checked_at, format, ...rest } = readFormat(
    z.preprocess(fromFormat1, schema),
    integrationFormat,
    record,
  );
  const { head_at, lost_gaps, late_rows, rechecked_at, ...history } = rest;
  return {
    integrationId: integration_id,
    history: {
      ...history,
      headAt: head_at,
      lostGaps: lost_gaps,
      lateRows: late_rows,
      recheckedAt: rechecked_at,
    },
    condition,
    failure,
    checkedAt: checked_at,
  };
}

export function integrationData(state: IntegrationState): unknown {
  const { headAt, scans, lostGaps, lateRows, recheckedAt, doubt, looks, ...history } = state.history;
  return {
    format: integrationFormat,
    integration_id: state.integrationId,
    ...history,
    head_at: timeOf(headAt),
    scans: scansData(scans),
    doubt: doubt && { ...doubt, since: instantOf(doubt.since) },
    lost_gaps: lostGaps,
    late_rows: lateRows,
    looks: {
      day: lookData(looks.day),
      week: lookData(looks.week),
      month: lookData(looks.month),
      asked: lookData(looks.asked),
    },
    rechecked_at: timeOf(recheckedAt),
    condition: state.condition,
    failure: state.failure,
    checked_at: timeOf(state.checkedAt),
  };
}

function lookData({ last, current }: SecondLook): unknown {
  return { last: timeOf(last), current: current && { ...current, began: instantOf(current.began) } };
}
