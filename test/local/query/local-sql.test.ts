import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LocalSqlFailure } from '../../../local/query/local-sql-failure.ts';
import { type LocalLake, openLake } from '../../../local/query/open-lake.ts';
import { filesBelow, scratchFolder } from '../stores/scratch.ts';
import { day, integrations, put, putBody, sync } from './write-lake.ts';

async function opened(directory: string): Promise<LocalLake> {
  const lake = await openLake(directory);
  onTestFinished(() => lake.close());
  return lake;
}

async function rows(directory: string, sql: string): Promise<unknown> {
  return (await (await opened(directory)).query(sql)).rows;
}

function lakeOfOneSync(directory = scratchFolder()): string {
  put(directory, day('a', '2024-05-01'), sync({ integration_id: 'one', job_status: 'success' }));
  return directory;
}

describe('the tables', () => {
  it('have the columns and types of the lake', async () => {
    const lake = await opened(lakeOfOneSync());
    const described = await lake.query('DESCRIBE syncs');
    expect(described.rows.map(([name, type]) => `${name} ${type}`)).toEqual([
      'integration_id VARCHAR',
      'sync_start_time TIMESTAMP',
      'sync_finish_time TIMESTAMP',
      'last_timestamp_synced TIMESTAMP',
      'job_status VARCHAR',
      'rows_synced BIGINT',
      'rows_failed_with_errors BIGINT',
      'problems VARCHAR',
      'raw VARCHAR',
      'workspace VARCHAR',
      'dt VARCHAR',
    ]);
  });

  it('are there and empty, with the same columns, before anything was written to them', async () => {
    const directory = scratchFolder();
    mkdirSync(join(directory, 'lake'));
    const empty = await opened(directory);
    const full = scratchFolder();
    put(full, day('a', '2024-05-01'), sync({}));
    put(full, integrations('a'), { integration_id: 'one', listed: true });
    put(full, 'coverage/workspace=a/coverage.ndjson.gz', { integration_id: 'one', gaps: 0 });
    put(full, 'standing/workspace=a/standing.ndjson.gz', { integration_id: 'one', usual_minutes: 15 });
    put(full, 'days/workspace=a/month=2024-05/days.ndjson.gz', { integration_id: 'one', dt: '2024-05-01' });
    put(full, 'changes/workspace=a/changes.ndjson.gz', { integration_id: 'one', field: 'listed' });
    put(full, 'quarantine/workspace=a/one.ndjson.gz', { integration_id: 'one' });
    const written = await opened(full);
    for (const table of ['syncs', 'integrations', 'coverage', 'standing', 'days', 'changes', 'quarantine']) {
      const nothing = await empty.query(`FROM ${table}`);
      expect(nothing.rows).toEqual([]);
      const something = await written.query(`FROM ${table}`);
      expect(something.rows).toHaveLength(1);
      expect(nothing.columns).toEqual(something.columns);
    }
  });

  it('give every cell exactly', async () => {
    const directory = scratchFolder();
    const raw = '{"job_status": "\\u00e9",\r\n\t"n": 9223372036854775808, "quote": "\'\\"", "🦆": "\u2028"}';
    put(
      directory,
      day('a', '2024-05-01'),
      sync({
        integration_id: 'Zoë 🦆 \u0000 end',
        sync_start_time: '2024-05-01 23:59:59.999',
        sync_finish_time: '2024-05-02 00:00:00.000',
        job_status: '2024-05-01',
        rows_synced: 9223372036854775807n,
        rows_failed_with_errors: -9223372036854775808n,
        problems: '',
        raw,
      }),
      sync({ rows_synced: 9007199254740993n }),
    );
    expect(await rows(directory, 'FROM syncs')).toEqual([
      [
        'Zoë 🦆 \u0000 end',
        '2024-05-01 23:59:59.999',
        '2024-05-02 00:00:00.000',
        null,
        '2024-05-01',
        9223372036854775807n,
        -9223372036854775808n,
        '',
        raw,
        'a',
        '2024-05-01',
      ],
      [null, null, null, null, null, 9007199254740993n, null, null, null, 'a', '2024-05-01'],
    ]);
  });

  it('take the longest text that Braze may have answered with', async () => {
    const directory = scratchFolder();
    // An answer of more than this is refused; and every character of this one has to be escaped.
    put(directory, day('a', '2024-05-01'), sync({ raw: '"'.repeat(8 * 1024 * 1024) }));
    expect(await rows(directory, 'SELECT length(raw) FROM syncs')).toEqual([[8_388_608n]]);
  });

  it('come with the views, which read of the lake what a question needs', async () => {
    const directory = scratchFolder();
    put(directory, day('a', '2024-05-01'), sync({ integration_id: 'one', job_status: 'success' }));
    // Whoever reads this one fails.
    putBody(directory, day('a', '2024-05-02'), 'damaged');
    const lake = await opened(directory);
    const history = "SELECT integration_name, outcome FROM sync_history WHERE dt = '2024-05-01'";
    expect((await lake.query(history)).rows).toEqual([['one', 'success']]);
    await expect(lake.query('SELECT outcome FROM sync_history')).rejects.toThrow(/dt=2024-05-02/);
    // Days are added up already.
    expect((await lake.query('SELECT success FROM daily_health')).rows).toEqual([]);
    // Further back than it looks.
    expect((await lake.query('SELECT * FROM incidents')).rows).toEqual([]);
  });

  it('hold fields that have no column yet, within reach of SQL as in Athena', async () => {
    const directory = scratchFolder();
    put(directory, day('a', '2024-05-01'), sync({ raw: '{"new_field":{"nested":"it’s"}}' }));
    const sql =
      "SELECT json_extract_scalar(raw, '$.new_field.nested'), json_extract_scalar(raw, '$.none') FROM syncs";
    expect(await rows(directory, sql)).toEqual([['it’s', null]]);
  });

  it('pass over objects without lines, and files that are no objects', async () => {
    const directory = lakeOfOneSync();
    putBody(directory, 'coverage/workspace=a/coverage.ndjson.gz', gzipSync(''));
    putBody(directory, day('a', '2024-05-02'), gzipSync(''));
    putBody(directory, 'syncs/workspace=a/dt=2024-05-01/._syncs.ndjson.gz', 'a Finder’s');
    putBody(directory, 'syncs/.DS_Store', 'a Finder’s');
    const lake = await opened(directory);
    expect((await lake.query('SELECT integration_id FROM syncs')).rows).toEqual([['one']]);
    expect((await lake.query('FROM coverage')).rows).toEqual([]);
    expect((await lake.query('SELECT count(*) FROM syncs')).rows).toEqual([[1n]]);
  });
});

