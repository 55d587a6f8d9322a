/** What the facts of an integration's standing need from the lake beyond what a run has in hand. */
import { readLines } from '../lake/ndjson.ts';
import { integrationOf } from '../lake/sync-day.ts';
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

/** Days of the lake that are read side by side. */
const daysAtOnce = 8;
/** Syncs may start a day ahead of the clock. */
const daysAhead = 1;

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
  for (const pass of ['all', 'stale'] as const) {
    const facts = (each: Kept) => fresh.get(each.id) ?? each.facts;
    const rebuilds = new Map<string, FactsRebuild>();
    const habits = new Map<string, SyncFact[]>();
    for (const each of kept) {
      if (facts(each).stale) rebuilds.set(each.id, new FactsRebuild(today, ports.refusedShare, facts(each)));
      else if (pass === 'all' && isHabitDue(facts(each), today)) habits.set(each.id, []);
    }
    const wanted = kept.filter(({ id }) => rebuilds.has(id) || habits.has(id));
    const isWhole = await readBack(ports, wanted, { rebuilds, habits, today, until });
    if (!isWhole) return fresh;
    for (const [id, rebuild] of rebuilds) fresh.set(id, rebuild.finish());
    for (const each of wanted) {
      const rows = habits.get(each.id);
      if (rows) fresh.set(each.id, withHabit(facts(each), today, rows.sort(compareFacts)));
    }
  }
  return fresh;
}

interface Wanted {
  readonly rebuilds: ReadonlyMap<string, FactsRebuild>;
  readonly habits: ReadonlyMap<string, SyncFact[]>;
  readonly today: string;
  readonly until: number;
}

/** @returns whether all that is wanted was read. */
async function readBack(ports: Ports, kept: readonly Kept[], wanted: Wanted): Promise<boolean> {
  const { rebuilds, habits, today, until } = wanted;
  /** Who had syncs in the days that were read last: there may be more of them before. */
  let goesOn: ReadonlySet<string> = new Set(rebuilds.keys());
  for (let back = -daysAhead; back < mostDays; back += daysAtOnce) {
    const newest = startOfDay(today) - back * dayMs;
    const days = Array.from({ length: daysAtOnce }, (_, index) => dayAt(newest - index * dayMs));
    const ids = kept.flatMap(({ id, facts, oldest }) => {
      const rebuild = rebuilds.get(id);
      if (!rebuild) return back * dayMs <= habitMs && newest + dayMs > oldestInLake(facts) ? [id] : [];
      return !rebuild.isSettled && (newest + dayMs > oldest || goesOn.has(id)) ? [id] : [];
    });
    if (ids.length === 0) return true;
    if (ports.now() > until) return false;
    const rowsOf = new Map<string, Map<string, SyncFact[]>>();
    const wantedNow = new Set(ids);
    const isWanted = (id: string) => wantedNow.has(id);
    let isDamaged = false;
    await aFewAtOnce(days, async (day) => {
      try {
        rowsOf.set(day, await factsOfDay(ports, day, isWanted));
      } catch (error) {
        ports.failures.addContained(error);
        isDamaged = true;
      }
    });
    if (isDamaged) return false;
    for (const day of days) {
      const found = rowsOf.get(day);
      for (const id of ids) {
        const rows = found?.get(id) ?? [];
        rebuilds.get(id)?.take(day, rows);
        habits.get(id)?.push(...rows);
      }
    }
    goesOn = new Set([...rowsOf.values()].flatMap((found) => [...found.keys()]));
  }
  return true;
}

/** What is not stale knows all that the lake has; only what was added up has left no date of its beginning. */
function oldestInLake({ recent, older }: StandingFacts): number {
  if (older.to !== null) return Number.NEGATIVE_INFINITY;
  return recent[0]?.start ?? Number.POSITIVE_INFINITY;
}

async function factsOfDay(
  { workspace, objects, receipt }: Ports,
  day: string,
  isWanted: (integrationId: string) => boolean,
): Promise<Map<string, SyncFact[]>> {
  const key = syncsKey(workspace, day);
  const stored = await objects.get(key);
  const found = new Map<string, SyncFact[]>();
  if (!stored) return found;
  receipt.objects.read += 1;
  for await (const lines of readLines(stored.body, key)) {
    for (const line of lines) {
      const id = integrationOf(line, key);
      if (!isWanted(id)) continue;
      const rows = found.get(id) ?? [];
      found.set(id, rows);
      rows.push(syncFactOf(line));
    }
  }
  return found;
}
