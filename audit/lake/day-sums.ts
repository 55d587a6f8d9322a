/** What the rows of an integration and day add up to: the table `days`, reckoned once more. */
import { cellOfMs } from '../rows/time.ts';
import type { Cells } from '../tables/line.ts';
import { inOrder, type SyncFact } from './sync-fact.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

export function sumsOf(day: string, facts: readonly SyncFact[]): Cells {
  const sorted = facts.toSorted(inOrder);
  const withStatus = (status: string) => sorted.filter((fact) => fact.status === status);
  const successes = withStatus('success');
  const [partials, errors, configErrors] = ['partial', 'error', 'config_error'].map(
    (status) => withStatus(status).length,
  ) as [number, number, number];
  // All but the last are over, whatever their rows say.
  const notFinal = sorted.at(-1)?.isFinal === false ? 1 : 0;
  const durations = sorted
    .flatMap(({ startMs, finishMs }) => (finishMs === null ? [] : finishMs - startMs))
    .filter((ms) => ms >= 0)
    .sort((a, b) => a - b);
  const rank = (share: number) => {
    const ms = durations[Math.ceil(share * durations.length) - 1];
    return ms === undefined ? null : ms / 1000;
  };
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const marks = [midnight, ...sorted.map(({ startMs }) => startMs), midnight + dayMs];
  const gaps = marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark));
  const finishes = sorted.flatMap(({ finishMs }) => finishMs ?? []);
  const named = successes.length + partials + errors + configErrors;
  return {
    syncs: BigInt(sorted.length),
    successes: BigInt(successes.length),
    partials: BigInt(partials),
    errors: BigInt(errors),
    config_errors: BigInt(configErrors),
    other_failures: BigInt(sorted.length - named - notFinal),
    not_final: BigInt(notFinal),
    successes_without_rows: BigInt(successes.filter(({ rowsSynced }) => rowsSynced === 0n).length),
    rows_synced: sum(sorted.map(({ rowsSynced }) => rowsSynced)),
    rows_failed: sum(sorted.map(({ rowsFailed }) => rowsFailed)),
    median_seconds: rank(0.5),
    p95_seconds: rank(0.95),
    largest_gap_minutes: gaps.reduce((most, gap) => Math.max(most, gap), 0) / minuteMs,
    first_start: cell(sorted[0]?.startMs),
    last_start: cell(sorted.at(-1)?.startMs),
    last_finish: cell(finishes.length === 0 ? undefined : finishes.reduce((a, b) => Math.max(a, b))),
  };
}

/** Null where nobody has counted, or where it is past what a column holds. */
function sum(counts: readonly (bigint | null)[]): bigint | null {
  const known = counts.filter((count) => count !== null);
  const all = known.reduce((total, count) => total + count, 0n);
  return known.length > 0 && BigInt.asIntN(64, all) === all ? all : null;
}

const cell = (ms: number | undefined): string | null => (ms === undefined ? null : cellOfMs(ms));
