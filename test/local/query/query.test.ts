import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLake, type QueryResult } from '../../../local/query/open-lake.ts';
import { asCsv, asJson, asTable } from '../../../local/query/result-formats.ts';
import { plainScreen } from '../../../local/table/screen.ts';
import { views } from '../../../sql/views.ts';
import { scratchFolder } from '../stores/scratch.ts';
import { day, put, sync } from './write-lake.ts';

const program = resolve(import.meta.dirname, '../../../bin/query.ts');
const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8'));

/** Runs the program in `folder`, with its answer going to a pipe. */
function query(folder: string, ...parameters: string[]) {
  return queryWith({}, folder, ...parameters);
}

function queryWith(environment: Record<string, string>, folder: string, ...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

function folderWith(...directories: string[]): string {
  const folder = scratchFolder();
  for (const directory of directories)
    put(join(folder, directory), day('a', '2024-05-01'), sync({ integration_id: `in ${directory}` }));
  return folder;
}

/** The answer itself, for what is a matter of its format. */
async function resultOf(sql: string): Promise<QueryResult> {
  const lake = await openLake(join(folderWith('data'), 'data'));
  try {
    return await lake.query(sql);
  } finally {
    lake.close();
  }
}

const hostile = `SELECT * FROM (VALUES
  (9223372036854775807, 'plain', TIMESTAMP '2024-05-01 10:00:00', 0.10, 'NaN'::DOUBLE, ''),
  (-1, 'a "quoted", text' || chr(10) || 'of 湖' || chr(27) || '[31m', NULL, NULL, 2.5, NULL)
) AS t(n, "the text", time, d, f, e)`;

describe('the answer', () => {
  it('is an aligned table, a row a line', () => {
    const { status, stdout } = query(folderWith('data'), hostile);
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        '                  n  the text                           time                        d    f  e',
        '───────────────────  ─────────────────────────────────  ───────────────────────  ────  ───  ─',
        '9223372036854775807  plain                              2024-05-01 10:00:00.000  0.10  NaN',
        '                 -1  a "quoted", text\\nof 湖\\u001b[31m                                 2.5',
        '',
      ].join('\n'),
    );
  });

  it('is JSON with --json, exact', () => {
    const { status, stdout } = query(folderWith('data'), hostile, '--json');
    expect(status).toBe(0);
    expect(stdout).toBe(
      '[\n' +
        '{"n":9223372036854775807,"the text":"plain","time":"2024-05-01 10:00:00.000","d":0.10,"f":null,"e":""},\n' +
        '{"n":-1,"the text":"a \\"quoted\\", text\\nof 湖\\u001b[31m","time":null,"d":null,"f":2.5,"e":null}\n' +
        ']\n',
    );
    expect(JSON.parse(stdout)).toHaveLength(2);
  });

  it('is CSV with --csv', () => {
    const { status, stdout } = query(folderWith('data'), hostile, '--csv');
    expect(status).toBe(0);
    expect(stdout).toBe(
      'n,the text,time,d,f,e\r\n' +
        '9223372036854775807,plain,2024-05-01 10:00:00.000,0.10,NaN,""\r\n' +
        '-1,"a ""quoted"", text\nof 湖\u001b[31m",,,2.5,\r\n',
    );
  });

  it('says what the columns are when there are no rows', async () => {
    const result = await resultOf('SELECT gaps, state FROM coverage');
    expect(asTable(result, plainScreen).text).toBe('gaps  state\n────  ─────\n');
    expect(asJson(result)).toBe('[]\n');
    expect(asCsv(result)).toBe('gaps,state\r\n');
  });

  it('keeps in a narrow table what tells one row from another, and how it stands', async () => {
    const sql = `SELECT * FROM (VALUES
      ('acme', '0f8a2c4e-1111', 'A name of some length', NULL, 'active', 'purchases', 7, 'failing'),
      ('acme', '1f8a2c4e-2222', 'Another of some length', NULL, 'active', 'catalog', 8, 'healthy')
    ) AS t (workspace, integration_id, integration_name, details_until, listed, integration_type, syncs, state)`;
    const result = await resultOf(sql);
    const tableAt = (width: number) => asTable(result, { ...plainScreen, width });
    const order = new Set<string>();
    for (let width = 130; width > 25; width -= 1) for (const name of tableAt(width).leftOut) order.add(name);
    const said = ['integration_id', 'details_until', 'workspace', 'listed', 'integration_type', 'syncs'];
    expect([...order]).toEqual(said);
    expect(tableAt(40).text.split('\n')[2]).toBe('A name of some length       7  failing');
    expect(tableAt(29).text.split('\n')[2]).toBe('A name of some leng…  failing');
  });

  it.each([60, 80, 120, 200])(
    'leaves out an id for the answer, but not where its name is another’s: %i',
    async (width) => {
      const answered = async (name: string) => {
        const result = await resultOf(
          `SELECT * FROM (VALUES ('0f8a2c4e-1111-4a2a-85ea-c2bfc269756b', 'Users', 'x', 'whole'),
          ('1f8a2c4e-2222-4a2a-85ea-c2bfc269756b', '${name}', repeat('y', 300), 'whole'))
          AS t (integration_id, integration_name, reason, verdict)`,
        );
        return asTable(result, { ...plainScreen, width });
      };
      expect((await answered('Catalog')).leftOut).toEqual(['integration_id']);
      expect((await answered('Users')).text).toMatch(/^0f8a2c4e.+\n1f8a2c4e/m);
      expect((await answered('')).text).toMatch(/^0f8a2c4e.+\n1f8a2c4e/m);
    },
  );

  it('is whole as JSON and CSV, and says so where the table is not', async () => {
    const folder = folderWith('data');
    const table = query(folder, 'FROM range(1001)');
    expect(table.stdout.split('\n')).toHaveLength(1003);
    expect(table.stderr).toContain('The first 1,000 of 1,001 rows');
    expect(JSON.parse(asJson(await resultOf('FROM range(1001)')))).toHaveLength(1001);
    const csv = query(folder, 'FROM range(200000)', '--csv');
    expect(csv.stdout).toMatch(/^range\r\n0\r\n[\d\r\n]*\r\n199999\r\n$/);
    expect(csv.stderr).not.toContain('rows');
  });

  it('is rounded for people in a table, with lengths of time in words, and exact for programs', async () => {
    const sql = `SELECT 32370.466383333332 :: DOUBLE AS minutes_late, 1.5 :: DOUBLE AS minutes,
      0.012345 :: DOUBLE AS share, 12.3456 :: DOUBLE AS percent, 0.10 AS exact, 90 AS minutes_of_integers`;
    const result = await resultOf(sql);
    expect(asTable(result, plainScreen).text.split('\n')[2]?.trim().split(/ {2,}/)).toEqual([
      '22 days',
      '90 seconds',
      '0.012',
      '12.35',
      '0.10',
      '90',
    ]);
    expect(asJson(result)).toContain('"minutes_late":32370.466383333332,"minutes":1.5,"share":0.012345');
    expect(asCsv(result)).toContain('\r\n32370.466383333332,1.5,0.012345,12.3456,0.10,90\r\n');
  });

  it.each(['a\nb', 'a\rb', 'a\r\nb', 'a,b', 'a"b', ''])('is CSV that quotes %j', (text) => {
    const result = { columns: [{ name: 'x', type: 'VARCHAR' }], rows: [[text]] };
    expect(asCsv(result)).toBe(`x\r\n"${text.replaceAll('"', '""')}"\r\n`);
  });

  it('says how many rows a table has, also none and one', () => {
    const folder = folderWith('data');
    const remarks = (sql: string) => query(folder, sql).stderr;
    expect(remarks('SELECT 1 WHERE false')).toBe('The lake in ./data:\n0 rows\n');
    expect(remarks('SELECT 1')).toBe('The lake in ./data:\n1 row\n');
  });

  it('may be read in part', async () => {
    const folder = folderWith('data');
    const child = spawn(process.execPath, [program, 'FROM range(300000)', '--csv'], { cwd: folder });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(complaints).toBe('The lake in ./data:\n');
  });
});

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  it('is told in a sentence', () => {
    const { status, stderr } = spawnSync(process.execPath, [program, 'FROM range(9)', '--json'], {
      cwd: folderWith('data'),
      encoding: 'utf8',
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    expect(stderr).toBe(
      'The lake in ./data:\nThe answer could not be written: ENOSPC: no space left on device, write\n',
    );
    expect(status).toBe(1);
  });
});

