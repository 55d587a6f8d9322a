/** `npm run audit` as a person meets it: what it prints, how it ends, and that it changes nothing. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findingKinds } from '../../audit/findings.ts';
import { reportText } from '../../audit/show/report-text.ts';
import { connectProxy } from '../lambda/network/connect-proxy.ts';
import { putBody } from '../local/query/write-lake.ts';
import { filesBelow, scratchFolder } from '../local/stores/scratch.ts';
import { CorruptibleLake, dayOf } from './corruptible-lake.ts';
import { root, run } from './run-audit.ts';

function writeLake(lake: CorruptibleLake): string {
  const folder = scratchFolder();
  for (const [key, { body }] of lake.objects) putBody(folder, key, body);
  const checkpoint = join(folder, 'checkpoint', 'workspace=tested');
  mkdirSync(checkpoint, { recursive: true });
  for (const [index, record] of lake.records.entries())
    writeFileSync(join(checkpoint, `${index}.json`), JSON.stringify(record));
  return folder;
}

const bytesBelow = (folder: string) =>
  filesBelow(folder).map((file) => [
    file,
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex'),
  ]);

test('all is well in a line of 80 columns, with exit code 0, and nothing is written', async () => {
  const lake = await CorruptibleLake.made();
  const folder = writeLake(lake);
  const before = bytesBelow(folder);
  const told = await run(['--data', folder]);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toMatch(/^All is well: \d+ objects with \d+ lines and their checkpoint\.\n$/);
  const { code, stdout } = await run(['--data', folder, '--workspace', 'tested', '--json']);
  const report = JSON.parse(stdout);
  expect(Object.keys(report)).toEqual(['objects', 'rows', 'findings']);
  expect({ code, ...report, rows: report.rows > 50 }).toEqual({
    code: 0,
    objects: lake.objects.size,
    rows: true,
    findings: [],
  });
  expect(bytesBelow(folder)).toEqual(before);
});

test('one of a thing is told as one', () => {
  const report = {
    objects: 1,
    rows: 1,
    workspaces: 1,
    findings: [],
    findingCount: 0,
    checkpointWasRead: false,
  };
  expect(reportText(report, { fromBraze: 1 })).toBe(
    'All is well: 1 object with 1 line and 1 sync read anew from Braze.\n',
  );
});

test('findings are told in 80 columns and end with 1, with at most ten of a kind', async () => {
  const lake = await CorruptibleLake.made();
  const today = dayOf('2026-06-01');
  lake.edit(today, (lines) => lines.map((line) => line.replace('{', '{ ')));
  lake.write(`syncs/workspace=tested/dt=2026-06-01/${'long'.repeat(30)}`, []);
  const { code, stdout } = await run(['--data', writeLake(lake)]);
  expect(code).toBe(1);
  expect(stdout).toContain(today);
  expect(stdout).toContain('failing: Line 1 is not written as its cells are.');
  expect(stdout).toMatch(/and \d+ more: see them with --json/);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

describe.skipIf(process.platform === 'win32')('what stands behind the output', () => {
  const ended = async (folder: string, to: string) => {
    const script = `exec "$0" bin/audit.ts --data "$1" ${to}`;
    const child = spawn('sh', ['-c', script, process.execPath, folder], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Before anything comes through it.
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    return { code, stderr };
  };

  test('a pipe that is closed changes nothing of how it ends', async () => {
    const lake = await CorruptibleLake.made();
    expect(await ended(writeLake(lake), '')).toEqual({ code: 0, stderr: '' });
    lake.edit(dayOf('2026-06-01'), (lines) => lines.map((line) => line.replace('{', '{ ')));
    expect(await ended(writeLake(lake), '')).toEqual({ code: 1, stderr: '' });
  });

  test.runIf(existsSync('/dev/full'))('a disk that is full is told in a sentence', async () => {
    const folder = writeLake(await CorruptibleLake.made());
    expect(await ended(folder, '> /dev/full')).toEqual({
      code: 1,
      stderr: 'Error: what was found could not be written (ENOSPC).\n',
    });
  });
});

describe('on the way to Braze', () => {
  const auditing = async (environment: Record<string, string>, endpoint: string) => {
    const folder = writeLake(await CorruptibleLake.made());
    const temporary = scratchFolder();
    const program = [join(root, 'bin/audit.ts'), '--data', folder, '--against-braze', '--endpoint', endpoint];
    const child = spawn(process.execPath, program, {
      stdio: 'ignore',
      env: { PATH: process.env.PATH, BRAZE_API_KEY: 'sentinel', TMPDIR: temporary, ...environment },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ends = once(child, 'exit');
    return {
      child,
      ends,
      left: () => readdirSync(temporary).filter((name) => name.startsWith('braze-audit')),
    };
  };

  test('it goes through HTTPS_PROXY', async () => {
    const proxy = await connectProxy(() => 503);
    await auditing({ HTTPS_PROXY: proxy.address }, 'https://rest.fra-01.braze.eu');
    await vi.waitFor(() => expect(proxy.asked).toContain('rest.fra-01.braze.eu:443'), 20_000);
  }, 30_000);

  test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'where it is stopped by %s it leaves none of the rows behind',
    async (signal) => {
      // Nobody listens there: it tries for a quarter of a minute.
      const { child, ends, left } = await auditing({}, 'http://127.0.0.1:9');
      await vi.waitFor(() => expect(left()).toHaveLength(1), 20_000);
      // The folder is made a moment before it listens for signals.
      await setTimeout(300);
      child.kill(signal);
      expect(await ends).toEqual([null, signal]);
      expect(left()).toEqual([]);
    },
    30_000,
  );
});

test('a folder without a lake ends with a sentence', async () => {
  const none = join(scratchFolder(), 'none');
  const { code, stderr } = await run(['--data', none]);
  expect(code).toBe(1);
  expect(stderr).toBe(`Error: there is no lake in ${none}: name the folder that holds lake/ with --data.\n`);
});

test('a file ends as a folder without a lake', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  const { code, stderr } = await run(['--data', file]);
  expect(code).toBe(1);
  expect(stderr).toBe(`Error: there is no lake in ${file}: name the folder that holds lake/ with --data.\n`);
});

describe('what of the folder can not be read is told, and no finding', () => {
  const without = async (fault: (folder: string) => void) => {
    const folder = writeLake(await CorruptibleLake.made());
    fault(folder);
    const { code, stdout, stderr } = await run(['--data', folder]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    return stderr.replace(folder, 'FOLDER');
  };
  const record = 'checkpoint/workspace=tested/0.json';

  test('a folder in the place of a record', async () => {
    expect(
      await without((folder) => {
        rmSync(join(folder, record));
        mkdirSync(join(folder, record));
      }),
    ).toBe(`Error: FOLDER/${record} is a folder where a file should be: move it away, and audit again.\n`);
  });

  test('a file in the place of the checkpoint', async () => {
    expect(
      await without((folder) => {
        rmSync(join(folder, 'checkpoint'), { recursive: true });
        writeFileSync(join(folder, 'checkpoint'), '');
      }),
    ).toBe('Error: FOLDER/checkpoint is a file where a folder should be: move it away, and audit again.\n');
  });

  // Nothing is closed to root.
  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0).each([record, 'checkpoint', 'lake'])(
    '%s that is not open to this user',
    async (name) => {
      expect(await without((folder) => chmodSync(join(folder, name), 0))).toBe(
        `Error: FOLDER/${name} is not open to this user: give them access to it, and audit again.\n`,
      );
    },
  );
});

test('docs/audit.md says of each kind of finding what to do', () => {
  const page = readFileSync(join(root, 'docs/audit.md'), 'utf8');
  for (const kind of Object.keys(findingKinds)) expect(page).toMatch(new RegExp(`^\\|.*\`${kind}\``, 'm'));
});
