/** `npm run doctor` as a process: what it prints, what it writes, and its exit code. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulatedBraze } from '../../../local/simulator/http.ts';
import { allPermissions } from '../../../local/simulator/permissions.ts';
import { sentinels, shopWorld } from '../../lambda/doctor/examining.ts';

const program = resolve(import.meta.dirname, '../../../bin/doctor.ts');

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function doctor(options: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const cwd = folder();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [program, ...options], { cwd, env: { PATH, HOME, ...environment } });
  const shown = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      shown[name] += text;
    });
  const code = await new Promise((done) => child.once('close', done));
  const all = shown.stdout + shown.stderr;
  expect(all).not.toContain(sentinels.key);
  expect(all).not.toMatch(/^\s+at /m);
  return { code, ...shown, written: readdirSync(cwd), cwd };
}

async function shop() {
  const server = await startSimulatedBraze({ world: shopWorld(), keys: { [sentinels.key]: allPermissions } });
  onTestFinished(() => server.close());
  return server;
}

const well =
  /^All is well\. A first export: (\d+ minutes|a minute|\d+ hours) at the most \([\d,]+ pages for a year\)\.\n$/;

test('a workspace that is well is told in one line, and nothing is written', async () => {
  const { endpoint } = await shop();
  const told = await doctor(['--endpoint', endpoint], { BRAZE_API_KEY: sentinels.key });
  expect(told).toMatchObject({ code: 0, stderr: '', written: [] });
  expect(told.stdout).toMatch(well);
});

test('without an endpoint it is the simulated Braze, and says so', async () => {
  const { code, stdout, written } = await doctor([]);
  expect({ code, written }).toEqual({ code: 0, written: [] });
  expect(stdout).toMatch(/^Simulated Braze: .+\nAll is well\..{1,68}\n$/);
});

test('what fails has a line and a sentence, and the exit code 1', async () => {
  const { endpoint } = await shop();
  const { code, stdout } = await doctor(['--endpoint', endpoint], { BRAZE_API_KEY: 'sentinelkey-other' });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^failed {2}key, accepted: Braze refuses it \(401\)\./);
  expect(stdout).toMatch(/^skipped permissions, allowlist, .+\n {8}history: what they need has failed\.\n$/m);
  expect(stdout).not.toContain('sentinelkey-other');
});

test.each([
  ['in quotes', `"${sentinels.key}"`, 'quotes'],
  ['with a blank', `${sentinels.key} x`, 'space'],
  ['of nothing', ' ', 'is empty'],
])('a key %s is a finding, and nothing is contacted', async (_, key, told) => {
  const server = await shop();
  const { code, stdout } = await doctor(['--endpoint', server.endpoint], { BRAZE_API_KEY: key });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^failed {2}key, form: /);
  expect(stdout).toContain(told);
  expect(server.requests).toEqual([]);
});

test('the key may stand in a file, and the report holds none of it', async () => {
  const { endpoint } = await shop();
  const key = join(folder(), 'key');
  writeFileSync(key, `${sentinels.key}\n`);
  const options = ['--endpoint', endpoint, '--json', '--report', 'report.json'];
  const { code, stdout, written, cwd } = await doctor(options, { BRAZE_API_KEY_FILE: key });
  expect({ code, written }).toEqual({ code: 0, written: ['report.json'] });
  const { categories, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({});
  for (const { checks, ...category } of categories) {
    expect(Object.keys(category)).toEqual(['name']);
    for (const check of checks) expect(Object.keys(check)).toEqual(['name', 'result', 'seen', 'hint']);
  }
  const report = readFileSync(join(cwd, 'report.json'), 'utf8');
  expect(JSON.parse(report).quirks).toMatchObject({ order: 'newest_first', linkForm: 'documented' });
  expect(report).not.toMatch(/sentinel|shop|127\.0\.0\.1/i);
});

test('a report that can not be written is told in a sentence', async () => {
  const { endpoint, requests } = await shop();
  const options = ['--endpoint', endpoint, '--report', '/nowhere/at/all.json'];
  const { code, stdout, stderr } = await doctor(options, { BRAZE_API_KEY: sentinels.key });
  // Before anything was asked: the requests would have been in vain.
  expect({ code, stdout, requests }).toEqual({ code: 1, stdout: '', requests: [] });
  expect(stderr).toMatch(/^Error: \/nowhere\/at\/all\.json .+\.\n$/);
  expect(existsSync('/nowhere')).toBe(false);
});

test.each([
  ['a typo', ['--endpiont', 'http://127.0.0.1:9'], 'unknown option --endpiont'],
  ['an argument', [sentinels.key], 'an argument that belongs to no option'],
  ['an option without its value', ['--report'], '--report'],
  ['a blank around an id', ['--integration', 'a '], '--integration must be the id of an integration'],
  ['an empty file', ['--report', ''], '--report must not be empty'],
  ['a name that no stack has', ['--stack', '9'], '--stack must be the name of a stack'],
  ['a name that no workspace has', ['--stack', 'Shop', '--workspace', 'Shop'], '--workspace must be 1 to 63'],
  ['a workspace without a stack', ['--workspace', 'shop'], '--workspace goes with --stack only'],
])('%s is wrong use', async (_, options, told) => {
  const { code, stdout, stderr } = await doctor(options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(told);
  expect(stderr).toMatch(/^Error: .+\.\nSee npm run doctor -- --help\.\n$/);
});

test('a key without an endpoint is wrong use: nobody means the simulated Braze then', async () => {
  const { code, stderr } = await doctor([], { BRAZE_API_KEY: sentinels.key });
  expect(code).toBe(2);
  expect(stderr).toContain('--endpoint URL');
});

test('what does not go with a stack is told at once, and no AWS is asked', async () => {
  const options = [
    '--stack',
    'Shop',
    '--endpoint',
    'http://127.0.0.1:9',
    '--integration',
    '',
    '--report',
    '',
  ];
  const { code, stdout, stderr } = await doctor(options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    'Error: --report must not be empty.',
    'Error: --integration must be the id of an integration: it must not be empty, nor have a blank around it.',
    'Error: --endpoint does not go with --stack, which has its own.',
    'Error: --integration does not go with --stack: those that it exports are looked at.',
    'See npm run doctor -- --help.',
    '',
  ]);
});

test('a stack without a known region is a finding', async () => {
  const { code, stdout } = await doctor(['--stack', 'Shop'], { AWS_CONFIG_FILE: 'none', HOME: '/nowhere' });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^failed {2}stack, found: .+no region is known\. Set AWS_REGION\.\nskipped function, /,
  );
});

test('help is printed, and fits 80 columns', async () => {
  const { code, stdout } = await doctor(['--help']);
  expect(code).toBe(0);
  for (const name of ['--endpoint', '--integration', '--stack', '--workspace', '--json', '--report'])
    expect(stdout).toContain(name);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
