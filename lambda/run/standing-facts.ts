/** What the facts of an integration's standing need from the lake beyond what a run has in hand. */

import { Damaged } from '../errors/damaged.ts';
import { type DayObject, daysByIntegration } from '../lake/days-by-integration.ts';
import { damagedObject } from '../lake/ndjson.ts';
import { syncsKey } from '../schema/keys.ts';
import type { StandingFacts } from '../standing/facts.ts';
import { FactsRebuild, mostDays } from '../standing/facts-rebuild.ts';
import { habitMs } from '../standing/habit.ts';
import { dayAt, dayMs, startOfDay } from '../standing/periods.ts';
import { compareFacts, type SyncFact, syncFactOf } from '../standing/sync-fact.ts';
import { isHabitDue, withHabit } from '../standing/with-habit.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import type { CommitPorts } from './commit.ts';
import type { Failures } from './failures.ts';

/** An integration whose facts are to be brought up to date. */
export interface Kept {
  readonly id: string;
  readonly facts: StandingFacts;
  /** Start of the oldest sync that is known of it, in milliseconds. The lake may have older ones, just before it. */
  readonly oldest: number;
}

interface Ports extends Pick<CommitPorts, 'workspace' | 'objects' | 'receipt' | 'now'> {
  readonly failures: Failures;
  readonly refusedShare: number;
}

/** Syncs may start a day ahead of the clock. */
const daysAhead = 1;
/** Read first, which is enough for the habit, and for nearly all that is stale. */
const habitDays = daysAhead + 1 + habitMs / dayMs;
/** Then so many at a time. */
const daysAtOnce = 16;
/** A run that was killed may have written so many days below the oldest sync that is known, or more. */
const daysBelow = 7;

/**
 * 1. Who is stale, or has no habit for today yet, is looked up in the lake: its days from the newest back, until
 *    nothing older can change what is known of anybody, or there is nothing older: a run that was killed may have
 *    written days below the oldest that is known. After 400 days it ends, and what was kept speaks for what was before.
 * 2. The habit may show that somebody is stale after all: once more for those.
 * 3. A day that can't be read is told as a failure, and taken for one without syncs: it must not keep from being told
 *    how all the others stand. What was stale stays so, and is made anew until that day was restored. A habit is left for
 *    the next run where the store refused a day, which passes, and not where the day is damaged.
 * 4. Who could not be looked up to the end, for want of time or since its own rows can't be read, stays as it was, and
 *    the next run looks again.
 *
 * A steady run reads nothing here, but the first of a UTC day: it reads the 36 days before it. Once a month, when all of
 * a history was read again, it is looked up as far back as 1 says.
 *
 * @param until when it has to be over, in milliseconds. @returns by id, the facts that are new.
 */
export async function refreshFacts(
  ports: Ports,
  kept: readonly Kept[],
  until: number,
): Promise<Map<string, StandingFacts>> {
  const today = dayAt(ports.now());
  const fresh = new Map<string, StandingFacts>();
  const withoutHabit = kept.filter(({ facts }) => isHabitDue(facts, today));
  const habits = await lookUp(ports, withoutHabit, {
    until,
    staysStale: false,
    begin: ({ facts }) => new HabitLookUp(facts, today),
  });
  for (const [id, facts] of habits) fresh.set(id, facts);
  const stale = kept
    .map((each) => ({ ...each, facts: fresh.get(each.id) ?? each.facts }))
    .filter(({ facts }) => facts.stale);
  const rebuilt = await lookUp(ports, stale, {
    until,
    staysStale: true,
    begin: ({ facts }) => new FactsRebuild(today, ports.refusedShare, facts),
  });
  for (const [id, facts] of rebuilt) fresh.set(id, facts);
  return fresh;
}

/** What is found out of one integration, day by day from the newest back. */
interface LookUp {
  take(day: string, rows: readonly SyncFact[]): void;
  /** Nothing older can change what was found. */
  readonly isSettled: boolean;
  /** @param isCut there are older days that were not read. */
  finish(isCut?: boolean): StandingFacts;
}

/** The habit needs no more than the days that are read first. */
class HabitLookUp implements LookUp {
  readonly isSettled = true;
  readonly #facts: StandingFacts;
  readonly #today: string;
  readonly #rows: SyncFact[] = [];

  constructor(facts: StandingFacts, today: string) {
    this.#facts = facts;
    this.#today = today;
  }

  take(_day: string, rows: readonly SyncFact[]): void {
    this.#rows.push(...rows);
  }

