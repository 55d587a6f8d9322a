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

/**
 * Where objects are read, and DuckDB's words alone would not say what to do. Of some damage to what is compressed it does
 * not name the file; of a line that is not as it should be it advises settings that nobody can set here.
 */
export function explainedWhileReading(directory: string, error: unknown): LocalSqlFailure {
  const explained = explainedByDuckDB(error);
  const [message = ''] = explained.message.split('\n');
  const [, closed] = /^IO Error: Cannot open file "(.+\.ndjson\.gz)": Permission denied$/.exec(message) ?? [];
  if (closed !== undefined)
    return new LocalSqlFailure(
      `${closed} is not open to this user: give them access to it, or choose another folder with --data.`,
      { cause: error },
    );
  if (!isDamage(message)) return explained;
  return new LocalSqlFailure(
    `An object of the lake is damaged: npm run audit -- ${dataOption(directory)} names it, and docs/audit.md says what ` +
      `to do. (${message})`,
    { cause: error },
  );
}

const isDamage = (message: string): boolean =>
  /^IO Error: .*gzip/i.test(message) ||
  /^Invalid Input Error: (Malformed JSON|JSON transform error) in file ".+\.ndjson\.gz"/.test(message);
