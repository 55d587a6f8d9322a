/** What questions cost in requests and bytes on Trino, over the deployed tables, and in dollars a month. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalAthena } from '../../local/aws/athena.ts';
import { billOf } from './bill.ts';
import { type Cost, costOf, withLakeOnTrino } from './lake-on-trino.ts';
import { figure, type Measure, measure } from './measure.ts';
import { firstDayOf, type LakeSize, sizes, writeLakeOf } from './question-lakes.ts';

/** How many are listed and read hangs on the days, not on the integrations: the smallest of the lakes tells. */
export async function questionsOnTrino(): Promise<Measure[]> {
  const [size] = sizes as [LakeSize];
  const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    await writeLakeOf(size, until, directory);
    const lake = { folder: directory, firstDay: firstDayOf(size, until) };
    return await withLakeOnTrino(lake, (athena) => measured(athena, until));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measured(athena: LocalAthena, until: number): Promise<Measure[]> {
  const since = (days: number) => new Date(until - days * 86_400_000).toISOString().slice(0, 10);
  const health = (days: number) =>
    `SELECT count(success), sum(rows_synced) FROM daily_health WHERE month >= '${since(days).slice(0, 7)}' AND dt >= '${since(days)}'`;
  const measures: Measure[] = [];
  const ask = async (name: string, sql: string, mostLists?: number): Promise<Cost> => {
    const cost = await costOf(athena, sql);
    const what = `listings, ${name} (${cost.gets} reads, ${cost.megabytes.toFixed(1)} MB)`;
    measures.push(
      mostLists === undefined ? figure(what, cost.lists, 0) : measure(what, cost.lists, mostLists, 0),
    );
    return cost;
  };
  await ask('freshness', 'SELECT count(late), count(reason) FROM freshness', 6);
  await ask('latest_syncs', 'SELECT count(last_status), count(reason) FROM latest_syncs', 6);
  await ask('completeness', 'SELECT count(verdict) FROM completeness', 6);
  await ask('incidents, open', 'SELECT count(reason) FROM incidents WHERE still_open', 6);
  await ask('daily_health over a year', health(364), 20);
  await ask('volume_anomalies', 'SELECT count(score) FROM volume_anomalies', 20);
  await ask('incidents', 'SELECT count(statuses) FROM incidents');
  await ask('failed_syncs', 'SELECT count(outcome) FROM failed_syncs');
  await ask('sync_history over a year', 'SELECT count(outcome) FROM sync_history');
  const wall = await ask('daily_health over 90 days', health(90), 20);
  return [...measures, measure('USD a month, a wall of six charts over 90 days', billOf(wall), 2, 2)];
}
