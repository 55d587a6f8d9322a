/** What is kept of an integration between runs. */
import * as z from 'zod';
import { type Instant, instantOf } from '../rows/instant.ts';
import { newStandingFacts, type StandingFacts } from '../standing/facts.ts';
import type { GapEdge } from '../standing/gap-at-risk.ts';
import { type History, newHistory, type OpenSync, type SecondLook } from '../walk/history.ts';
import { newScans } from '../walk/scans.ts';
import type { CheckpointRecord } from './checkpoint-store.ts';
import { withDefaults, withoutDefaults } from './defaults.ts';
import { cursor, instant, moment, time, timeOf } from './fields.ts';
import { readFormat } from './format.ts';
import { scansData, scansSchema } from './scans-record.ts';
import { factsData, factsFields } from './standing-record.ts';

/** Counts up when a record of the format before would be misread, or refused by the program before. */
export const integrationFormat = 4;

/**
 * A record takes no more than this: DynamoDB refuses an item of more than 400 KB, and each run reads and writes all
 * of it. What can grow are the open syncs, of which the oldest are given up then; some 5,000 fit.
 */
export const mostRecordBytes = 200_000;

export const integrationItem = (integrationId: string): string => `integration#${integrationId}`;

export const newIntegrationState = (integrationId: string): IntegrationState => ({
  integrationId,
  history: newHistory(),
  condition: 'present',
  failure: null,
  checkedAt: null,
  missingSince: null,
  namedInReading: null,
  standing: newStandingFacts(),
  gapEdge: null,
  finished: [],
  quarantineEmptyAt: null,
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
  /** What is known of its syncs to say how it stands. */
  standing: StandingFacts;
  /** Where reading has to go on below what is known; null: nothing is missing. */
  gapEdge: GapEdge | null;
  /** Syncs that have finished and that nobody could be told of yet, where somebody wants to be: their starts. */
  finished: readonly Instant[];
  /**
   * When its quarantine was seen to be empty, in milliseconds, where nothing was put into it since; null: it has to be
   * looked at.
   */
  quarantineEmptyAt: number | null;
}

const look = z.object({
  last: time,
  current: z.object({ until: instant, began: moment, place: cursor }).nullable(),
});

/** Open syncs that were last read together: the page that they stood on is named once. */
const openPage = z.object({ place: cursor, asked: time, again: z.boolean(), starts: z.array(instant) });
type OpenPage = z.output<typeof openPage>;

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
    opens: z.array(openPage),
    abandoned: z.record(z.string(), z.number().int().positive()),
    given_up_to: instant.nullable(),
    doubt: z.object({ kind: z.enum(['emptied', 'cut_short', 'moved_back']), since: moment }).nullable(),
    lost_gaps: z.number().int().nonnegative(),
    late_rows: z.number().int().nonnegative(),
    looks: z.object({ day: look, week: look, month: look, asked: look }),
    rechecked_at: time,
    condition: z.enum(['present', 'failing', 'gone']),
    failure: z.string().nullable(),
    checked_at: time,
    missing_since: time,
    named_in_reading: time,
    standing: factsFields,
    gap_edge: z.object({ at: moment, since: moment }).nullable(),
    finished: z.array(instant),
    quarantine_empty_at: time,
  })
  .strict();

const format1 = z.looseObject({
  format: z.literal(1),
  stretches: z.array(z.looseObject({})),
  opens: z.array(z.object({ start: z.string(), place: cursor })),
});

const format2 = z.looseObject({ format: z.literal(2) });

const notYet = { last: null, current: null };

/** A record of format 2 knows nothing of how its integration stands: the lake does. */
function fromFormat2(data: unknown): unknown {
  const record = format2.safeParse(data);
  if (!record.success) return data;
  const standing = factsData({ ...newStandingFacts(), stale: true });
  return { ...record.data, format: 3, standing, gap_edge: null, finished: [] };
}

const format3 = z.looseObject({ format: z.literal(3) });

/** Nobody took down whether there is something in quarantine. */
function fromFormat3(data: unknown): unknown {
  const record = format3.safeParse(data);
  return record.success ? { ...record.data, format: 4, quarantine_empty_at: null } : data;
}

const format4 = z.looseObject({ format: z.literal(4) });

/** What was left out, since it says nothing. */
function fromFormat4(data: unknown): unknown {
  const record = format4.safeParse(data);
  return record.success ? withDefaults(record.data, defaults) : data;
}

