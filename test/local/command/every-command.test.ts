import { spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** The others are programs of other people, which read their own command line. */
const ours = Object.entries(scripts).filter(([, script]) => /\bbin\/\S+\.ts$/.test(script));

/** npm's own, which it never hands on; and those that may stand in somebody's .npmrc for good. */
const npmsOwn = ['help', 'version', 'json', 'workspace'];

function run(script: string, more: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const [, ...parameters] = script.split(' ');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...parameters, ...more], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...environment },
  });
  return { status, stdout, stderr };
}

/** Those of its own, by its help. */
const optionsIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)]
    .map(([, name = '']) => name.replace(/^no-/, ''))
    .filter((name) => !npmsOwn.includes(name));

/** Their helps name none. */
const withoutExitCodes = ['simulate', 'mutate'];

/** The lines of what it does that end before they are full. */
function brokenIn(help: string): string[] {
  const lines = help.split('\n\n')[1]?.split('\n') ?? [];
  return lines.filter((line, index) => {
    const [next] = lines[index + 1]?.split(' ') ?? [];
    return next !== undefined && `${line} ${next}`.length <= 80;
  });
}

/** They have no option that npm could keep. */
const withoutOptions = ['pack', 'architecture', 'reference', 'warehouses', 'bench'];

describe.each(ours)('npm run %s', (name, script) => {
  test('has a help that fits 80 columns, and refuses an option that npm has kept for itself', () => {
    const help = run(script, ['--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: npm (run \S+|start) --/);
    for (const line of help.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(help.stdout).toMatch(/^ {2}-h, --help /m);
    expect(help.stdout.includes('\nExit code: 0')).toBe(!withoutExitCodes.includes(name));
    expect(brokenIn(help.stdout)).toEqual([]);
    const [option] = optionsIn(help.stdout);
    expect(option === undefined).toBe(withoutOptions.includes(name));
    if (option === undefined) return;
    const kept = run(script, [], { [`npm_config_${option.replaceAll('-', '_')}`]: 'x' });
    expect(kept).toMatchObject({ status: 2, stdout: '' });
    expect(kept.stderr).toContain(`npm has kept --${option}`);
  }, 30_000);

  test('takes no argument that belongs to no option', () => {
    // A query takes one.
    const { status, stdout, stderr } = run(script, ['30', '30']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /i);
  }, 30_000);

  test('says of an option that takes no value that it takes none', () => {
    const { status, stdout, stderr } = run(script, ['--version=sentinel']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: (option ')?--version'? takes no value\.?$/im);
    expect(stderr).not.toMatch(/unknown|mean|sentinel/);
  }, 30_000);

  test('calls no option unknown, or without a value, that was not written', () => {
    const option = optionsIn(run(script, ['--help']).stdout).at(0) ?? 'version';
    const { status, stdout, stderr } = run(script, [`--${option}2`, 'x']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown option/im);
    expect(stderr).not.toMatch(new RegExp(`option '?--${option}\\b|takes no value`));
  }, 30_000);

  test('P12: repeats no value of what belongs to no option: the key may have been put there', () => {
    for (const more of [['--bogus=sentinel'], ['-ysentinel'], ['sentinel', 'sentinel']]) {
      const { status, stdout, stderr } = run(script, more);
      expect({ more, status, stdout }).toEqual({ more, status: 2, stdout: '' });
      // What is measured, or mutated, has names of its own.
      if (name !== 'bench') expect(stderr).not.toContain('sentinel');
    }
  }, 30_000);

  test.runIf(existsSync('/dev/full'))(
    'is not ended by a full disk with a stack',
    () => {
      const [, ...parameters] = script.split(' ');
      const { status, stderr } = spawnSync(process.execPath, [...parameters, '--help'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      // A query is asked for its answer: that it could not be written is a failure.
      expect(status).toBe(name === 'query' ? 1 : 0);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    30_000,
  );

  test('tells a Node that reads no TypeScript in a sentence, without a stack', () => {
    // As older ones are.
    const older = script.replace(/^node /, 'node --no-experimental-strip-types ');
    const { status, stdout, stderr } = run(older, ['--help']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^Error: this needs Node 24, and v\d+\.\d+\.\d+ runs it\. .+ignore-scripts.+\.\n$/,
    );
  }, 30_000);
});

test('what npm leaves over of an option that it took for its own is told with the right command', () => {
  // `npm run report --days=30` is run as this.
  const { status, stdout, stderr } = run(String(scripts.report), ['30']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Through npm, options stand behind a -- of their own: npm run report -- --option');
});

test.each([
  ['report', '--out'],
  ['report', '--data'],
  ['report', '--bucket'],
  ['query', '--data'],
  ['query', '--file'],
  ['query', '--saved'],
  ['query', '--export'],
  ['query', '--parquet'],
  ['package', '--out'],
  ['audit', '--data'],
  ['audit', '--bucket'],
  ['doctor', '--report'],
  ['doctor', '--integration'],
  ['start', '--integration'],
  ['start', '--data'],
  ['start', '--checkpoint-table'],
])('npm run %s %s: a variable that is not set does not mean something else', (name, option) => {
  for (const value of ['', ' ']) {
    const { status, stdout, stderr } = run(String(scripts[name]), [option, value]);
    expect({ value, status, stdout }).toEqual({ value, status: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`${option}.+must not be empty`));
  }
});

test.each([
  ['report', '--out'],
  ['report', '--data'],
  ['query', '--data'],
  ['query', '--file'],
  ['query', '--export'],
  ['query', '--parquet'],
  ['package', '--out'],
  ['audit', '--data'],
  ['doctor', '--report'],
  ['start', '--data'],
])('npm run %s %s: an address makes no folder of its name', (name, option) => {
  for (const value of ['gs://bucket/x', 'S3://bucket', 'file:///x']) {
    const { status, stdout, stderr } = run(String(scripts[name]), [option, value]);
    expect({ value, status, stdout }).toEqual({ value, status: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`${option}.+(place on this disk|be a folder)`));
  }
});

test.each([
  ['report', '--days'],
  ['audit', '--refused-share'],
])('npm run %s %s: a value that is none is not repeated, it may be the key', (name, option) => {
  const { status, stderr } = run(String(scripts[name]), [option, 'secret-key']);
  expect(status).toBe(2);
  expect(stderr).toContain(option);
  expect(stderr).not.toContain('secret-key');
});
