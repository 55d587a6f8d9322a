/** One random history, played against the facts that are kept from run to run, those from the lake, and the model. */

import { isDeepStrictEqual } from 'node:util';
import { factsData, factsFields } from '../../../lambda/checkpoint/standing-record.ts';
import { newestOver, newStandingFacts, summaryOfAll } from '../../../lambda/standing/facts.ts';
import { mostDays } from '../../../lambda/standing/facts-rebuild.ts';
import { judge } from '../../../lambda/standing/judge.ts';
import { isData, isRefusing } from '../../../lambda/standing/outcome.ts';
import { dayMs } from '../../../lambda/standing/periods.ts';
import { defaultSettings } from '../../../lambda/standing/settings.ts';
import { Random } from '../lab/random.ts';
import { Lake, type Named } from './lake.ts';
import { messyHistory, shownOf } from './messy-history.ts';
import { type Modelled, modelOf } from './model.ts';

const active = { name: 'Users', type: null, status: 'active', nextScheduledRun: null, listed: true };

/** @returns what differs, each with its run; empty: nothing. */
export function playExactly(seed: number): { differences: string[]; rebuilds: number; runs: number } {
  const random = new Random(seed);
  const from = Date.UTC(2025, random.between(0, 11), random.between(1, 28));
  const history = messyHistory(random, random.between(5, 260), from);
  const lake = new Lake();
  const differences: string[] = [];
  const known = new Map<string, unknown>();
  let facts = newStandingFacts();
  let at = from + random.between(0, 3) * dayMs;
  // What lies further back is not looked for any more: there the kept facts may know more than those from the lake.
  const last = Math.max(...history.map(({ endedAt }) => endedAt)) + 2 * dayMs;
  const end = Math.min(last, from + (mostDays - 3) * dayMs);
  const step = (end - from) / random.between(3, 60);
  let runs = 0;
  while (at < end) {
    const rows = history.flatMap((each): Named[] => {
      const sync = shownOf(each, at);
      if (!sync || isDeepStrictEqual(known.get(each.name), sync)) return [];
      // A backfill does not come to everything in one run.
      if (random.chance(0.1)) return [];
      known.set(each.name, sync);
      return [[each.name, sync]];
    });
    facts = factsFields.parse(JSON.parse(JSON.stringify(factsData(lake.commit(facts, rows, at)))));
    const said = (what: string, a: unknown, b: unknown) => {
      if (!isDeepStrictEqual(a, b))
        differences.push(`seed ${seed}, run ${runs}: ${what}\n${text(a)}\n${text(b)}`);
    };
    said('kept and rebuilt until settled', facts, lake.rebuild(at, facts));
    said('kept and rebuilt whole', facts, lake.rebuild(at, facts, true));
    said('standing and model', standingOf(facts, at), modelOf(lake.syncs, at));
    if (differences.length > 0) break;
    at += Math.round(step * (0.2 + 1.6 * random.unit()));
    runs += 1;
  }
  return { differences, rebuilds: lake.rebuilds - 2 * runs, runs };
}

/** In the model's words. */
function standingOf(facts: ReturnType<typeof newStandingFacts>, at: number): Modelled {
  const settings = defaultSettings;
  const coverage = { gaps: 0, wholeFrom: null, gapAtRiskSince: null };
  const standing = judge({
    integrationId: 'a',
    facts,
    listed: active,
    condition: 'present',
    failure: null,
    isAllDenied: false,
    headAt: at,
    isReadNow: true,
    coverage,
    continues: null,
    now: at,
    settings,
  });
  const summary = summaryOfAll(facts);
  const over = newestOver(facts);
  return {
    lastSuccess: standing.lastSuccess,
    syncsWithoutSuccess: standing.syncsWithoutSuccess,
    failingSince: standing.failingSince,
    failedSince: standing.troubles.find(({ kind }) => kind === 'failed')?.since ?? null,
    refusedSince: standing.troubles.find(({ kind }) => kind === 'refused')?.since ?? null,
    newestOverIs: !over ? null : !isData(over) ? 'failing' : isRefusing(over, 0.01) ? 'refusing' : 'well',
    usualMinutes: standing.usualMinutes,
    stuck: standing.troubles.some(({ kind }) => kind === 'stuck'),
    late: standing.late,
    newestTimestampSynced: standing.newestTimestampSynced,
    emptySince: summary.runs.empty?.since ?? null,
  };
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each));
