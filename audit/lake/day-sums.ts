/** What the rows of an integration and day add up to: the table `days`, reckoned once more. */

import { cellOfMs } from '../rows/time.ts';
import type { Cells } from '../tables/line.ts';
import type { SyncFact } from './sync-fact.ts';

export function sumsOf(facts: readonly SyncFact[]): Cells {
  const count = (holds: (fact: SyncFact) => boolean) => BigInt(facts.filter(holds).length);
  const withStatus = (status: string) => count((fact) => fact.status === status);
  const sum = (of: (fact: SyncFact) => bigint | null) =>
    facts.reduce((total, fact) => total + (of(fact) ?? 0n), 0n);
  const starts = facts.map(({ startMs }) => startMs).sort((a, b) => a - b);
  const finishes = facts.flatMap(({ finishMs }) => finishMs ?? []).sort((a, b) => a - b);
  const durations = facts
    .flatMap(({ startMs, finishMs }) => (finishMs === null ? [] : finishMs - startMs))
    .sort((a, b) => a - b);
  const rank = (share: number) => {
    const ms = durations[Math.max(1, Math.ceil(share * durations.length)) - 1];
    return ms === undefined ? null : ms / 1000;
  };
  const cell = (ms: number | undefined) => (ms === undefined ? null : cellOfMs(ms));
  return {
    syncs: BigInt(facts.length),
    partials: withStatus('partial'),
    errors: withStatus('error'),
    config_errors: withStatus('config_error'),
    rows_synced: sum(({ rowsSynced }) => rowsSynced),
    rows_failed: sum(({ rowsFailed }) => rowsFailed),
    median_seconds: rank(0.5),
    p95_seconds: rank(0.95),
    first_start: cell(starts[0]),
    last_start: cell(starts.at(-1)),
    last_finish: cell(finishes.at(-1)),
  };
}
