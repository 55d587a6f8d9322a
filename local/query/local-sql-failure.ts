import { ExporterError } from '../../lambda/errors/exporter-error.ts';
import { dataOption } from './in-shell.ts';

/**
 * A question could not be answered: there is no lake, an object of it can't be read, or the SQL is wrong.
 * The message is for a person, mostly DuckDB's own, which points at the place in the SQL.
 */
export class LocalSqlFailure extends ExporterError {
  override readonly name = 'LocalSqlFailure';
  override readonly isForPeople = true;
}

/** Some errors of DuckDB list every candidate or repeat a plan; what matters stands at the beginning. */
const mostLines = 8;
const longestLine = 400;

export function explainedByDuckDB(error: unknown): LocalSqlFailure {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message
    .replace(/^Failed to extract statements: /, '')
    .trim()
    .split('\n')
    .slice(0, mostLines)
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
  return new LocalSqlFailure(lines.join('\n'), { cause: error });
}

/** Where objects are read: of some damage to what is compressed DuckDB does not say in which file it is. */
export function explainedWhileReading(directory: string, error: unknown): LocalSqlFailure {
  const explained = explainedByDuckDB(error);
  const { message } = explained;
  if (!/^IO Error: .*gzip/i.test(message) || message.includes('.ndjson.gz')) return explained;
  return new LocalSqlFailure(
    `An object of the lake is damaged: npm run audit -- ${dataOption(directory)} names it. (${message})`,
    { cause: error },
  );
}
