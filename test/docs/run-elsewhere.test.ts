/** The recipes of docs/run-elsewhere.md: what can be run of them runs. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSimulatedBraze } from '../../local/simulator/http.ts';
import { allPermissions } from '../../local/simulator/permissions.ts';
import { syncs, worldOf } from '../end-to-end/workspace.ts';
import { readOptions } from '../local/start/read-options.ts';
import { scratchFolder } from '../local/stores/scratch.ts';

const project = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const page = read('docs/run-elsewhere.md');
const files = readdirSync(join(project, 'docs/run-elsewhere')).map((name) => `docs/run-elsewhere/${name}`);

/** The options of each command, as the shell splits them; lines that go on are one. */
const commands = [page, ...files.map(read)].flatMap((text) =>
  text
    .replace(/\\?\n {2,}(?=--|braze-cdi)/g, ' ')
    .matchAll(/(?:bin\/start\.ts| braze-cdi) (--endpoint [^\n>]+)/g)
    .map(([, options = '']) => options.trim().replaceAll('"', '').split(/ +/))
    .toArray(),
);

describe('the recipes', () => {
  test('are four commands', () => expect(commands).toHaveLength(4));

  test.each(commands.map((options) => [options.join(' '), options] as const))(
    'name options that there are: %s',
    (_, options) => {
      const filled = options.map((option) =>
        option.replace('$BUCKET', 'lake').replace('$TABLE', 'table').replace('%S', '/var/lib'),
      );
      expect(readOptions(filled, { BRAZE_API_KEY: 'a-key' })).toMatchObject({ json: true, deadline: 780 });
    },
  );

  test('give Node the options of npm start', () => {
    const [, option = ''] =
      /node (--\S+) --import/.exec(JSON.parse(read('package.json')).scripts.start) ?? [];
    expect(option).not.toBe('');
    const starts = [page, ...files.map(read)].flatMap((text) => text.match(/\S+ bin\/start\.ts --/g) ?? []);
    expect(starts).toEqual([option, option, option].map((each) => `${each} bin/start.ts --`));
    expect(read('Dockerfile')).toContain(`ENTRYPOINT ["node", "${option}", "bin/start.ts"]`);
  });

  test('every file beside the page is named by it', () => {
    for (const file of files) expect(page).toContain(`](${file.replace('docs/', '')})`);
  });
});

test('the line for cron prints nothing where a run is complete, and what failed where it is not', async () => {
  const [, line = ''] = /^\*\/15 \* \* \* \* (.+)$/m.exec(page) ?? [];
  const folder = scratchFolder();
  writeFileSync(join(folder, 'key'), 'the-key\n');
  const server = await startSimulatedBraze({
    world: worldOf({ a: syncs(23) }),
    keys: { 'the-key': allPermissions },
  });
  const run = (endpoint: string) =>
    mailOf(
      line
        .replaceAll('/opt/braze-cdi-sync-history', project)
        .replaceAll('node_modules/.bin/node', process.execPath)
        .replaceAll('/var/lib/braze-cdi', folder)
        .replaceAll('/etc/braze-cdi/key', join(folder, 'key'))
        .replace('https://rest.fra-01.braze.eu', endpoint),
    );
  expect(await run(server.endpoint)).toBe('');
  await server.close();
  expect(await run('https://rest.fra-01.braze.eu/?no')).toContain('Error: --endpoint must not hold a query');
  expect(JSON.parse(readFileSync(join(folder, 'receipts.ndjson'), 'utf8')).rows.new).toBe(23);
}, 60_000);

test('the line for a report prints nothing where it is written, and why not where it is not', async () => {
  const [, line = ''] = /^7 6 \* \* 1 (.+)$/m.exec(page) ?? [];
  const folder = scratchFolder();
  const here = line
    .replaceAll('/opt/braze-cdi-sync-history', project)
    .replaceAll('node_modules/.bin/node', process.execPath)
    .replaceAll('/var/lib/braze-cdi', folder);
  expect(await mailOf(here)).toContain(`There is no lake in ${folder}`);
  mkdirSync(join(folder, 'lake'));
  expect(await mailOf(here)).toBe('');
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<!doctype html>');
}, 60_000);

/** With what cron hands on. @returns what would be sent as a mail. */
async function mailOf(line: string): Promise<string> {
  const child = spawn('/bin/sh', ['-c', line], {
    env: { HOME: '/', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  await once(child, 'close');
  return printed;
}

describe('the Dockerfile', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (.+) (\S+)$/gm)].map(([, from = '', to = '']) => ({
    from: from.split(' '),
    to,
  }));

  /** As `docker build` leaves it: of the packages without those for development. */
  function imageFolder(): string {
    const folder = scratchFolder();
    for (const { from, to } of copied)
      for (const path of from) {
        const target = to === './' ? join(folder, path) : join(folder, to);
        mkdirSync(join(target, '..'), { recursive: true });
        cpSync(join(project, path), target, { recursive: true });
      }
    const { packages } = JSON.parse(read('package-lock.json'));
    for (const [path, { dev, optional }] of Object.entries<{ dev?: true; optional?: true }>(packages)) {
      // What stands below another comes with it; of other platforms nothing is there.
      if (path === '' || dev || path.lastIndexOf('node_modules/') > 0) continue;
      if (optional && !existsSync(join(project, path))) continue;
      mkdirSync(join(folder, path, '..'), { recursive: true });
      symlinkSync(join(project, path), join(folder, path));
    }
    return folder;
  }

  const runIn = (folder: string, ...command: readonly string[]) =>
    spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });

  test('copies all that the exporter and the doctor of an endpoint need', () => {
    const folder = imageFolder();
    const { status, stdout, stderr } = runIn(folder, 'bin/start.ts', '--simulated');
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('report.html');
    expect(runIn(folder, 'bin/doctor.ts')).toMatchObject({ status: 0, stderr: '' });
  }, 60_000);

  test('has not what the doctor of a stack needs, which says so', () => {
    const { status, stderr } = runIn(imageFolder(), 'bin/doctor.ts', '--stack', 'History');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^Error: --stack needs packages that are not installed here: .+npm ci/),
    });
  }, 60_000);

  test('lets into the build what it copies, and nothing else', () => {
    const admitted = read('.dockerignore')
      .matchAll(/^!(.+)$/gm)
      .map(([, path]) => path);
    expect([...admitted].sort()).toEqual(copied.flatMap(({ from }) => from).sort());
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });

  test('starts the program without a shell, and not as root', () => {
    expect(read('Dockerfile')).toMatch(/^USER 1000\n\nENTRYPOINT \["node", .*"bin\/start\.ts"\]$/m);
  });
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasSystemd)('systemd finds no fault in its units', () => {
  const folder = scratchFolder();
  const units = files.filter((file) => /\.(service|timer)$/.test(file));
  expect(units).toHaveLength(2);
  const written = units.map((file) => {
    const unit = join(folder, file.split('/').at(-1) ?? '');
    const node = '/opt/braze-cdi-sync-history/node_modules/.bin/node';
    writeFileSync(unit, read(file).replace(node, process.execPath));
    return unit;
  });
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', ...written], {
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});
