/** What an integration's record says, as far as the lake can be held against it. Formats 1 to 4. */
import { cellOf, timeIn } from '../rows/time.ts';
import type { Cells } from '../tables/line.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './fields.ts';
import { recentOf } from './recent-syncs.ts';

export interface Stretch {
  readonly newest: string;
  readonly oldest: string;
  readonly closed: boolean;
}

export interface IntegrationState {
  readonly integrationId: string;
  readonly format: number;
  readonly stretches: readonly Stretch[];
  /** Starts of syncs that are not final. */
  readonly opens: readonly string[];
  readonly abandoned: number;
  /** When its newest syncs were last read, as a cell. */
  readonly readAt: readonly (string | null)[];
  /** Up to when it is whole, as a cell; null: it was never read. */
  readonly headAt: string | null;
  readonly checkedAt: string | null;
  /** Columns of coverage that follow from the record alone. */
  readonly coverage: Cells;
  readonly isGone: boolean;
  /** What its syncs add up to has to be made anew: nothing is said by it yet. */
  readonly standingIsStale: boolean;
  readonly refusedShare: number | undefined;
  /** It rests, or has: what was before is not counted against it. */
  readonly hasRested: boolean;
  /** By what it says, nothing is in quarantine. */
  readonly isQuarantineEmpty: boolean;
  /** Ids of its incidents that are open. */
  readonly incidents: readonly string[];
  /** Its newest syncs, the oldest of them first, each in a text: see `recentOf`. */
  readonly recent: readonly string[];
}

export const knownIntegrationFormat = 4;
export const knownWorkspaceFormat = 4;

/** Of what is read here, what a record says since format 4 by leaving it out. */
const unsaid: Fields = {
  stretches: [],
  opens: [],
  abandoned: {},
  head_at: null,
  checked_at: null,
  quarantine_empty_at: null,
  condition: 'present',
};

/** @returns what is wrong with it, where it can't be read. */
export function integrationState(found: Fields): IntegrationState | string {
  const format = numberOf(found.format) ?? 0;
  const data: Fields = format < 4 ? { quarantine_empty_at: null, ...found } : { ...unsaid, ...found };
  const integrationId = textOf(data.integration_id);
  if (integrationId === undefined) return 'names no integration';
  if (!Array.isArray(data.stretches) || !Array.isArray(data.opens))
    return 'has no stretches or no open syncs';
  const stretches: Stretch[] = [];
  for (const each of data.stretches) {
    const { newest, oldest, closed } = fieldsOf(each);
    if (!isInstant(newest) || !isInstant(oldest) || typeof closed !== 'boolean')
      return `has a stretch that is none: ${JSON.stringify(each).slice(0, 80)}`;
    stretches.push({ newest, oldest, closed });
  }
  for (const name of ['head_at', 'checked_at', 'quarantine_empty_at'])
    if (data[name] !== null && !isInstant(data[name])) return `has no time in ${name}`;
  const opens = listOf(data.opens).flatMap(opensOf);
  if (!opens.every(isInstant)) return 'has an open sync without a start';
  const counts = Object.values(fieldsOf(data.abandoned));
  if (!counts.every((count) => Number.isSafeInteger(count) && Number(count) > 0))
    return 'counts abandoned syncs wrongly';
  const condition = conditionOf(data);
  if (condition === undefined) return 'has no condition that is known';
  const abandoned = counts.reduce<number>((sum, count) => sum + Number(count), 0);
  const standing = fieldsOf(data.standing);
  const state = { integrationId, format, stretches, opens, abandoned };
  return {
    ...state,
    readAt: readAtOf(data, stretches),
    headAt: timeCell(data.head_at),
    checkedAt: timeCell(data.checked_at),
    coverage: coverageOf(data, state, condition),
    isGone: condition === 'gone',
    standingIsStale: format < 3 || standing.stale === true,
    refusedShare: numberOf(standing.refusedShare),
    hasRested: fieldsOf(standing.promise).rest !== undefined,
    isQuarantineEmpty: timeCell(data.quarantine_empty_at) !== null,
    incidents: incidentIds(standing.open),
    recent: listOf(standing.recent).map(recentOf),
  };
}

/**
 * Where all of its rows have left Braze, `head_at` stays: nobody knows what came and went. It is still asked for. A list in
 * no order is whole up to the pass before the last one; it is judged by that, as an earlier version did, by the last one,
 * or by its first page, where that shows the newest syncs.
 */
