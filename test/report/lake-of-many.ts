/** A lake of so many integrations of which so many are wrong, in every way: for the first screen. */
import { coverage, integration, lakeOf, sync } from '../sql/lines.ts';
import { dayMs, hourMs, type ModelLake, minuteMs, type Standing } from '../sql/model/lake.ts';
import { standingsOf } from '../sql/standings-of.ts';

const sources = ['Snowflake', 'BigQuery', 'Databricks', 'Redshift', 'S3', 'Fabric'];
const topics = [
  'consent flags',
  'web events',
  'orders',
  'loyalty tiers',
  'propensity scores',
  'catalog prices',
];

const reasonsOf = (start: number): readonly Partial<Standing>[] => [
  {
    state: 'failing',
    failingSince: start,
    lastStatus: 'config_error',
    reason: 'The last 31 syncs ended with config_error.',
  },
  {
    state: 'late',
    expectedBy: start,
    late: true,
    minutesLate: 300,
    reason: 'A sync was to start and has not.',
  },
  {
    state: 'refusing',
    failingSince: start,
    lastStatus: 'partial',
    detailsUntil: start + 30 * dayMs,
    reason: 'Braze refused 185 of 2,411 rows (7.7 %) in the newest sync.',
  },
  {
    state: 'suspect',
    since: start,
    traps: 'watermark_stands',
    reason: 'The watermark stands still, though rows came before.',
  },
  {
    state: 'stuck',
    lastStart: start,
    reason: 'A sync has been running for five hours, and takes ten minutes as a rule.',
  },
  {
    state: 'unread',
    reason: 'It was last read five hours ago: how it stands now is not known. The key was refused.',
  },
];

/** The last of the reasons: a run has looked, and could not read it. */
const isRefusedKey = (index: number, wrong: number): boolean => index < wrong && index % 6 === 5;

export function lakeOfMany(count: number, wrong: number, now: number): ModelLake {
  const ids = Array.from({ length: count }, (_, index) => `id-${index}`);
  const lake = lakeOf({
    integrations: ids.map((id, index) =>
      integration({ id, name: `${sources[index % 6]} · ${topics[Math.floor(index / 6) % 6]}` }),
    ),
    coverage: ids.map((id, index) =>
      coverage({
        id,
        ...(isRefusedKey(index, wrong)
          ? { state: 'failing', failure: 'Braze does not accept the API key (401).' }
          : {}),
        from: now - (10 + (index % 5) * 80) * dayMs,
        to: now - (isRefusedKey(index, wrong) ? 5 * hourMs : 20 * minuteMs),
        checkedAt: now - (isRefusedKey(index, wrong) ? 5 * hourMs : 20 * minuteMs),
      }),
    ),
    syncs: ids.flatMap((id, index) =>
      Array.from({ length: 10 + (index % 5) * 20 }, (_, day) =>
        sync({
          id,
          start: now - day * dayMs - hourMs,
          ...(day % 9 === 4 ? { status: 'partial', failed: 9n } : {}),
          ...(day % 17 === 6 ? { status: 'error', synced: 0n } : {}),
        }),
      ),
    ),
  });
  const reasons = reasonsOf(now - 5 * hourMs);
  const standing = standingsOf(lake, now).map((line, index) =>
    index < wrong ? { ...line, ...reasons[index % reasons.length] } : line,
  );
  return { ...lake, standing };
}
