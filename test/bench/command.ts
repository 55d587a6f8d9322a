/** The command `npm run bench`. */
import Table from 'cli-table3';
import { groups } from './groups.ts';
import type { Measure } from './measure.ts';
import { readOptions } from './options.ts';

export async function bench(): Promise<void> {
  const rows: Measure[] = [];
  const tables: string[] = [];
  for (const group of readOptions(groups)) {
    console.error(`Measuring ${group.said} …`);
    if ('table' in group) tables.push(await group.table());
    else rows.push(...(await group.measures()));
  }
  if (tables.length > 0) console.log(tables.join('\n\n'));
  if (rows.length === 0) return;
  const table = new Table({ head: ['measure', 'value', 'goal', ''], style: { head: [], border: [] } });
  for (const row of rows) table.push([row.name, row.value, row.goal, verdict(row)]);
  console.log(table.toString());
  if (rows.some(({ met }) => !met)) process.exitCode = 1;
}

function verdict({ goal, met }: Measure): string {
  if (goal === '') return '';
  return met ? 'met' : 'missed';
}
