/** Asks a lake, and writes the answer. */
import { count, counted } from '../table/counted.ts';
import { type Screen, screenOf } from '../table/screen.ts';
import type { FittedTable } from '../table/text-table.ts';
import { wrapped } from '../table/wrapped.ts';
import type { LocalLake, QueryResult } from './open-lake.ts';
import { asCsv, asJson, asTable, mostTableRows } from './result-formats.ts';

export interface AnswerFormat {
  readonly json?: true;
  readonly csv?: true;
}

/** The answer on standard output; what there is to say of it on standard error. @throws {LocalSqlFailure} */
export async function answer(lake: LocalLake, sql: string, { json, csv }: AnswerFormat): Promise<void> {
  const result = await lake.query(sql);
  if (json) return void process.stdout.write(asJson(result));
  if (csv) return void process.stdout.write(asCsv(result));
  const screen = screenOf(process.stdout);
  const table = asTable(result, screen);
  process.stdout.write(table.text);
  console.error(wrapped(remarksOn(result, table, screen).join('\n'), screen.width));
}

/** How much of the answer the table shows. */
function remarksOn({ rows, columns }: QueryResult, table: FittedTable, { width }: Screen): string[] {
  const isWhole = rows.length <= mostTableRows;
  const shown = columns.length - table.leftOut.length;
  return [
    isWhole
      ? counted(rows.length, 'row')
      : `The first ${count(mostTableRows)} of ${counted(rows.length, 'row')}; --json or --csv gives all.`,
    ...(table.leftOut.length > 0
      ? [
          `${shown} of ${columns.length} columns fit this terminal, which is ${width} wide; left out: ` +
            `${table.leftOut.join(', ')}. Name those that you want, or take --json or --csv.`,
        ]
      : []),
    ...(table.isShortened ? ['What ends in … is shortened.'] : []),
  ];
}
