/** Forty integrations as they are met, ten weeks of them looked at, with runs that are missed: who is called late? */
import { dayMs, hourMs, minuteMs } from '../../lambda/standing/periods.ts';
import type { SyncFact } from '../../lambda/standing/sync-fact.ts';
import { Random } from '../simulation/lab/random.ts';
import { occurrences, type Plan, usualOf } from '../simulation/standing/calendar.ts';
import { lastIn, type Promises, promiseOf } from '../simulation/standing/promised.ts';
import { Watcher } from '../simulation/standing/watcher.ts';
import { zones } from '../simulation/standing/zone.ts';

/** What its syncs are like: `always` has a refused row in each, `sometimes` in one of five. */
type Partials = 'never' | 'sometimes' | 'always';

const fleet: readonly (readonly [plan: Plan, partials: Partials, count: number])[] = [
  ['5 minutes', 'never', 3],
  ['15 minutes', 'never', 6],
  ['15 minutes', 'sometimes', 2],
  ['15 minutes', 'always', 1],
  ['hourly', 'never', 6],
  ['daily', 'never', 8],
  ['daily', 'always', 1],
  ['weekdays', 'never', 5],
  ['business hours', 'never', 4],
  ['weekly', 'never', 2],
  ['monthly', 'never', 2],
];

export const weeks = 10;
const exporterMs = 15 * minuteMs;
/** The view as it was: twice the median distance of so many successes. */
const medianOf = 20;

export interface Called {
  /** Stretches of time in which it was late. */
  called: number;
  /** In which nothing was due that had not come. */
  false: number;
  outages: number;
  heard: number;
  /** After their first missed run was due. */
  readonly delaysMs: number[];
}

const nobody = (): Called => ({ called: 0, false: 0, outages: 0, heard: 0, delaysMs: [] });

/** @returns by the rule that was, by habit, and by what the list promises. */
export function callsOf(seed: number): Record<'before' | 'habit' | 'promise', Called> {
  const random = new Random(seed);
  const all = { before: nobody(), habit: nobody(), promise: nobody() };
  for (const [plan, partials, count] of fleet)
    for (let one = 0; one < count; one += 1) {
      const history = historyOf(plan, partials, random);
      countCalls(all.before, history, byMedian(history.syncs));
      countCalls(all.habit, history, byExporter(history, 'none'));
      countCalls(all.promise, history, byExporter(history, 'at the start'));
    }
  return all;
}

interface History {
  readonly plan: Plan;
  readonly zone: (typeof zones)[number];
  readonly minute: number;
  readonly from: number;
  readonly watchedFrom: number;
  readonly until: number;
  /** When each was due, also those that did not come. */
  readonly due: readonly number[];
  readonly outages: readonly (readonly number[])[];
  readonly syncs: readonly SyncFact[];
}

function historyOf(plan: Plan, partials: Partials, random: Random): History {
  const [zone, minute] = [random.pick(zones), random.between(0, 24 * 60 - 1)];
  const from = Date.UTC(2025, random.between(0, 11), random.between(1, 28));
  const watchedFrom = from + 250 * dayMs;
  const until = watchedFrom + weeks * 7 * dayMs;
  const due = occurrences(plan, zone, minute, from, until);
  const outages = outagesOf(plan, due, watchedFrom, until, random);
  const missed = new Set(outages.flat());
  const tookMs = (usualOf[plan] >= dayMs ? random.between(1, 20) : random.between(10, 150) / 60) * minuteMs;
  const syncs = due.flatMap((at): SyncFact[] => {
    if (missed.has(at)) return [];
    const start = at + random.between(0, Math.min(90_000, usualOf[plan] / 10));
    const isPartial = partials === 'always' || (partials === 'sometimes' && random.chance(0.2));
    return [
      {
        ...{ start, finish: start + Math.round(tookMs * (0.7 + 0.6 * random.unit())) },
        ...{ status: isPartial ? 'partial' : 'success', rowsFailed: isPartial ? 1n : 0n },
        ...{ rowsSynced: BigInt(random.between(1000, 5000)), timestampSynced: start - 2 * minuteMs },
      },
    ];
  });
  return { plan, zone, minute, from, watchedFrom, until, due, outages, syncs };
}