  finish(): StandingFacts {
    return withHabit(this.#facts, this.#today, this.#rows.sort(compareFacts));
  }
}

interface Terms {
  /** When it has to be over, in milliseconds. */
  readonly until: number;
  /** What lacks a day that can't be read stays stale, for the run after it was restored; else the next day mends it. */
  readonly staysStale: boolean;
}

interface Search extends Terms {
  readonly open: Map<string, LookUp>;
  readonly found: Map<string, StandingFacts>;
  /** A day can't be read: from there on it is taken for one without syncs. */
  hasHole: boolean;
  /** The store refused one, and may give it to the next run. */
  isRefused: boolean;
}

function settle(
  { open, found, hasHole, isRefused, staysStale }: Search,
  id: string,
  lookUp: LookUp,
  isCut = false,
): void {
  open.delete(id);
  if (isRefused && !staysStale) return;
  const facts = lookUp.finish(isCut);
  found.set(id, hasHole && staysStale ? { ...facts, stale: true } : facts);
}

/** @returns those that were looked up to the end. */
async function lookUp(
  ports: Ports,
  kept: readonly Kept[],
  { begin, ...terms }: Terms & { readonly begin: (each: Kept) => LookUp },
): Promise<Map<string, StandingFacts>> {
  const open = new Map(kept.map((each) => [each.id, begin(each)]));
  const found = new Map<string, StandingFacts>();
  const search: Search = { open, found, hasHole: false, isRefused: false, ...terms };
  const newest = startOfDay(dayAt(ports.now())) + daysAhead * dayMs;
  const known = Math.ceil((newest - Math.min(newest, ...kept.map(oldestInLake))) / dayMs);
  let count = Math.min(habitDays, known + daysBelow);
  for (let back = 0; open.size > 0 && back < mostDays; back += count, count = daysAtOnce) {
    count = Math.min(count, mostDays - back);
    const days = Array.from({ length: count }, (_, index) => dayAt(newest - (back + index) * dayMs));
    const goesOn = await readDays(ports, days, search);
    if (!goesOn) return found;
    const readFrom = newest - (back + count - 1) * dayMs;
    for (const { id, oldest } of kept) {
      const each = open.get(id);
      if (each && readFrom <= oldest && !goesOn.has(id)) settle(search, id, each);
    }
  }
  for (const [id, each] of open) settle(search, id, each, true);
  return found;
}

/** What is not stale knows all that the lake has; only what was added up has left no date of its beginning. */
function oldestInLake({ facts, oldest }: Kept): number {
  if (facts.stale) return oldest;
  if (facts.older.to !== null) return Number.NEGATIVE_INFINITY;
  return facts.recent[0]?.start ?? Number.POSITIVE_INFINITY;
}

/**
 * Who is settled is found at once, and his rows are let go: of many integrations they would not fit into memory, and
 * what was found when time runs out need not be looked up again.
 *
 * @param days from the newest back.
 * @returns who has had syncs in them: there may be more of them before; undefined: time is over.
 */
async function readDays(
  ports: Ports,
  days: readonly string[],
  search: Search,
): Promise<ReadonlySet<string> | undefined> {
  const { open, until } = search;
  const tellDamage = (error: unknown): void => {
    ports.failures.addContained(error);
    search.hasHole = true;
    search.isRefused ||= !(error instanceof Damaged);
  };
  const isOver = () => ports.now() > until;
  if (isOver()) return undefined;
  const bodies = await bodiesOf(ports, days, tellDamage);
  const heard = new Set<string>();
  const take = (id: string, lookUp: LookUp, rowsOf: (day: string) => readonly SyncFact[]): void => {
    for (const day of days) lookUp.take(day, rowsOf(day));
    if (lookUp.isSettled) settle(search, id, lookUp);
  };
  for await (const { integrationId: id, lines } of daysByIntegration(bodies, tellDamage)) {
    const lookUp = open.get(id);
    if (!lookUp) continue;
    if (isOver()) return undefined;
    heard.add(id);
    const facts = factsOf(ports, lines);
    if (facts) take(id, lookUp, (day) => facts.get(day) ?? []);
    // Its own rows can't be read: it stays as it was.
    else open.delete(id);
  }
  if (isOver()) return undefined;
  for (const [id, lookUp] of open) if (!heard.has(id)) take(id, lookUp, () => []);
  return heard;
}

async function bodiesOf(
  { workspace, objects, receipt }: Ports,
  days: readonly string[],
  tellDamage: (error: unknown) => void,
): Promise<DayObject[]> {
  const bodies: DayObject[] = [];
  await aFewAtOnce(days, async (day) => {
    const key = syncsKey(workspace, day);
    try {
      const stored = await objects.get(key);
      if (!stored) return;
      receipt.objects.read += 1;
      bodies.push({ day, key, body: stored.body });
    } catch (error) {
      tellDamage(error);
    }
  });
  return bodies;
}

/** @returns by day; undefined: one of its lines is none. */
function factsOf(
  { workspace, failures }: Ports,
  lines: ReadonlyMap<string, readonly string[]>,
): Map<string, SyncFact[]> | undefined {
  const facts = new Map<string, SyncFact[]>();
  for (const [day, ofDay] of lines) {
    try {
      facts.set(day, ofDay.map(syncFactOf));
    } catch {
      failures.addContained(damagedObject(syncsKey(workspace, day)));
      return undefined;
    }
  }
  return facts;
}
