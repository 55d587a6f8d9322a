/** Calendars over years, with syncs that are missed, pauses and other plans: who is called late, falsely or too late? */
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { Random } from '../lab/random.ts';
import { occurrences, type Plan, usualOf } from './calendar.ts';
import { isUnmatched, lastIn, type Promises, promiseOf, promises, unmatchedPromises } from './promised.ts';
import { Watcher } from './watcher.ts';
import { zones } from './zone.ts';

const troubles = ['none', 'paused', 're-planned'] as const;

export interface LatenessCase {
  readonly plan: Plan;
  readonly promises: Promises;
  readonly trouble: (typeof troubles)[number];
  readonly years: number;
  readonly seed: number;
}

/** All that a plan is played with. */
export function calendarsOf(plan: Plan): Pick<LatenessCase, 'plan' | 'promises' | 'trouble'>[] {
  const matched = promises.flatMap((each) => troubles.map((trouble) => ({ plan, promises: each, trouble })));
  const unmatched = unmatchedPromises.map((each) => ({ plan, promises: each, trouble: 'none' as const }));
  // Nobody can know of another plan that is nowhere told.
  const known = matched.filter((each) => each.promises !== 'none' || each.trouble !== 're-planned');
  return [...known, ...unmatched];
}

export interface LatenessFound {
  readonly looks: number;
  readonly falseLooks: number;
  /** Incidents that were raised and are none, and how many may be. */
  readonly falseRaised: number;
  readonly mostFalse: number;
  readonly firstFalse: string | null;
  readonly outages: number;
  /** Of those that were heard, after their first missed sync was due. */
  readonly longestMs: number;
  readonly boundMs: number;
  readonly unheard: readonly string[];
}

/** Quick ones need many syncs for each habit, and are looked at more rarely where nothing happens. */
const baseMs: Partial<Record<Plan, number>> = {
  '5 minutes': 9.3 * dayMs,
  '15 minutes': 4.3 * dayMs,
  hourly: 1.3 * dayMs,
  'business hours': 13.25 * hourMs,
};

const exporterMs = 15 * minuteMs;

export function playCalendar({ plan, promises, trouble, years, seed }: LatenessCase): LatenessFound {
  const random = new Random(seed);
  const zone = random.pick(zones);
  const from = Date.UTC(2020, random.between(0, 11), random.between(1, 28));
  const until = from + years * 365 * dayMs;
  const minute = random.between(0, 24 * 60 - 1);
  const isLong = usualOf[plan] >= dayMs;
  const tookMs = (isLong ? random.between(1, 20) : random.between(10, 150) / 60) * minuteMs;

  let due = occurrences(plan, zone, minute, from, until);
  const pauses: (readonly [number, number])[] = [];
  if (trouble === 'paused') {
    for (let at = from + 90 * dayMs; at < until - 60 * dayMs; at += random.between(120, 200) * dayMs) {
      pauses.push([at, at + random.between(1, 40) * dayMs + random.between(0, 1439) * minuteMs]);
    }
  } else if (trouble === 're-planned') {
    const middle = (from + until) / 2 + random.between(0, 1439) * minuteMs;
    const other = random.pick(['daily', 'weekdays', 'weekly', 'hourly'] as const);
    const after = occurrences(other, zone, random.between(0, 24 * 60 - 1), middle, until);
    due = [...due.filter((at) => at < middle), ...after];
  }
  due = due.filter((at) => !pauses.some(([a, b]) => at >= a && at < b));

  // Outages: some runs that were due do not start. Rare enough that a schedule remains one.
  const missed = new Set<number>();
  const outages: number[][] = [];
  const warmUp = from + Math.max(60 * dayMs, 5 * usualOf[plan]);
  const apartMs = Math.max(45 * dayMs, 14 * usualOf[plan]);
  for (
    let at = warmUp + random.between(0, 20) * dayMs;
    at < until - 40 * dayMs;
    at += apartMs * (1 + random.unit())
  ) {
    if (trouble === 're-planned' && Math.abs(at - (from + until) / 2) < 90 * dayMs) continue;
    const length = isLong ? 1 : random.between(3 * hourMs, 8 * hourMs) / usualOf[plan];
    const first = due.findIndex((each) => each >= at);
    const out = due.slice(first, first + Math.ceil(length));
    const [head, last] = [out[0], out.at(-1)];
    // By habit nobody knows when one that has rested comes next.
    const isAroundPause = pauses.some(
      ([a, b]) => (head ?? at) > a - 3 * dayMs && (head ?? at) < b + 40 * dayMs,
    );
    if (isAroundPause) continue;
    if (head === undefined || last === undefined || (!isLong && last - head > 12 * hourMs)) continue;
    outages.push(out);
    for (const each of out) missed.add(each);
  }

  const syncs = due.flatMap((at): SyncFact[] => {
    if (missed.has(at)) return [];
    const start = at + random.between(0, Math.min(90_000, usualOf[plan] / 10));
    const took = tookMs * (0.7 + 0.6 * random.unit());
    return [sync(start, Math.round(took), random)];
  });

  const watcher = new Watcher(syncs);
  const isPaused = (at: number) => pauses.some(([a, b]) => at >= a && at < b);
  const promised = promiseOf({ promises, plan, zone, minute, due, from, until });
  const lastStart = lastIn(syncs.map(({ start }) => start));
  const heardAt = new Map<number, number>();
  let looks = 0;
  let falseLooks = 0;
  let falseRaised = 0;
  let firstFalse: string | null = null;
  for (const at of looksOf(due, outages, pauses, from, until, plan, isUnmatched(promises))) {
    const running = lastStart(at);
    const isRunning = running !== undefined && at < running + tookMs;
    const said = promised(at, isRunning);
    const word = isPaused(at)
      ? { status: 'paused', nextScheduledRun: null }
      : { status: 'active', nextScheduledRun: said };
    const { standing, notices } = watcher.look(at, word);
    looks += 1;
    if (!standing.late) continue;
    // An outage that is not made good yet: its first missed sync, and nothing has started since.
    const outage = outages.find((out) => (out[0] ?? 0) <= at && (running ?? 0) < (out[0] ?? 0));
    const first = outage?.[0];
    if (first !== undefined) heardAt.set(first, Math.min(heardAt.get(first) ?? at, at));
    else {
      falseLooks += 1;
      falseRaised += notices.filter(({ kind, event }) => kind === 'late' && event === 'raised').length;
      firstFalse ??= `${new Date(at).toISOString()} by ${standing.judgedBy}: ${standing.reason}`;
    }
  }
  const boundMs = boundOf(plan, promises, tookMs);
  const delays = [...heardAt].map(([first, at]) => at - first);
  const unheard = outages.flatMap(([first = 0]) => {
    const delay = (heardAt.get(first) ?? Number.POSITIVE_INFINITY) - first;
    return delay <= boundMs
      ? []
      : [`${new Date(first).toISOString()} ${zone}: after ${(delay / hourMs).toFixed(1)} h`];
  });
  return {
    looks,
    falseLooks,
    falseRaised,
    mostFalse: isUnmatched(promises) ? 1 : 0,
    firstFalse,
    outages: outages.length,
    longestMs: Math.max(0, ...delays),
    boundMs,
    unheard,
  };
}

