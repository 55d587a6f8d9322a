/** What is kept of an integration between runs. */
import * as z from 'zod';
import { type Instant, instantOf, millisecondsOf, parseInstant } from '../rows/instant.ts';
import { type History, newHistory } from '../walk/history.ts';
import type { CheckpointRecord } from './checkpoint-store.ts';
import { readFormat } from './format.ts';

/** Counts up when a record of the format before would be misread, or refused by the program before. */
export const integrationFormat = 2;

export const integrationItem = (integrationId: string): string => `integration#${integrationId}`;

export const newIntegrationState = (integrationId: string): IntegrationState => ({
  integrationId,
  history: newHistory(),
  condition: 'present',
  failure: null,
  checkedAt: null,
  missingSince: null,
  namedInReading: null,
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
  /** When the first of the readings of the list began that have not named it, in milliseconds; null: it is named. */
  missingSince: number | null;
  /** When the reading of the list began that has named it and was left for the next run; null: none was left. */
  namedInReading: number | null;
}

const instant = z.string().transform((text, context) => {
  const parsed = parseInstant(`${text}Z`);
  if (parsed !== undefined && parsed === text) return parsed;
  context.addIssue({ code: 'custom', message: 'not an instant' });
  return z.NEVER;
});

const time = instant.transform(millisecondsOf).nullable();
const cursor = z.string().nullable();

const schema = z
  .object({
    format: z.literal([1, integrationFormat]),
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
      }),
    ),
    empty: z.boolean(),
    head_at: time,
    tail: cursor,
    sweep_place: cursor,
    opens: z.array(z.object({ start: instant, place: cursor })),
    abandoned: z.record(z.string(), z.number().int().positive()),
    gone: z.boolean(),
    failing: z.boolean(),
    failure: z.string().nullable(),
    checked_at: time,
    missing_since: time.default(null),
    named_in_reading: time.default(null),
  })
  .strict();

/** @throws {Damaged} */
export function readIntegrationState(record: CheckpointRecord): IntegrationState {
  const { integration_id, gone, failing, failure, checked_at, head_at, sweep_place, format, ...kept } =
    readFormat(schema, integrationFormat, record);
  const { missing_since, named_in_reading, ...rest } = kept;
  return {
    integrationId: integration_id,
    history: { ...rest, headAt: head_at, sweepPlace: sweep_place },
    condition: gone ? 'gone' : failing ? 'failing' : 'present',
    failure,
    checkedAt: checked_at,
    missingSince: missing_since,
    namedInReading: named_in_reading,
  };
}

export function integrationData(state: IntegrationState): unknown {
  const { headAt, sweepPlace, ...history } = state.history;
  return {
    format: integrationFormat,
    integration_id: state.integrationId,
    ...history,
    head_at: timeOf(headAt),
    sweep_place: sweepPlace,
    gone: state.condition === 'gone',
    failing: state.condition === 'failing',
    failure: state.failure,
    checked_at: timeOf(state.checkedAt),
    missing_since: timeOf(state.missingSince),
    named_in_reading: timeOf(state.namedInReading),
  };
}

function timeOf(milliseconds: number | null): Instant | null {
  return milliseconds === null ? null : instantOf(milliseconds);
}
