/** The command `npm run bench`. */
import Table from 'cli-table3';
import { groups } from './groups.ts';
import type { Measure } from './measure.ts';
import { readOptions } from './options.ts';

export async function bench(): Promise<void> {
  const rows: Measure[] = [];
  for (const { said, measures } of readOptions(groups)) {
    console.error(`Measuring ${said} …`);
    rows.push(...(await measures()));
  }
  const table = new Table({ head: ['measure', 'value', 'goal', ''], style: { head: [], border: [] } });
  for (const row of rows) table.push([row.name, row.value, row.goal, verdict(row)]);
  console.log(table.toString());
  if (rows.some(({ met }) => !met)) process.exitCode = 1;
}

function verdict({ goal, met }: Measure): string {
  if (goal === '') return '';
  return met ? 'met' : 'missed';
}
