/** What each view costs at a size, on DuckDB and on Trino, as the table of docs/query-costs.md. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryFailure } from '../../local/aws/query-failure.ts';
import type { View } from '../../sql/view.ts';
import { views } from '../../sql/views.ts';
import { askDuckdb, type Taken } from './ask-duckdb.ts';
import { billOf } from './bill.ts';
import { type Cost, costOf, withLakeOnTrino } from './lake-on-trino.ts';
import { firstDayOf, type LakeSize, sizes, writeLakeOf } from './question-lakes.ts';

interface Asked {
  readonly said: string;
  readonly sql: string;
}

/** Of a machine with 4 GB, what a person can spare for an engine. */
const heapMegabytes = 3000;

/** All of its cells are read. */
const wholeOf = ({ name, columns }: View, where = ''): string =>
  `SELECT ${columns.map((column) => `count(${column.name})`).join(', ')} FROM ${name}${where}`;

export function askedOf(until: number): readonly Asked[] {
  const day = (days: number) => new Date(until - days * 86_400_000).toISOString().slice(0, 10);
  const since = (days: number) => ` WHERE month >= '${day(days).slice(0, 7)}' AND dt >= '${day(days)}'`;
  // That of all single syncs takes the longest by far.
  const ordered = [...views.slice(1), ...views.slice(0, 1)];
  return ordered.flatMap((view): Asked[] => {
    const whole = { said: view.name, sql: wholeOf(view) };
    if (view.name === 'incidents')
      return [{ said: 'incidents, open', sql: wholeOf(view, ' WHERE still_open') }, whole];
    if (view.name === 'daily_health')
      return [{ said: 'daily_health, 90 days', sql: wholeOf(view, since(90)) }, whole];
    return [whole];
  });
}

/** @param name of one of `sizes`. */
export async function costTable(name: string): Promise<string> {
  const size = sizes.find((each) => each.name === name);
  if (!size) throw new Error(`There is no size ${name}.`);
  // To the last hour: the views look back from now.
  const until = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    console.error('Writing the lake …');
    await writeLakeOf(size, until, folder);
    return await costsIn(folder, size, until);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param folder in which the lake of that size is. */
export async function costsIn(folder: string, size: LakeSize, until: number): Promise<string> {
  const asked = askedOf(until);
  console.error('Asking DuckDB …');
  const local: Taken[] = [];
  for (const { said, sql } of asked) {
    const taken = await askDuckdb(sql, folder);
    console.error(`  ${said}: ${duckdbCells(taken).join(', ')}`);
    local.push(taken);
  }
  const onTrino = { folder, firstDay: firstDayOf(size, until), heapMegabytes };
  const costs = await withLakeOnTrino(onTrino, async (athena) => {
    const all: (Cost | string)[] = [];
    for (const { said, sql } of asked) {
      const cost = await costOf(athena, sql).catch(nameOf);
      console.error(`  ${said}: ${trinoCells(cost).join(', ')}`);
      all.push(cost);
    }
    return all;
  });
  return tableOf(
    size.said,
    asked.map(({ said }, index) => [said, ...duckdbCells(local[index]), ...trinoCells(costs[index])]),
  );
}

/** What Trino could not do is told in its place. */
function nameOf(error: unknown): string {
  if (error instanceof QueryFailure) return error.kind;
  throw error;
}

const duckdbCells = (taken: Taken | undefined): string[] =>
  taken
    ? [
        taken.cpuSeconds.toFixed(1),
        taken.residentMegabytes.toFixed(0),
        taken.megabytesRead?.toFixed(1) ?? '?',
      ]
    : [];

const trinoCells = (cost: Cost | string | undefined): string[] =>
  typeof cost === 'object'
    ? [
        cost.seconds.toFixed(1),
        cost.megabytes.toFixed(1),
        String(cost.lists),
        String(cost.gets),
        billOf(cost).toFixed(2),
      ]
    : [cost ?? '', '', '', '', ''];

const head = ['DuckDB: CPU s', 'peak MB', 'MB read', 'Trino: s', 'MB read', 'LIST', 'GET', 'USD'];

export function tableOf(said: string, rows: readonly (readonly string[])[]): string {
  const all = [[said, ...head], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => aligned(row[column] ?? '', width, column)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(all[0] ?? []), rule, ...rows.map(line)].join('\n');
}

/** Numbers stand under each other. */
const aligned = (cell: string, width: number, column: number): string =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);
