/** Histories with troubles of every kind: is each told twice, in order and under one id, and nothing that was over? */

import type { Notice } from '../../../lambda/standing/incident.ts';
import { dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import type { IncidentKind } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';
import { Random } from '../lab/random.ts';
import { Watcher } from './watcher.ts';

interface Trouble {
  readonly kind: IncidentKind;
  readonly from: number;
  readonly until: number;
}

export interface IncidentsFound {
  readonly told: readonly Notice[];
  readonly faults: readonly string[];
}

const daysOfTroubles = 80;
export const yearsOfTroubles = daysOfTroubles / 365;

const kinds = ['failed', 'refused', 'late', 'stuck', 'flapping', 'paused', 'gone'] as const;

/** An hourly integration for two months, with six troubles; looked at from a while after the first ones on. */
export function playTroubles(seed: number): IncidentsFound {
  const random = new Random(seed);
  const from = Date.UTC(2025, random.between(0, 11), 1);
  const until = from + daysOfTroubles * dayMs;
  const troubles: (Omit<Trouble, 'kind'> & { readonly kind: (typeof kinds)[number] })[] = [];
  for (let at = from + 40 * dayMs; at < until - 4 * dayMs; at += random.between(60, 140) * hourMs) {
    // The first two are over before anybody looks.
    const kind = troubles.length < 2 ? 'failed' : random.pick(kinds);
    troubles.push({ kind, from: at, until: at + random.between(5, 40) * hourMs });
  }
  const watchedFrom = (troubles[1]?.until ?? from) + 6 * hourMs;
  const within = (start: number) => troubles.find((each) => start >= each.from && start < each.until);
  const syncs: SyncFact[] = [];
  let flap = 0;
  for (let start = from; start < until; start += hourMs) {
    const kind = within(start)?.kind;
    if (kind === 'late' || kind === 'paused' || kind === 'gone') continue;
    flap += 1;
    const good: SyncFact = {
      start: start + 3000,
      finish: start + random.between(1, 5) * minuteMs,
      status: 'success',
      rowsSynced: BigInt(random.between(1, 1000)),
      rowsFailed: 0n,
      timestampSynced: start - 60_000,
    };
    if (kind === 'stuck') {
      // One that runs until the trouble is over; it can't be in two.
      const trouble = within(start);
      if (syncs.at(-1)?.start !== undefined && (syncs.at(-1)?.finish ?? 0) > start) continue;
      syncs.push({ ...good, finish: (trouble?.until ?? start) - 1000 });
    } else if (kind === 'failed')
      syncs.push({ ...good, status: 'error', rowsSynced: null, timestampSynced: null });
    else if (kind === 'refused') syncs.push({ ...good, status: 'partial', rowsSynced: 50n, rowsFailed: 50n });
    else if (kind === 'flapping' && flap % 2 === 0) syncs.push({ ...good, rowsSynced: 0n });
    else if (kind === 'flapping')
      syncs.push({ ...good, status: 'error', rowsSynced: null, timestampSynced: null });
    else syncs.push(good);
  }
  const watcher = new Watcher(syncs);
  const told: Notice[] = [];
  for (let at = watchedFrom; at < until; at += 15 * minuteMs) {
    const kind = within(at)?.kind;
    const isPaused = kind === 'paused';
    const word = {
      status: isPaused ? 'paused' : 'active',
      nextScheduledRun: isPaused ? null : (Math.floor(at / hourMs) + 1) * hourMs,
    };
    told.push(...watcher.look(at, word, kind === 'gone' ? 'gone' : 'present').notices);
  }
  const wanted = troubles.slice(2).flatMap(({ kind, from: began, until: ended }): IncidentKind[] => {
    if (kind === 'paused') return [];
    if (kind === 'flapping') return ['failed'];
    // A last trouble that nobody sees the end of is not asked for.
    return ended < until - 3 * hourMs && began > watchedFrom ? [kind] : [];
  });
  return { told, faults: [...faultsOf(told, watcher), ...differenceOf(told, wanted)] };
}

/** Raised once and resolved once each, in that order; what is open at the end is raised only. */
function faultsOf(told: readonly Notice[], watcher: Watcher): string[] {
  const faults: string[] = [];
  const open = new Set(watcher.facts.open.map(({ id }) => id));
  const byId = Map.groupBy(told, ({ id }) => id);
  for (const [id, notices] of byId) {
    const events = notices.map(({ event }) => event).join(' ');
    const wanted = open.has(id) ? 'raised' : 'raised resolved';
    if (events !== wanted) faults.push(`${notices[0]?.kind} ${id}: ${events}, wanted ${wanted}`);
    if (notices.some(({ at, since }) => since > at)) faults.push(`${id} began after it was told`);
  }
  return faults;
}

/** Each is raised, in order, and nothing else. Successes without rows between two errors may be a trap as well. */
function differenceOf(told: readonly Notice[], wanted: readonly IncidentKind[]): string[] {
  const raised = told.flatMap(({ event, kind }) => (event === 'raised' && kind !== 'trap' ? [kind] : []));
  return raised.join() === wanted.join() ? [] : [`raised ${raised.join(', ')}, wanted ${wanted.join(', ')}`];
}