describe('partitions', () => {
  it('come from the key, and rule out the objects that a filter does not need', async () => {
    const directory = scratchFolder();
    for (const workspace of ['a', 'b-2'])
      for (let date = 1; date <= 28; date += 1)
        put(directory, day(workspace, `2024-02-${String(date).padStart(2, '0')}`), sync({}), sync({}));
    // Whoever reads this one fails.
    putBody(directory, day('b-2', '2024-02-07'), 'damaged');
    putBody(directory, day('a', '2024-02-20'), 'damaged');
    const lake = await opened(directory);
    const counts = await lake.query(
      "SELECT workspace, min(dt), max(dt), count(*) FROM syncs WHERE workspace = 'a' AND dt < '2024-02-20' GROUP BY ALL",
    );
    expect(counts.rows).toEqual([['a', '2024-02-01', '2024-02-19', 38n]]);
    const days = "dt BETWEEN '2024-02-27' AND '2024-02-30' OR dt IN ('2024-02-08')";
    const both = await lake.query(`SELECT count(*) FROM syncs WHERE ${days}`);
    expect(both.rows).toEqual([[12n]]);
    await expect(lake.query('SELECT count(job_status) FROM syncs')).rejects.toThrow(LocalSqlFailure);
  });

  it.each([
    ['quotes', `it's "the" lake`],
    ['a pattern that means its neighbour', 'lake[x]'],
    ['an open bracket', 'lake [x'],
    ['wildcards', 'la?e **'],
    ['braces', '{lakex,laxe}'],
    ['partitions above the lake', 'workspace=wrong/dt=1999-01-01/year=5'],
    ['a backslash and a line break', 'la\\ke\n$HOME'],
    ['unicode', '湖 – Zoë'],
  ])('come from the key below a folder whose name has %s', async (_what, name) => {
    const folder = scratchFolder();
    for (const neighbour of ['lakex', 'laxe xx', 'lake x']) {
      put(join(folder, neighbour), day('a', '2024-05-01'), sync({ integration_id: neighbour }));
    }
    const directory = lakeOfOneSync(join(folder, name));
    const lake = await opened(directory);
    const { rows: found } = await lake.query('SELECT integration_id, workspace, dt FROM syncs');
    expect(found).toEqual([['one', 'a', '2024-05-01']]);
    const sql = "SELECT count(*) FROM syncs WHERE workspace = 'a' AND dt > '2024'";
    expect((await lake.query(sql)).rows).toEqual([[1n]]);
  });

  it('are found below a relative path, too', async () => {
    const directory = relative(process.cwd(), lakeOfOneSync());
    expect(await rows(directory, 'SELECT dt FROM syncs')).toEqual([['2024-05-01']]);
  });
});

