/**
 * A question is one statement that reads. DuckDB could be made to write over the files that it may read (COPY),
 * so what a statement does is looked at before it runs.
 */
import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { explainedByDuckDB, LocalSqlFailure } from './local-sql-failure.ts';

export async function question(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await extracted(connection, sql);
  if (statements.count > 1)
    throw new LocalSqlFailure(
      `${
        /^\s*pivot\b/i.test(sql)
          ? 'PIVOT must name the values it turns into columns: ON job_status IN (…).'
          : 'Only one statement can be run at a time.'
      }`,
    );
  const statement = await statements.prepare(0).catch((error: unknown) => {
    throw explainedByDuckDB(error);
  });
  // SHOW, DESCRIBE and SUMMARIZE are of this type, too.
  if (statement.statementType !== StatementType.SELECT)
    throw new LocalSqlFailure('The lake can only be read: ask with a statement like SELECT.');
  return statement;
}

async function extracted(connection: DuckDBConnection, sql: string) {
  try {
    return await connection.extractStatements(sql);
  } catch (error) {
    // What the binding says when there is nothing but blanks and comments.
    if (error instanceof Error && error.message === 'Error in native callback')
      throw new LocalSqlFailure('There is no statement in the SQL.', { cause: error });
    throw explainedByDuckDB(error);
  }
}
