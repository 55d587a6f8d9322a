/** Lakes as a deployed exporter leaves them, with all of their tables, at the sizes at which questions are measured. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { joinChanges } from '../../lambda/lake/changes.ts';
import { sumsLine } from '../../lambda/lake/day-sums.ts';
import { joinIntegrations } from '../../lambda/lake/integrations.ts';
import { bodyOf } from '../../lambda/lake/line-an-integration.ts';
import { joinMonth, type SummedDay } from '../../lambda/lake/month.ts';
import { LineWriter } from '../../lambda/lake/ndjson.ts';
import { standingBody } from '../../lambda/lake/standing.ts';
import { instantOf, timestampCell } from '../../lambda/rows/instant.ts';
import { type IntegrationRow, readIntegrationRow } from '../../lambda/rows/integration-row.ts';
import {
  changesKey,
  coverageKey,
  daysKey,
  integrationsKey,
  monthOf,
  standingKey,
  syncsKey,
} from '../../lambda/schema/keys.ts';
import { dayAt, dayMs, minuteMs, startOfDay } from '../../lambda/standing/periods.ts';
import { parseSourced } from '../lambda/rows/parse-sourced.ts';
import { workspace } from './layouts.ts';
import { listed } from './scheduled-world.ts';
import { SteadyIntegration } from './steady-integration.ts';

export interface LakeSize {
  readonly name: string;
  readonly said: string;
  readonly integrations: number;
  /** Milliseconds between two starts. */
  readonly cadence: number;
  readonly days: number;
}

const year = 365;

/** Those of issue and findings: a small one, an old one, and a large one. */
export const sizes: readonly LakeSize[] = [
  { name: 'small', said: '20 × 15 min × 1 year', integrations: 20, cadence: 15 * minuteMs, days: year },
  { name: 'old', said: '50 × 15 min × 5 years', integrations: 50, cadence: 15 * minuteMs, days: 5 * year },
  { name: 'large', said: '200 × 5 min × 1 year', integrations: 200, cadence: 5 * minuteMs, days: year },
];

/** Before, there was no Cloud Data Ingestion, and no row can be placed. */
const earliestDay = '2022-01-01';

export function firstDayOf({ days }: LakeSize, until: number): string {
  const day = dayAt(until - (days - 1) * dayMs);
  return day < earliestDay ? earliestDay : day;
}

/** @param until the exporter has looked then. @param folder in which `lake/` is made. */
export async function writeLakeOf(size: LakeSize, until: number, folder: string): Promise<void> {
  const put = async (key: string, body: Uint8Array | undefined) => {
    if (!body) return;
    const file = join(folder, 'lake', key);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, body);
  };
  const integrations = Array.from({ length: size.integrations }, (_, index) => new SteadyIntegration(index));
  let month: SummedDay[] = [];
  const putMonth = async () => {
    const [first] = month;
    if (!first) return;
    const key = daysKey(workspace, monthOf(first.day));
    await put(key, await joinMonth(undefined, key, month));
    month = [];
  };
  for (let midnight = startOfDay(firstDayOf(size, until)); midnight <= until; midnight += dayMs) {
    const day = dayAt(midnight);
    if (month[0] && monthOf(month[0].day) !== monthOf(day)) await putMonth();
    const writer = new LineWriter();
    const sums = new Map<string, string>();
    for (const integration of integrations) {
      const syncs = integration.syncsOf(midnight, Math.min(until, midnight + dayMs), size.cadence);
      const [first] = syncs;
      if (!first) continue;
      integration.check(first);
      for (const sync of syncs) await writer.write(integration.line(sync));
      sums.set(integration.id, sumsLine(integration.id, day, syncs));
    }
    month.push({ day, sums, isWhole: true });
    await put(syncsKey(workspace, day), await writer.finish());
  }
  await putMonth();
  await putSmallTables(integrations, size, until, put);
}

async function putSmallTables(
  integrations: readonly SteadyIntegration[],
  size: LakeSize,
  until: number,
  put: (key: string, body: Uint8Array | undefined) => Promise<void>,
): Promise<void> {
  await put(standingKey(workspace), await standingBody(integrations.map((each) => each.standing(until))));
  const rows = new Map<string, IntegrationRow>();
  for (const { id } of integrations) {
    const row = readIntegrationRow(parseSourced(JSON.stringify(listed(id))));
    if ('line' in row) rows.set(id, row);
  }
  const { body, before, after } = await joinIntegrations(undefined, '', rows, () => false);
  await put(integrationsKey(workspace), body);
  const listings = { before, after, isWhole: true, seenAt: until };
  await put(changesKey(workspace), await joinChanges(undefined, '', listings));
  const cell = (time: number) => timestampCell(instantOf(time));
  const lines = integrations.map(({ id }) => ({
    ...{ integration_id: id, state: 'complete', row_order: 'newest_first', failure: null },
    ...{ complete_from: cell(startOfDay(firstDayOf(size, until))), complete_to: cell(until) },
    ...{ gaps: 0, open_syncs: 0, abandoned_syncs: 0, late_rows: 0, lost_gaps: 0 },
    ...{ checked_at: cell(until), rechecked_at: cell(until) },
  }));
  await put(coverageKey(workspace), await bodyOf('coverage', lines));
}