/** One in ten weeks on every other integration: a run that does not come, or those of three to eight hours. */
function outagesOf(
  plan: Plan,
  due: readonly number[],
  from: number,
  until: number,
  random: Random,
): number[][] {
  if (random.chance(0.5)) return [];
  const at = random.between(from + 7 * dayMs, until - 14 * dayMs);
  const length = usualOf[plan] >= dayMs ? 1 : random.between(3 * hourMs, 8 * hourMs) / usualOf[plan];
  const first = due.findIndex((each) => each >= at);
  return first < 0 ? [] : [due.slice(first, first + Math.ceil(length))];
}

/** Whether it is late at a moment; moments only grow. */
type Rule = (at: number) => boolean;

function byExporter({ plan, zone, minute, due, from, until, syncs }: History, promises: Promises): Rule {
  const watcher = new Watcher(syncs);
  const promised = promiseOf({ promises, plan, zone, minute, due, from, until });
  const running = runningIn(syncs);
  return (at) => {
    const word = { status: 'active', nextScheduledRun: promised(at, running(at)) };
    return watcher.look(at, word).standing.late === true;
  };
}

function runningIn(syncs: readonly SyncFact[]): (at: number) => boolean {
  const lastFinish = new Map(syncs.map(({ start, finish }) => [start, finish ?? start]));
  const last = lastIn(syncs.map(({ start }) => start));
  return (at) => (lastFinish.get(last(at) ?? Number.NaN) ?? at) > at;
}

function byMedian(syncs: readonly SyncFact[]): Rule {
  const successes = syncs.filter(({ status }) => status === 'success').map(({ start }) => start);
  const starts = syncs.map(({ start }) => start);
  let known = 0;
  return (at) => {
    while ((successes[known] ?? Number.POSITIVE_INFINITY) <= at) known += 1;
    const newest = successes[known - 1];
    // It that never succeeded was late with its first sync.
    if (newest === undefined) return (starts[0] ?? at) < at;
    const lately = successes.slice(Math.max(0, known - medianOf), known);
    const distances = lately.slice(1).map((start, index) => start - (lately[index] ?? start));
    distances.sort((a, b) => a - b);
    const median = distances[Math.ceil(distances.length / 2) - 1];
    return median !== undefined && at - newest > 2 * median;
  };
}

/** Every quarter of an hour; before, now and then, so that an exporter knows its habit. */
function countCalls(
  called: Called,
  { from, watchedFrom, until, outages, syncs }: History,
  isLate: Rule,
): void {
  for (let at = from + dayMs; at < watchedFrom; at += 6 * hourMs) isLate(at);
  const last = lastIn(syncs.map(({ start }) => start));
  called.outages += outages.length;
  const heard = new Map<number, number>();
  let [wasLate, wasTrue] = [false, false];
  for (let at = watchedFrom; at < until; at += exporterMs) {
    const late = isLate(at);
    if (late && !wasLate) called.called += 1;
    // What was due first and is not made good yet: nothing has started since.
    const outage = outages.find(([first = at]) => first <= at && (last(at) ?? 0) < first)?.[0];
    if (late && outage !== undefined) {
      wasTrue = true;
      heard.set(outage, heard.get(outage) ?? at);
    }
    if (wasLate && !late) {
      if (!wasTrue) called.false += 1;
      wasTrue = false;
    }
    wasLate = late;
  }
  if (wasLate && !wasTrue) called.false += 1;
  called.heard += heard.size;
  called.delaysMs.push(...[...heard].map(([first, at]) => at - first));
}
