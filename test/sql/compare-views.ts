/** Asks an engine for every view and compares its answers with the model's: DuckDB or Trino, with the same lake. */
import type { Dialect } from '../../sql/dialect.ts';
import { at } from '../../sql/dialect.ts';
import { questionSql, questions } from '../../sql/questions.ts';
import type { View, ViewColumnType } from '../../sql/view.ts';
import { views, withViews } from '../../sql/views.ts';
import type { ModelCell, ModelLake, ModelRow } from './model/lake.ts';
import { timeText } from './model/lake.ts';
import { questionAnswers } from './model/questions.ts';
import { modelAnswers } from './model.ts';

/** A row of an answer, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;
export type Ask = (sql: string) => Promise<readonly Row[]>;

export interface Difference {
  readonly view: string;
  /** Rows of the engine that the model does not have. */
  readonly unexpected: readonly string[];
  /** Rows of the model that the engine does not have. */
  readonly missing: readonly string[];
}

export interface Comparison {
  readonly ask: Ask;
  readonly dialect: Dialect;
  readonly lake: ModelLake;
  /**
   * With it, the views are asked as they are at this moment, in milliseconds, and only tables have to be there.
   * @default none: the views that were created are asked, and the model takes the moment at which they answer.
   */
  readonly now?: number;
}

/** The same for the named queries. Their order counts, too. */
export async function compareQuestions({ ask, dialect, lake, now }: Comparison & { now: number }) {
  const differences: Difference[] = [];
  const standing = at(dialect, timeText(now) ?? '');
  const answers = questionAnswers(lake, now);
  for (const question of questions) {
    const rows = await ask(withViews(questionSql(question, standing), standing));
    const expected = answers[question.name];
    if (!expected) throw new Error(`The model does not know the question ${question.name}.`);
    const names = Object.keys(rows[0] ?? {});
    const unexpected = rows.map((row) => JSON.stringify(names.map((name) => plain(row[name]))));
    const missing = expected.map((row) => JSON.stringify(names.map((name) => plain(row[name]))));
    if (unexpected.join('\n') !== missing.join('\n') || rows.length !== expected.length)
      differences.push({ view: question.name, unexpected, missing });
  }
  return differences;
}

/** Whatever a client makes of a number or a time. */
function plain(cell: unknown): ModelCell {
  if (cell === undefined) throw new Error('A column is missing.');
  if (typeof cell === 'bigint' || typeof cell === 'number') return Number(cell);
  return typeof cell === 'string' ? cell.replace(/^[-\d]{10} [:\d]{8}$/, '$&.000') : (cell as ModelCell);
}

export async function compareViews(comparison: Comparison): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const view of views) {
    const { answered, now } = await answersOf(view, comparison);
    const answers = modelAnswers[view.name];
    if (!answers) throw new Error(`The model does not know ${view.name}.`);
    const expected = answers(comparison.lake, now).map((row) => rowText(view, row));
    const unexpected = without(answered, expected);
    const missing = without(expected, answered);
    if (unexpected.length + missing.length > 0) differences.push({ view: view.name, unexpected, missing });
  }
  return differences;
}

async function answersOf(view: View, { ask, dialect, now }: Comparison) {
  const columns = view.columns.map(({ name, type }) => `${exactly[type](name)} AS ${name}`);
  const clock = `CAST(${dialect.now} AS varchar) AS asked_at`;
  const rows =
    now === undefined
      ? await ask(`SELECT ${[...columns, clock].join(', ')} FROM ${view.name}`)
      : await ask(
          withViews(`SELECT ${columns.join(', ')} FROM ${view.name}`, at(dialect, timeText(now) ?? '')),
        );
  const askedAt = rows[0]?.asked_at;
  return {
    answered: rows.map((row) => rowText(view, row as ModelRow)),
    now: now ?? (askedAt ? Date.parse(`${String(askedAt).replace(' ', 'T')}Z`) : Date.now()),
  };
}

/** JSON carries no integer past 2^53, and each client has its own idea of a time. */
const asText = (name: string): string => `CAST(${name} AS varchar)`;
const asIs = (name: string): string => name;

const exactly: Readonly<Record<ViewColumnType, (name: string) => string>> = {
  bigint: asText,
  timestamp: asText,
  date: asText,
  string: asIs,
  boolean: asIs,
  double: asIs,
};

function rowText(view: View, row: ModelRow): string {
  return JSON.stringify(view.columns.map(({ name, type }) => cellText(name, type, row[name])));
}

function cellText(name: string, type: ViewColumnType, cell: ModelCell | undefined): ModelCell {
  if (cell === undefined) throw new Error(`There is no ${name} in the row.`);
  if (cell === null) return null;
  if (type === 'bigint') return String(cell);
  // DuckDB leaves out a fraction of zeros.
  if (type === 'timestamp')
    return String(cell)
      .replace(/:\d\d$/, '$&.')
      .padEnd(23, '0');
  return cell;
}

/** Of two lists with repetitions. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(row, (counts.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(row) ?? 0;
    counts.set(row, count - 1);
    return count <= 0;
  });
}

/** A view's rows at a moment, by workspace, integration and whatever time a row has; for expectations by hand. */
export async function rowsOf(ask: Ask, dialect: Dialect, view: string, now: number): Promise<readonly Row[]> {
  const rows = await ask(withViews(`SELECT * FROM ${view}`, at(dialect, timeText(now) ?? '')));
  const order = (row: Row) =>
    ['workspace', 'integration_id', 'dt', 'first_start', 'sync_start_time', 'sync_finish_time']
      .map((name) => String(row[name] ?? ''))
      .join('\t');
  return rows.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));
}
