/** What is started here must never outlive this process: not after a stop, not after a crash. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runTethered, startTethered } from '../../../local/aws/tethered-process.ts';

let directory: string;
let log: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tether-'));
  log = join(directory, 'log');
});

/** Of processes that a test has started: whatever became of it, none may stay. */
const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
  await rm(directory, { recursive: true });
});

/** A machine with much else to do takes its time to start and to end a process. */
const patiently = { timeout: 20_000 };

const options = (script: string) => ({
  python: 'python3',
  command: ['sh', '-c', script],
  environment: { PATH: process.env.PATH },
  directory,
  log,
});

/** A command with a child of its own: tells both process ids, and both heed nothing but SIGKILL. */
const stubborn = 'trap "" TERM INT HUP; sleep 600 & echo $$ $!; wait';

async function pids(): Promise<number[]> {
  await expect.poll(() => readFile(log, 'utf8').catch(() => ''), patiently).toMatch(/^\d+ \d+\n/);
  return (await readFile(log, 'utf8')).trim().split(' ').map(Number);
}

/** A zombie has ended, whether or not its parent has asked yet. */
async function alive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !/\) [ZX] /.test(status);
}

const survivors = async (all: readonly number[]) =>
  (await Promise.all(all.map(alive))).filter(Boolean).length;

test('a stop ends the command and its children', async () => {
  const started = await startTethered(options(stubborn));
  endings.push(started.stop);
  const all = await pids();
  expect(await survivors(all)).toBe(2);
  await started.stop();
  await expect.poll(() => survivors(all), patiently).toBe(0);
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'they end when the process that started them ends by %s',
  async (signal) => {
    const starter = `
      import { startTethered } from ${JSON.stringify(new URL('../../../local/aws/tethered-process.ts', import.meta.url))};
      await startTethered(${JSON.stringify(options(stubborn))});`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', starter], { stdio: 'ignore' });
    endings.push(() => parent.kill('SIGKILL'));
    const all = await pids();
    expect(await survivors(all)).toBe(2);
    parent.kill(signal);
    await once(parent, 'exit');
    await expect.poll(() => survivors(all), patiently).toBe(0);
  },
);

test('what a command leaves behind when it ends goes with it', async () => {
  const started = await startTethered(options('sleep 600 & echo $$ $!'));
  const all = await pids();
  expect(await started.ended).toBe(0);
  await expect.poll(() => survivors(all), patiently).toBe(0);
});

test('a command that fails is told with the advice and the end of its log', async () => {
  const running = runTethered({
    ...options('echo one; echo two >&2; exit 3'),
    advice: 'Look at the network.',
  });
  await expect(running).rejects.toThrow(`Look at the network. The end of ${log}:\none\ntwo`);
});

test('a command that is aborted ends', async () => {
  const stop = new AbortController();
  const running = runTethered({ ...options(stubborn), advice: 'Aborted.', signal: stop.signal });
  const all = await pids();
  stop.abort();
  await expect(running).rejects.toThrow('Aborted.');
  await expect.poll(() => survivors(all), patiently).toBe(0);
});
