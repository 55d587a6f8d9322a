/** Where the SQL of a question comes from. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { WrongUse } from '../command/wrong-use.ts';
import { explaining } from '../stores/file-error.ts';
import { LocalSqlFailure } from './local-sql-failure.ts';

export interface Wording {
  readonly sql: string | undefined;
  readonly file?: string;
  readonly saved?: string;
}

export const howToAsk =
  'Put the statement in quotes: npm run query -- "SELECT …" [--data DIR] [--json | --csv]';

/**
 * @returns undefined where nothing was said and somebody sits at a terminal: then they are asked.
 * @throws {WrongUse} @throws {LocalSqlFailure}
 */
export async function statementOf(
  { sql, file, saved }: Wording,
  input: NodeJS.ReadStream,
): Promise<string | undefined> {
  if ([sql, file, saved].filter((way) => way !== undefined).length > 1)
    throw new WrongUse(
      `Error: SQL, --file and --saved are three ways of one question: take one.\n${howToAsk}`,
    );
  if (sql !== undefined) return sql;
  // The questions are loaded only where one is asked for.
  if (saved !== undefined) return (await import('./saved.ts')).savedSql(saved);
  if (file !== undefined) return await inFile(file);
  if (input.isTTY) return undefined;
  const piped = await text(input);
  if (piped.trim() === '')
    throw new WrongUse(`Error: there is no SQL, on standard input neither.\n${howToAsk}`);
  return piped;
}

async function inFile(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT')
      return explaining(file, () => Promise.reject(error), 'another file with --file');
    throw new LocalSqlFailure(`There is no file ${file}.`, { cause: error });
  });
  // Some editors begin a file with a byte order mark, which the decoder leaves out.
  return new TextDecoder().decode(bytes);
}