describe('a question', () => {
  it('gets values of every kind as plain ones', async () => {
    const answer = await (await opened(lakeOfOneSync())).query(`SELECT
      (2::HUGEINT ** 100)::HUGEINT, 1.50::DECIMAL(9, 2), 0.1::DOUBLE, DATE '2024-02-29', NULL,
      TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMPTZ '2024-07-01 00:00:00+02', 'infinity'::TIMESTAMP,
      [1, NULL], {'at': TIMESTAMP '2024-01-01', 'n': 9::BIGINT}, MAP {'k': true}, 1 AS twice, 2 AS twice`);
    expect(answer.rows).toEqual([
      [
        1267650600228229401496703205376n,
        '1.50',
        0.1,
        '2024-02-29',
        null,
        '1969-12-31 23:59:59.999',
        '2024-06-30 22:00:00.000',
        'infinity',
        [1, null],
        { at: '2024-01-01 00:00:00.000', n: 9n },
        [{ key: 'k', value: true }],
        1,
        2,
      ],
    ]);
    expect(new Set(answer.columns.map(({ name }) => name)).size).toBe(answer.columns.length);
    expect(answer.columns[1]?.type).toBe('DECIMAL(9,2)');
  });

  it('is answered in UTC wherever the machine is', async () => {
    const sql = "SELECT current_setting('TimeZone'), strftime(TIMESTAMPTZ '2024-07-01 00:00:00+02', '%H')";
    expect(await rows(lakeOfOneSync(), sql)).toEqual([['UTC', '22']]);
  });

  it.each([
    ['SELEC 1', /^Parser Error: syntax error at or near "SELEC"\n\nLINE 1: SELEC 1\n/],
    ['SELECT nothing FROM syncs', /^Binder Error: Referenced column "nothing" not found/],
    ["SELECT 'x'::BIGINT", /^Conversion Error: /],
    ['SELECT $1', /parameter/],
    ['', /^There is no statement/],
    [' ; -- nothing', /^There is no statement/],
    ['SELECT 1; SELECT 2', /^Only one statement/],
    ['PIVOT syncs ON job_status', /^PIVOT must name the values/],
  ])('that is wrong is answered with what is: %s', async (sql, message) => {
    const lake = await opened(lakeOfOneSync());
    const failure = await lake.query(sql).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocalSqlFailure);
    expect(String((failure as Error).message)).toMatch(message);
    // And the lake can still be asked.
    expect((await lake.query('SELECT 1;')).rows).toEqual([[1]]);
  });

  it.each([
    ['no JSON', gzipSync('{"rows_synced": \n')],
    ['no row', gzipSync('5\n')],
    ['no number', gzipSync('{"rows_synced": "many"}\n')],
    ['no time', gzipSync('{"sync_start_time": "today"}\n')],
    ['no UTF-8', gzipSync(Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]))],
    ['no gzip', 'no gzip'],
    ['nothing', ''],
  ])('names an object that can not be read, and says what to do: %s', async (_, body) => {
    const directory = lakeOfOneSync();
    putBody(directory, day('a', '2024-05-02'), body);
    const failure = await rows(directory, 'FROM syncs').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocalSqlFailure);
    const { message } = failure as Error;
    expect(message).toContain(
      `An object of the lake is damaged: npm run audit -- --data ${directory} names it, and docs/audit.md says what to do. (`,
    );
    expect(message).toContain('dt=2024-05-02');
    expect(message).not.toMatch(/auto_detect|\n/);
  });

  // Nothing is closed to root.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'names an object that is not open to this user',
    async () => {
      const directory = lakeOfOneSync();
      chmodSync(join(directory, 'lake', day('a', '2024-05-01')), 0);
      await expect(rows(directory, 'FROM syncs')).rejects.toThrow(/gz is not open to this user: give them /);
    },
  );

  it.each([
    ['more at its end', (whole: Buffer) => Buffer.concat([whole, Buffer.from('x')])],
    ['another beginning of its data', (whole: Buffer) => Buffer.from(whole).fill(0xff, 10, 14)],
  ])('says how to find one that DuckDB does not name: %s', async (_, damaged) => {
    const directory = lakeOfOneSync();
    putBody(directory, day('a', '2024-05-02'), damaged(gzipSync('{"raw": "x"}\n')));
    const failure = await rows(directory, 'FROM syncs').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocalSqlFailure);
    expect(String(failure)).toContain(
      `An object of the lake is damaged: npm run audit -- --data ${directory} names it, and docs/audit.md says what to do. (IO Error: `,
    );
  });

  it('needs a lake', async () => {
    await expect(openLake(join(scratchFolder(), 'none'))).rejects.toThrow(/There is no lake in .*npm start/);
  });
});