/**
 * What a record of format 1 did not have: nothing was doubted, lost, late or looked at again. The place that a scan had
 * come to says nothing without what the scan had met: it begins anew.
 */
function fromFormat1(data: unknown): unknown {
  const record = format1.safeParse(data);
  if (!record.success) return data;
  const { gone, failing, stretches, opens, sweep_place: _, ...rest } = record.data;
  return {
    ...rest,
    format: 2,
    stretches: stretches.map((stretch) => ({ ...stretch, deadEnd: false })),
    scans: newScans(),
    opens: opens.map(({ start, place }) => ({ place, asked: null, again: false, starts: [start] })),
    given_up_to: null,
    doubt: null,
    lost_gaps: 0,
    late_rows: 0,
    looks: { day: notYet, week: notYet, month: notYet, asked: notYet },
    rechecked_at: null,
    condition: gone ? 'gone' : failing ? 'failing' : 'present',
    missing_since: null,
    named_in_reading: null,
  };
}

// Made once: zod compiles a schema when it is used first, which takes longer than to read a record.
const schemaOfAnyFormat = z.preprocess(
  (data) => fromFormat4(fromFormat3(fromFormat2(fromFormat1(data)))),
  schema,
);

/** @throws {Damaged} */
export function readIntegrationState(record: CheckpointRecord): IntegrationState {
  const { integration_id, condition, failure, checked_at, format, ...rest } = readFormat(
    schemaOfAnyFormat,
    integrationFormat,
    record,
  );
  const { missing_since, named_in_reading, standing, gap_edge, finished, quarantine_empty_at, ...kept } =
    rest;
  const { head_at, opens, given_up_to, lost_gaps, late_rows, rechecked_at, ...history } = kept;
  return {
    integrationId: integration_id,
    history: {
      ...history,
      headAt: head_at,
      opens: opens.flatMap(({ place, asked, again, starts }) =>
        starts.map((start) => ({ start, place, askedAt: asked ?? undefined, ...(again ? { again } : {}) })),
      ),
      givenUpTo: given_up_to,
      lostGaps: lost_gaps,
      lateRows: late_rows,
      recheckedAt: rechecked_at,
    },
    condition,
    failure,
    checkedAt: checked_at,
    missingSince: missing_since,
    namedInReading: named_in_reading,
    standing,
    gapEdge: gap_edge,
    finished,
    quarantineEmptyAt: quarantine_empty_at,
  };
}

export function integrationData(state: IntegrationState): unknown {
  return {
    format: integrationFormat,
    integration_id: state.integrationId,
    ...withoutDefaults(fieldsOf(state), defaults),
  };
}

/** What a record of format 4 says by leaving it out: a change here needs a format of its own. */
const defaults = fieldsOf(newIntegrationState(''));

/** All fields but the format and the integration's id. */
function fieldsOf(state: IntegrationState): Readonly<Record<string, unknown>> {
  const { headAt, scans, opens, givenUpTo, ...others } = state.history;
  const { lostGaps, lateRows, recheckedAt, doubt, looks, ...history } = others;
  return {
    ...history,
    head_at: timeOf(headAt),
    scans: scansData(scans),
    opens: openPages(opens).map(({ asked, ...page }) => ({ ...page, asked: timeOf(asked) })),
    given_up_to: givenUpTo,
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
    missing_since: timeOf(state.missingSince),
    named_in_reading: timeOf(state.namedInReading),
    standing: factsData(state.standing),
    gap_edge: state.gapEdge && { at: instantOf(state.gapEdge.at), since: instantOf(state.gapEdge.since) },
    finished: state.finished,
    quarantine_empty_at: timeOf(state.quarantineEmptyAt),
  };
}

function openPages(opens: readonly OpenSync[]): OpenPage[] {
  const pages = new Map<string, OpenPage>();
  for (const { start, place, askedAt: asked = null, again = false } of opens) {
    const key = JSON.stringify([place, asked, again]);
    const page = pages.get(key) ?? { place, asked, again, starts: [] };
    pages.set(key, page);
    page.starts.push(start);
  }
  return [...pages.values()];
}

function lookData({ last, current }: SecondLook): unknown {
  return { last: timeOf(last), current: current && { ...current, began: instantOf(current.began) } };
}
