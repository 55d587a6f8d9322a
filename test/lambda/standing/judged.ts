/** An integration of which a few syncs are known, and how it stands. */
import type { StandingFacts } from '../../../lambda/standing/facts.ts';
import { FactsRebuild } from '../../../lambda/standing/facts-rebuild.ts';
import { type JudgeInput, judge, type Listed } from '../../../lambda/standing/judge.ts';
import { lookAtList } from '../../../lambda/standing/look-at-list.ts';
import { dayAt, dayMs, hourMs, minuteMs } from '../../../lambda/standing/periods.ts';
import { defaultSettings } from '../../../lambda/standing/settings.ts';
import type { Standing } from '../../../lambda/standing/standing.ts';
import type { SyncFact } from '../../../lambda/standing/sync-fact.ts';

/** A Thursday. */
export const now = Date.UTC(2026, 10, 26, 12);

export const success: SyncFact = {
  start: now - hourMs,
  finish: now - hourMs + minuteMs,
  status: 'success',
  rowsSynced: 40n,
  rowsFailed: 0n,
  timestampSynced: now - hourMs - 10 * minuteMs,
};

/** One that starts then, and is otherwise as good as any. */
export const syncAt = (start: number, changes: Partial<SyncFact> = {}): SyncFact => ({
  ...success,
  start,
  finish: start + minuteMs,
  timestampSynced: start - 10 * minuteMs,
  ...changes,
});

/** So many, oldest first, the newest at the given moment. */
export const syncsUntil = (last: number, count: number, apartMs = dayMs): SyncFact[] =>
  Array.from({ length: count }, (_, index) => syncAt(last - (count - 1 - index) * apartMs));

export const active: Listed = {
  name: 'Users',
  type: 'warehouse',
  status: 'active',
  nextScheduledRun: null,
  listed: true,
};

export function factsOf(syncs: readonly SyncFact[], at = now): StandingFacts {
  const rebuild = new FactsRebuild(dayAt(at), defaultSettings.refusedShare);
  const days = Map.groupBy(syncs, ({ start }) => dayAt(start));
  for (const day of [...days.keys()].sort().reverse()) rebuild.take(day, days.get(day) ?? []);
  return rebuild.finish();
}

export interface Known extends Partial<Omit<JudgeInput, 'facts'>> {
  readonly syncs?: readonly SyncFact[];
  /** Instead of what the syncs come to. */
  readonly facts?: StandingFacts;
}

/** Facts after a look at the list, at the moment of the head request. */
export function factsAfter({ syncs = [], facts, listed = active, ...others }: Known): StandingFacts {
  const at = others.headAt ?? now;
  return lookAtList(facts ?? factsOf(syncs, at), {
    listed,
    condition: others.condition ?? 'present',
    at,
    settings: defaultSettings,
  });
}

export function standingOf(known: Known): Standing {
  const { syncs: _, facts: __, ...others } = known;
  return judge({
    integrationId: 'a',
    listed: active,
    condition: 'present',
    failure: null,
    isAllDenied: false,
    headAt: now,
    isReadNow: false,
    coverage: { gaps: 0, wholeFrom: null, gapAtRiskSince: null },
    continues: null,
    now,
    settings: defaultSettings,
    ...others,
    facts: factsAfter(known),
  });
}
