/** What the facts of an integration's standing need from the lake beyond what a run has in hand. */
import { type DayObject, daysByIntegration } from '../lake/days-by-integration.ts';
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
 *    written days below the oldest that is known.
 * 2. The habit may show that somebody is stale after all: once more for those.
 * 3. Who could not be looked up to the end, for want of time or since a day can't be read, stays as it was, and the
 *    next run looks again.
 *
 * A steady run reads nothing here, but the first of a UTC day: it reads the 36 days before it.
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
  const habits = await lookUp(ports, withoutHabit, until, (each) => new HabitLookUp(each.facts, today));
  for (const [id, facts] of habits) fresh.set(id, facts);
  const stale = kept
    .map((each) => ({ ...each, facts: fresh.get(each.id) ?? each.facts }))
    .filter(({ facts }) => facts.stale);
  const rebuild = ({ facts }: Kept) => new FactsRebuild(today, ports.refusedShare, facts);
  for (const [id, facts] of await lookUp(ports, stale, until, rebuild)) fresh.set(id, facts);
  return fresh;
}

/** What is found out of one integration, day by day from the newest back. */
interface LookUp {
  take(day: string, rows: readonly SyncFact[]): void;
  /** Nothing older can change what was found. */
  readonly isSettled: boolean;
  finish(): StandingFacts;
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

/** @returns nothing where not all that is wanted could be read. */
async function lookUp(
  ports: Ports,
  kept: readonly Kept[],
  until: number,
  begin: (each: Kept) => LookUp,
): Promise<Map<string, StandingFacts>> {
  const found = new Map<string, StandingFacts>();
  const open = new Map(kept.map((each) => [each.id, begin(each)]));
  const newest = startOfDay(dayAt(ports.now())) + daysAhead * dayMs;
  const known = Math.ceil((newest - Math.min(newest, ...kept.map(oldestInLake))) / dayMs);
  let count = Math.min(habitDays, known + daysBelow);
  for (let back = 0; open.size > 0 && back < mostDays; back += count, count = daysAtOnce) {
    count = Math.min(count, mostDays - back);
    const days = Array.from({ length: count }, (_, index) => dayAt(newest - (back + index) * dayMs));
    if (ports.now() > until) return new Map();
    let goesOn: ReadonlySet<string>;
    try {
      goesOn = await readDays(ports, days, open);
    } catch (error) {
      ports.failures.addContained(error);
      return new Map();
    }
    const readFrom = newest - (back + count - 1) * dayMs;
    for (const each of kept) {
      const look = open.get(each.id);
      if (!look || !(look.isSettled || (readFrom <= each.oldest && !goesOn.has(each.id)))) continue;
      found.set(each.id, look.finish());
      open.delete(each.id);
    }
  }
  for (const [id, each] of open) found.set(id, each.finish());
  return found;
}

/** What is not stale knows all that the lake has; only what was added up has left no date of its beginning. */
function oldestInLake({ facts, oldest }: Kept): number {
  if (facts.stale) return oldest;
  if (facts.older.to !== null) return Number.NEGATIVE_INFINITY;
  return facts.recent[0]?.start ?? Number.POSITIVE_INFINITY;
}

/**
 * @param days from the newest back. @returns who has had syncs in them: there may be more of them before.
 * @throws {Damaged} @throws {StoreFailure}
 */
async function readDays(
  { workspace, objects, receipt }: Ports,
  days: readonly string[],
  open: ReadonlyMap<string, LookUp>,
): Promise<ReadonlySet<string>> {
  const bodies: DayObject[] = [];
  await aFewAtOnce(days, async (day) => {
    const key = syncsKey(workspace, day);
    const stored = await objects.get(key);
    if (!stored) return;
    receipt.objects.read += 1;
    bodies.push({ day, key, body: stored.body });
  });
  const found = new Set<string>();
  for await (const { integrationId, lines } of daysByIntegration(bodies)) {
    const lookUp = open.get(integrationId);
    if (!lookUp) continue;
    found.add(integrationId);
    for (const day of days) lookUp.take(day, (lines.get(day) ?? []).map(syncFactOf));
  }
  for (const [id, lookUp] of open) {
    if (!found.has(id)) for (const day of days) lookUp.take(day, []);
  }
  return found;
}
