/** The ways by which a question comes to the lake. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { questions } from '../../../sql/questions.ts';
import { scratchFolder } from '../stores/scratch.ts';
import { hasTerminals, onTerminal } from '../table/on-terminal.ts';
import { day, put, sync } from './write-lake.ts';

const program = resolve(import.meta.dirname, '../../../bin/query.ts');

function folderWithLake(): string {
  const folder = scratchFolder();
  put(join(folder, 'data'), day('a', '2024-05-01'), sync({ integration_id: 'one' }));
  return folder;
}

function ask(folder: string, parameters: readonly string[], input = '', format = ['--csv']) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters, ...format], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

const sql = 'SELECT integration_id\nFROM syncs; -- all\n';
const answer = { status: 0, stdout: 'integration_id\r\none\r\n' };

describe('a question', () => {
  test('comes from standard input', () => {
    expect(ask(folderWithLake(), [], sql)).toMatchObject(answer);
  });

  test('comes from a file, also with a byte order mark', () => {
    const folder = folderWithLake();
    writeFileSync(join(folder, 'question.sql'), `\ufeff${sql}`);
    expect(ask(folder, ['--file', 'question.sql'])).toMatchObject(answer);
    expect(ask(folder, ['--file', 'none.sql'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'There is no file none.sql.\n',
    });
  });

  test('comes from the cookbook, by its name', () => {
    const { status, stdout } = ask(folderWithLake(), ['--saved', 'Open incidents']);
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^workspace,integration_id,integration_name,/),
    });
    expect(ask(folderWithLake(), ['--saved', 'nothing'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'Error: there is no question “nothing”: npm run query -- --list names those that there are.\n',
    });
  });

  test('of the cookbook is listed with what it answers, without a lake', () => {
    const { status, stdout } = ask(scratchFolder(), ['--list'], '', []);
    expect(status).toBe(0);
    for (const { name } of questions) expect(stdout).toContain(`${name} `);
    for (const { description } of questions) expect(stdout).toContain(description);
  });

  test('of the cookbook is listed for programs, too', () => {
    const [json, csv] = ['--json', '--csv'].map(
      (format) => ask(scratchFolder(), ['--list'], '', [format]).stdout,
    );
    const all = questions.map(({ name, description }) => ({ name, 'what it answers': description }));
    expect(JSON.parse(json ?? '')).toEqual(all);
    expect(csv?.split('\r\n')).toHaveLength(all.length + 2);
    expect(csv).toMatch(/^name,what it answers\r\n/);
  });

  test.each([['SELECT 1'], ['--saved', 'open incidents'], ['--file', 'x.sql']])(
    'is not listed beside one that is asked: %s %s',
    (...asked) => {
      const { status, stdout, stderr } = ask(scratchFolder(), ['--list', ...asked]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/--list/);
    },
  );
});

describe.skipIf(!hasTerminals)('on a terminal, without SQL', () => {
  test('statement after statement is asked for, and one that is wrong ends nothing', () => {
    const typed = 'SELECT x FROM syncs;\nSELECT 20 +\n3 AS sum\n\nSELECT 0 WHERE false;\nexit\n';
    const { status, lines } = onTerminal('query.ts', [], { folder: folderWithLake(), columns: 80, typed });
    const text = lines.join('\n');
    expect(status).toBe(0);
    expect(text).toContain('The lake in ./data:\nA statement ends with ; or an empty line.');
    expect(text).toContain('Referenced column "x" not found');
    expect(text).toContain('sum\n───\n 23\n1 row\n');
    expect(text).toContain('0 rows\n');
  });

  test('Ctrl-C ends an answer that takes too long, and the next question is asked for', () => {
    // Some ten seconds long.
    const long = 'SELECT count(*) FROM range(10000000000);';
    const { status, lines } = onTerminal('query.ts', [], {
      folder: folderWithLake(),
      columns: 80,
      typed: `${long}\n\x03\nSELECT 7 AS seven;\nexit\n`,
      prompts: ['sql> ', 'range(10000000000);'],
    });
    expect(status).toBe(0);
    const text = lines.join('\n');
    expect(text).toContain('Interrupted!\n');
    expect(text).toContain('\nseven\n─────\n    7\n1 row\n');
  });
});