/** Grace and a period of the exporter; by habit, its patience and what a month or a clock's change may add. */
function boundOf(plan: Plan, promises: Promises, tookMs: number): number {
  const usual = usualOf[plan];
  if (promises !== 'none' && !isUnmatched(promises)) {
    const grace = Math.max(10 * minuteMs, Math.min(2 * hourMs, usual / 10));
    // Of a schedule as quick as the exporter not every promise is seen: the next one counts.
    return grace + exporterMs + minuteMs + (usual <= exporterMs ? exporterMs : 0);
  }
  const months = plan === 'monthly' ? 6 * dayMs : 0;
  return (
    2 * usualOf['15 minutes'] + Math.min(usual, 2 * hourMs) + 1.3 * tookMs + exporterMs + 3 * hourMs + months
  );
}

/** Every quarter of an hour where something is amiss or a run is due, else now and then: nothing happens in between. */
function looksOf(
  due: readonly number[],
  outages: readonly (readonly number[])[],
  pauses: readonly (readonly [number, number])[],
  from: number,
  until: number,
  plan: Plan,
  isWatched: boolean,
): number[] {
  const looks = new Set<number>();
  const round = (at: number) => Math.floor(at / exporterMs) * exporterMs;
  const add = (a: number, b: number, step = exporterMs) => {
    for (let at = round(a); at <= b; at += step) looks.add(at);
  };
  const isLong = usualOf[plan] >= dayMs;
  // Whether a promise was broken shows in the syncs that follow it at once.
  if (isWatched) add(from, from + 5 * dayMs);
  add(from, until, baseMs[plan] ?? 6 * hourMs);
  for (const [a, b] of pauses) {
    add(a - hourMs, a + hourMs);
    add(b - hourMs, b + 6 * hourMs);
  }
  for (const out of outages) {
    add(
      (out[0] ?? 0) - hourMs,
      (out.at(-1) ?? 0) + (plan === 'monthly' ? 7 * dayMs : 8 * hourMs),
      exporterMs,
    );
  }
  if (isLong) for (const at of due) add(at - 30 * minuteMs, at + 45 * minuteMs);
  else add(from + 40 * dayMs, from + 42 * dayMs);
  return [...looks].filter((at) => at > from && at < until).sort((a, b) => a - b);
}

function sync(start: number, tookMs: number, random: Random): SyncFact {
  return {
    start,
    finish: start + tookMs,
    status: 'success',
    rowsSynced: BigInt(random.between(1, 5000)),
    rowsFailed: 0n,
    timestampSynced: start - random.between(60_000, 300_000),
  };
}
