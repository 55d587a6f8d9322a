/** The cookbook: the saved queries of the workgroup, asked by their names. */
import { duckdb } from '../../sql/dialect.ts';
import { questionSql, questions } from '../../sql/questions.ts';
import { WrongUse } from '../command/wrong-use.ts';
import type { Screen } from '../table/screen.ts';
import { fitted } from '../table/text-table.ts';
import type { AnswerFormat } from './answer.ts';
import { asCsv, asJson } from './result-formats.ts';

const [name, answers] = ['name', 'what it answers'];

/** Their names and what they answer. */
export function savedList({ width }: Pick<Screen, 'width'>, { json, csv }: AnswerFormat): string {
  const rows = questions.map((question) => [question.name, question.description]);
  if (json || csv) {
    const columns = [name, answers].map((each) => ({ name: each, type: 'VARCHAR' }));
    return json ? asJson({ columns, rows }) : asCsv({ columns, rows });
  }
  return fitted(
    {
      columns: [
        { name, align: 'left', shorten: 'wrap' },
        { name: answers, align: 'left', shorten: 'wrap' },
      ],
      rows,
    },
    width,
  ).text;
}

/** @throws {WrongUse} there is none of that name. */
export function savedSql(name: string): string {
  const wanted = name.trim().toLowerCase();
  const found = questions.find((question) => question.name === wanted);
  if (found) return questionSql(found, duckdb);
  throw new WrongUse(
    `Error: there is no question “${name}”: npm run query -- --list names those that there are.`,
  );
}
