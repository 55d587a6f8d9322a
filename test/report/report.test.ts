import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { day, integrations, put, sync } from '../local/query/write-lake.ts';
import { scratchFolder } from '../local/stores/scratch.ts';

const program = resolve(import.meta.dirname, '../../bin/report.ts');

function report(folder: string, ...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, AWS_REGION: '', AWS_PROFILE: '', AWS_CONFIG_FILE: '/dev/null' },
  });
  return { status, stdout, stderr };
}

function folderWith(...directories: string[]): string {
  const folder = scratchFolder();
  for (const directory of directories) {
    const integration_id = `in ${directory}`;
    put(join(folder, directory), integrations('a'), { integration_id });
    put(
      join(folder, directory),
      day('a', '2026-05-01'),
      sync({ integration_id, sync_start_time: '2026-05-01 10:00:00.000' }),
    );
  }
  return folder;
}

describe('npm run report', () => {
  it('writes into the data folder, and says where', () => {
    const folder = folderWith('data', 'data-simulated');
    const { status, stdout, stderr } = report(folder);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'The lake in ./data (the simulated one is read with --data ./data-simulated):\n',
    });
    expect(stdout).toMatch(/^data\/report\.html \(0\.\d MB\): open it in a browser\.\n$/);
    expect(readFileSync(join(folder, 'data/report.html'), 'utf8')).toContain('in data');
    expect(readdirSync(join(folder, 'data'))).toEqual(['lake', 'report.html']);
  });

  it.skipIf(process.platform === 'win32')('writes into a pipe, and leaves it one', async () => {
    const folder = folderWith('data');
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void reader.kill());
    const read = text(reader.stdout);
    const { status, stderr } = report(folder, '--out', pipe);
    expect({ status, stderr, isPipe: statSync(pipe).isFIFO() }).toEqual({
      status: 0,
      stderr: 'The lake in ./data:\n',
      isPipe: true,
    });
    expect(await read).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('writes where it is told, over what stands there', () => {
    const folder = folderWith('data-simulated');
    mkdirSync(join(folder, 'here'));
    writeFileSync(join(folder, 'here/page.html'), 'before');
    const { status, stdout } = report(folder, '--out', 'here/page.html', '--days', '30', '--workspace', 'a');
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('here/page.html'),
    });
    expect(readFileSync(join(folder, 'here/page.html'), 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*<\/html>\n$/,
    );
  });

  it.each([
    [['--days', '0'], 'whole number from 1 to 400'],
    [['--days', '401'], 'whole number from 1 to 400'],
    [['--days', '1e2'], 'whole number from 1 to 400'],
    [['--integration', ''], 'the id of an integration'],
    [['--integration', ' a'], 'nor have a blank around it'],
    [['--dashboard', 'https://x.braze.com'], 'a host name alone'],
    [['--workspace', 'No/Name'], '1 to 63 of a-z'],
    [['--data', 'x', '--bucket', 'some-bucket'], 'cannot be used with'],
    [['--bucket', 's3://some-bucket'], 'the name of a bucket alone'],
    [['--xml'], "unknown option '--xml'"],
    [['surplus'], 'too many arguments'],
  ])('refuses %j', (parameters, complaint) => {
    const folder = folderWith('data');
    const { status, stdout, stderr } = report(folder, ...parameters);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(existsSync(join(folder, 'data/report.html'))).toBe(false);
  });

  it.each([
    [[], /^There is no lake in \.\/data or .*npm start/],
    [['--data', 'nowhere'], /^There is no lake in nowhere: run npm start/],
  ])('says when there is no lake: %j', (parameters, complaint) => {
    const { status, stdout, stderr } = report(scratchFolder(), ...parameters);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(complaint);
  });

  it('says when the lake has no such workspace', () => {
    const { status, stderr } = report(folderWith('data'), '--workspace', 'other');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'There is nothing of the workspace other in ./data: look at its name, or leave out --workspace.\n',
    );
  });

  it('writes of one integration alone, and says when there is none of that id', () => {
    const folder = folderWith('data');
    put(join(folder, 'data'), day('a', '2026-05-02'), sync({ integration_id: 'other' }));
    const { status } = report(folder, '--integration', 'in data');
    const page = readFileSync(join(folder, 'data/report.html'), 'utf8');
    expect({ status, shown: page.match(/<article/g) }).toEqual({ status: 0, shown: ['<article'] });
    expect(page).toContain('Only of <bdi>in data</bdi>.');
    expect(report(folder, '--integration', 'third')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'There is nothing of the integration third in ./data: look at its id, or leave out --integration.\n',
    });
  });

  it('says when the file can not be written', () => {
    const folder = folderWith('data');
    mkdirSync(join(folder, 'taken'));
    const { status, stderr } = report(folder, '--out', 'taken');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^taken .*\n$/);
    expect(readdirSync(folder).sort()).toEqual(['data', 'taken']);
  });

  it('says what the bucket needs', () => {
    const { status, stderr } = report(scratchFolder(), '--bucket', 'some-bucket');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'The bucket some-bucket can not be asked, its region is not known: set AWS_REGION.\n',
    );
  });
});