describe('the lake is only read', () => {
  it.each([
    ["COPY (SELECT 1) TO 'PATH'"],
    ["EXPLAIN ANALYZE COPY (SELECT 1) TO 'PATH'"],
    ["COPY (SELECT 1) TO 'OWN'"],
    ["EXPLAIN ANALYZE COPY (SELECT 1) TO 'OWN'"],
    ["EXPORT DATABASE 'PATH'"],
    ["ATTACH 'PATH'"],
    ["PREPARE writes AS COPY (SELECT 1) TO 'OWN'"],
    ['SET enable_external_access = true'],
    ["SET TimeZone = 'Europe/Berlin'"],
    ['RESET allowed_paths'],
    ['INSTALL httpfs'],
    ['DROP VIEW syncs'],
    ['CREATE OR REPLACE VIEW freshness AS SELECT 1'],
    ['CREATE TABLE mine AS SELECT 1'],
    ["SELECT * FROM read_text('/etc/hostname')"],
    ["SELECT * FROM read_text('OWN/../../../../../../outside.txt')"],
    ["SELECT * FROM read_csv('FOLDER/outside.txt')"],
    ["SELECT * FROM 'FOLDER/outside.txt'"],
    ["SELECT * FROM glob('FOLDER/*')"],
  ])('%s', async (template) => {
    const folder = scratchFolder();
    const directory = lakeOfOneSync(join(folder, 'data'));
    putBody(folder, '../outside.txt', 'secret');
    const own = join(directory, 'lake', day('a', '2024-05-01'));
    const before = readFileSync(own);
    const files = filesBelow(folder);
    const lake = await opened(directory);
    const sql = template
      .replace('PATH', join(folder, 'written'))
      .replace('OWN', own)
      .replace('FOLDER', folder);
    await expect(lake.query(sql)).rejects.toThrow(LocalSqlFailure);
    expect(filesBelow(folder)).toEqual(files);
    expect(readFileSync(own)).toEqual(before);
    expect((await lake.query('SELECT count(*) FROM syncs')).rows).toEqual([[1n]]);
  });
});