describe('the lake', () => {
  const ids = 'SELECT integration_id FROM syncs';

  const read = (folder: string, ...parameters: string[]) => {
    const { stdout, stderr } = query(folder, ids, '--csv', ...parameters);
    return [stdout.split('\r\n')[1], stderr];
  };

  it('is the one of the real workspace, else the simulated one, and says which and why', () => {
    expect(read(folderWith('data'))).toEqual(['in data', 'The lake in ./data:\n']);
    expect(read(folderWith('data', 'data-simulated'))).toEqual([
      'in data',
      'The lake in ./data (the simulated one is read with --data ./data-simulated):\n',
    ]);
    expect(read(folderWith('data-simulated'))).toEqual([
      'in data-simulated',
      'The lake in ./data-simulated (simulated):\n',
    ]);
  });

  it('is the one with syncs, where a first run that failed has left one without', () => {
    const folder = folderWith('data-simulated');
    mkdirSync(join(folder, 'data/lake/coverage/workspace=default'), { recursive: true });
    expect(read(folder)).toEqual([
      'in data-simulated',
      'The lake in ./data-simulated (simulated; the one in ./data has no syncs yet):\n',
    ]);
    rmSync(join(folder, 'data-simulated'), { recursive: true });
    expect(read(folder)).toEqual(['', 'The lake in ./data (it has no syncs yet):\n']);
  });

  it('is the named one with --data', () => {
    const name = "it's [my] data *";
    const { stdout, stderr } = query(folderWith('data', name), ids, '--csv', '--data', name);
    expect(stdout).toContain(`in ${name}`);
    expect(stderr).toContain(name);
  });

  it.each([[[]], [['--data', 'elsewhere']], [['--data', 'file']]])('must be there: %j', (options) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'file'), '');
    const { status, stdout, stderr } = query(folder, ids, ...options);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no lake in .*npm start.*\n$/);
    expect(stderr).toContain(options[1] ?? './data-simulated');
  });
});

