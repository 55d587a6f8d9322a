/** What a command is told to write to, and can't: it says so, names its own option, and ends. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day, put, sync } from '../query/write-lake.ts';
import { scratchFolder } from '../stores/scratch.ts';

const bin = resolve(import.meta.dirname, '../../../bin');

function run(program: string, ...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bin, program), ...parameters], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
  });
  return { status, stdout, stderr };
}

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'where-it-writes-'));
  const of = { integration_id: 'a', sync_start_time: '2026-05-01 10:00:00.000' };
  put(data, day('a', '2026-05-01'), sync(of));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** How it is told where, and what stands before the place. */
const commands: [string, string, (data: string) => string[]][] = [
  ['report.ts', '--out', (folder) => ['--data', folder]],
  ['query.ts', '--parquet', (folder) => ['--data', folder]],
  ['query.ts', '--export', (folder) => ['--data', folder]],
  ['package.ts', '--out', () => []],
  ['doctor.ts', '--report', () => []],
];

describe.each(commands)('%s %s', (program, option, lakeIn) => {
  // There Node's own way to make folders goes on for ever.
  test.runIf(existsSync('/proc/self'))(
    'into a file system that lets nothing be made ends',
    () => {
      for (const place of ['/proc/nope', '/proc/nope/deeper/it']) {
        const { status, stderr } = run(program, ...lakeIn(data), option, place);
        expect({ place, status }).toEqual({ place, status: 1 });
        const [last = ''] = stderr.trim().split('\n').slice(-1);
        expect(last).toContain('/proc/nope');
        expect(last).toMatch(new RegExp(`hoose another (file|folder) with ${option}\\.$`));
      }
    },
    60_000,
  );

  test('below a file says that a file is in the way', () => {
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, 'kept');
    const { status, stderr } = run(program, ...lakeIn(data), option, join(file, 'it'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/is a file where a folder should be/);
    expect(stderr).not.toMatch(/\n\s+at |fault of this program/);
  }, 60_000);
});

test.each([
  ['report.ts', '--out', ['--data']],
  ['doctor.ts', '--report', []],
  ['query.ts', '--file', ['--data']],
])(
  '%s %s of a folder asks for a file, and not to move the folder away',
  (program, option, lakeIn) => {
    const folder = scratchFolder();
    const { status, stderr } = run(program, ...lakeIn.flatMap((name) => [name, data]), option, folder);
    expect(status).toBe(1);
    expect(stderr).toContain(
      `${folder} is a folder where a file should be: choose another file with ${option}.\n`,
    );
  },
  60_000,
);

test.skipIf(process.platform === 'win32').each([
  ['--export', 'file'],
  ['--parquet', 'folder'],
])(
  'query.ts %s to where there is no room says so in a sentence, and leaves nothing',
  (option, kind) => {
    const folder = scratchFolder();
    const full = scratchFolder();
    // So large that it does not fit into what one file may have: half a kilobyte, or a whole one.
    const raw = Array.from({ length: 3000 }, (_, number) => `${number * 7919}`.repeat(3)).join();
    put(folder, day('a', '2026-05-01'), sync({ integration_id: 'a', raw }));
    const script = `ulimit -f 1 && exec "$0" "$@"`;
    const query = [join(bin, 'query.ts'), '--data', folder, option, join(full, 'it')];
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, ...query], {
      encoding: 'utf8',
      // Node itself keeps what it has compiled in larger files.
      env: { PATH: process.env.PATH, NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    expect(status).toBe(1);
    const [last] = stderr.trim().split('\n').slice(-1);
    expect(last).toMatch(/it could not be written \(.+\): see to its disk, or choose another /);
    expect(last).toContain(`another ${kind} with ${option}.`);
    expect(last).not.toContain('unfinished');
    expect(readdirSync(full)).toEqual([]);
  },
  60_000,
);

const isLinux = existsSync('/proc/self');

describe.runIf(isLinux)('where nothing can be made in the folder for temporary files', () => {
  const environment = { PATH: process.env.PATH, TMPDIR: '/proc/nope' };
  const inIt = (...parameters: string[]) => {
    // With what npm loads before each command, and without it.
    const ways = [['--import', join(bin, 'needs-node.mjs')], []].map((before) =>
      spawnSync(process.execPath, [...before, join(bin, parameters[0] ?? ''), ...parameters.slice(1)], {
        encoding: 'utf8',
        timeout: 30_000,
        env: environment,
      }),
    );
    return ways.map(({ status, stderr }) => ({ status, stderr }));
  };

  test('a command that needs nothing there works, and ends', () => {
    const stderr = `The lake in ${data}:\n`;
    const well = { status: 0, stderr };
    expect(inIt('query.ts', 'FROM syncs', '--csv', '--data', data)).toEqual([well, well]);
  }, 70_000);

  test('one that needs it says so', () => {
    const packaged = inIt('package.ts', '--out', join(scratchFolder(), 'package'));
    const told = /^\/proc\/nope can not be made, .+: choose another folder with TMPDIR\.\n$/;
    const failed = { status: 1, stderr: expect.stringMatching(told) };
    expect(packaged).toEqual([failed, failed]);
  }, 70_000);
});

describe.skipIf(process.platform === 'win32')('in a folder that was removed', () => {
  const inRemoved = (...parameters: string[]) => {
    const script = 'rmdir "$PWD" && exec "$0" "$@"';
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, ...parameters], {
      cwd: mkdtempSync(join(tmpdir(), 'removed-')),
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { status, last: stderr.trim().split('\n').at(-1) };
  };
  const program = (name: string) => join(bin, name);

  test.each([
    ['start.ts', '--simulated'],
    ['start.ts', '--simulated', '--json', '--data', 'it'],
    ['package.ts', '--out', 'it'],
    ['query.ts', '--export', 'it'],
    ['query.ts', '--parquet', 'it'],
  ])('%s %s says so', (name, ...options) => {
    const lakeIn = name === 'query.ts' ? ['--data', data] : [];
    expect(inRemoved(program(name), ...lakeIn, ...options)).toEqual({
      status: 1,
      last: 'Error: the folder that this was started in is gone: go to another one (cd), and run it again.',
    });
  });

  test('what needs nothing of it works', () => {
    expect(inRemoved(program('query.ts'), '--data', data, 'FROM syncs').status).toBe(0);
  });
});

test('two exports at once into one file do not take away each other’s: both end well', async () => {
  const folder = scratchFolder();
  const commandLine = [join(bin, 'query.ts'), '--data', data, '--export', join(folder, 'lake.duckdb')];
  const codes = await Promise.all(
    [1, 2].map(async () => (await once(spawn(process.execPath, commandLine), 'exit'))[0]),
  );
  // One that begins when the other has ended is refused, since the file is there.
  expect(codes).toContain(0);
  expect(readdirSync(folder)).toEqual(['lake.duckdb']);
}, 60_000);