function readAtOf(data: Fields, stretches: readonly Stretch[]): (string | null)[] {
  const { headAt: firstPageAt, before } = fieldsOf(data.scans);
  const hasLeft = data.empty === true && stretches.length > 0;
  if (hasLeft) return [timeCell(firstPageAt ?? data.head_at)];
  const more = data.order === 'unordered' ? [firstPageAt, fieldsOf(before).began] : [];
  return [data.head_at, ...more.filter((at) => at !== null && at !== undefined)].map(timeCell);
}

/** In words, what of it can't be. */
export function faultsOf({ stretches, incidents }: IntegrationState): string[] {
  const faults: string[] = [];
  for (const id of new Set(incidents))
    if (incidents.indexOf(id) !== incidents.lastIndexOf(id)) faults.push(`the incident ${id} is open twice`);
  for (const [index, { newest, oldest, closed }] of stretches.entries()) {
    const older = stretches[index + 1];
    if (newest < oldest) faults.push(`its stretch from ${oldest} to ${newest} ends before it begins`);
    if (older && older.newest >= oldest) faults.push(`its stretches meet at ${oldest}`);
    if (older && closed) faults.push(`its stretch from ${oldest} is closed, and there is an older one`);
  }
  return faults;
}

/** @param open incidents as a record keeps them. */
export const incidentIds = (open: unknown): string[] =>
  listOf(open).map((incident) => String(fieldsOf(incident).id));

type Condition = 'present' | 'failing' | 'gone';

function conditionOf(data: Fields): Condition | undefined {
  if (data.format === 1) return data.gone === true ? 'gone' : data.failing === true ? 'failing' : 'present';
  const { condition } = data;
  return condition === 'present' || condition === 'failing' || condition === 'gone' ? condition : undefined;
}

function coverageOf(
  data: Fields,
  { stretches, opens, abandoned }: Pick<IntegrationState, 'stretches' | 'opens' | 'abandoned'>,
  condition: Condition,
): Cells {
  const [newest] = stretches;
  const last = stretches.at(-1);
  const gaps = last ? stretches.length - (last.closed ? 1 : 0) : data.empty === true ? 0 : 1;
  const isOrdered = data.proved === true || data.order === 'unordered' || gaps === 0;
  return {
    complete_from: newest ? cellOf(newest.oldest) : null,
    complete_to: newest || data.empty === true ? timeCell(data.head_at) : null,
    gaps: BigInt(gaps),
    ...openSyncs(data, stretches, opens),
    abandoned_syncs: BigInt(abandoned),
    row_order: isOrdered ? (textOf(data.order) ?? 'newest_first') : 'unproved',
    // Whether a list in no order is whole hangs on more than this.
    ...(condition === 'present' && data.order === 'unordered'
      ? {}
      : { state: condition === 'present' ? (gaps === 0 ? 'complete' : 'backfilling') : condition }),
    failure: textOf(data.failure) ?? null,
    checked_at: timeCell(data.checked_at),
    ...(data.format === 1
      ? {}
      : {
          late_rows: BigInt(numberOf(data.late_rows) ?? 0),
          lost_gaps: BigInt(numberOf(data.lost_gaps) ?? 0),
          rechecked_at: timeCell(data.rechecked_at),
        }),
  };
}

/**
 * The newest open sync is running where nothing newer is known: Braze runs one at a time. Versions differ where only what
 * the lake has is newer: an earlier one counted it all the same, and another did not, though the newer one lay ahead of
 * the clock.
 */
function openSyncs(
  { scans, standing }: Fields,
  stretches: readonly Stretch[],
  opens: IntegrationState['opens'],
): Cells {
  const newest = opens.toSorted().at(-1);
  if (newest === undefined) return { open_syncs: 0n };
  const { before, current } = fieldsOf(scans);
  const met = [
    stretches[0]?.newest,
    textOf(fieldsOf(fieldsOf(before).tally).newest),
    textOf(fieldsOf(fieldsOf(current).own).newest),
  ];
  if (met.some((other) => other !== undefined && newest < other)) return { open_syncs: 0n };
  const inLake = timeCell(listOf(listOf(fieldsOf(standing).recent).at(-1))[0]);
  return inLake !== null && cellOf(newest) < inLake ? {} : { open_syncs: 1n };
}

/** In format 1 each stood by itself, since format 2 those that were read together stand together. */
function opensOf(entry: unknown): IntegrationState['opens'] {
  const { start, starts } = fieldsOf(entry);
  return (starts === undefined ? [start] : listOf(starts)).map((each) => textOf(each) ?? '');
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && timeIn(`${value}Z`)?.instant === value;
}

const timeCell = (value: unknown): string | null => (isInstant(value) ? cellOf(value) : null);