describe('a lake that is handed on', () => {
  it.each([
    ['--export', 'lake.duckdb', 'duckdb lake.duckdb'],
    ['--export', 'all of it.duckdb', "duckdb 'all of it.duckdb'"],
    ['--parquet', 'lake', 'cd lake && duckdb -init views.sql'],
  ])('says what is written, and how it is asked: %s %s', (option, path, command) => {
    const folder = folderWith('data');
    const { status, stdout } = query(folder, option, path);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `${path} is written. To ask it: ${command}\n`,
    });
    expect(existsSync(join(folder, path))).toBe(true);
  });
});

describe('a name that nothing has', () => {
  // Only what a question names is opened at first.
  it.each(['FROM freshnes', 'FROM syncs JOIN freshnes USING (integration_id)'])(
    'brings to mind one that there is: %s',
    (sql) => {
      const { status, stderr } = query(folderWith('data'), sql);
      expect([status, stderr]).toEqual([1, expect.stringContaining('Did you mean "freshness"?')]);
      expect(stderr.match(/The lake in/g)).toHaveLength(1);
    },
  );
});

describe('wrong use', () => {
  it.each([
    [[], 'there is no SQL, on standard input neither'],
    [['SELECT 1', '--saved', 'open incidents'], 'three ways of one question'],
    [['SELECT 1', '--json', '--csv'], "'--json' cannot be used with option '--csv'"],
    [['SELECT 1', '--xml'], "unknown option '--xml'"],
    [['SELECT', '1'], 'too many arguments'],
    [['SELECT 1', '--data'], "option '--data <DIR>' argument missing"],
  ])('%j', (parameters, complaint) => {
    const { status, stdout, stderr } = query(folderWith('data'), ...parameters);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(stderr).toContain('npm run query -- "SELECT …"');
  });

  it('is an option that npm has kept for itself', () => {
    const environment = { npm_config_data: 'elsewhere', npm_config_csv: 'true' };
    const { status, stdout, stderr } = queryWith(environment, folderWith('data'), 'SELECT 1');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      'Error: npm has kept --data, --csv for itself, since the -- before it is missing; ' +
        'write npm run query -- --data … --csv.\n',
    );
  });

  it('in SQL is answered with what is wrong, and no stack', () => {
    const { status, stdout, stderr } = query(folderWith('data'), 'SELECT x FROM syncs');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('Referenced column "x" not found');
    expect(stderr).not.toMatch(/\n\s+at |\.ts/);
  });

  it('is not to ask for help or the version', () => {
    const help = query(scratchFolder(), '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('JSON array');
    expect(help.stdout).toContain(
      'Tables: syncs, integrations, coverage, standing, days, changes, quarantine',
    );
    for (const { name } of views) expect(help.stdout).toMatch(new RegExp(`^ {2}${name} +[A-Z]`, 'm'));
    for (const line of help.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(query(scratchFolder(), '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});
