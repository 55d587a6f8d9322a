/** A command that is stopped leaves nothing half made, and dies of the signal. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { filesBelow, scratchFolder } from '../stores/scratch.ts';

const bin = resolve(import.meta.dirname, '../../../bin');

/** @param isUnderWay whether there is something half made. */
async function stopped(
  signal: NodeJS.Signals,
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>>,
  isUnderWay: () => boolean,
) {
  const [program = '', ...options] = commandLine;
  const child = spawn(process.execPath, [join(bin, program), ...options], {
    stdio: 'ignore',
    // Ctrl-C reaches all that the command has started, too.
    detached: true,
    env: { PATH: process.env.PATH, ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ends = once(child, 'exit');
  await vi.waitFor(() => expect(isUnderWay()).toBe(true), { timeout: 20_000, interval: 10 });
  process.kill(-(child.pid ?? 0), signal);
  return await ends;
}

/** Of its one object nothing ever comes: who reads it waits. */
function lakeWithoutEnd(): string {
  const data = scratchFolder();
  const day = join(data, 'lake/syncs/workspace=a/dt=2026-05-01');
  mkdirSync(day, { recursive: true });
  execFileSync('mkfifo', [join(day, 'syncs.ndjson.gz')]);
  return data;
}

describe.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s',
  (signal) => {
    test.each(['--export', '--parquet'])(
      'stops npm run query %s',
      async (option) => {
        const out = scratchFolder();
        const commandLine = ['query.ts', '--data', lakeWithoutEnd(), option, join(out, 'it')];
        const isUnderWay = () => existsSync(out) && readdirSync(out).some((name) => isBegun(join(out, name)));
        expect(await stopped(signal, commandLine, {}, isUnderWay)).toEqual([null, signal]);
        expect(readdirSync(out)).toEqual([]);
      },
      30_000,
    );

    test('stops npm run report --bucket: none of the lake is left on the disk', async () => {
      const TMPDIR = scratchFolder();
      const silent = createServer(() => {}).listen(0, '127.0.0.1');
      onTestFinished(() => void silent.close());
      await once(silent, 'listening');
      const environment = {
        TMPDIR,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'a',
      };
      const isUnderWay = () => foldersIn(TMPDIR, 'braze-cdi-report-').length > 0;
      const ended = await stopped(signal, ['report.ts', '--bucket', 'lake'], environment, isUnderWay);
      expect(ended).toEqual([null, signal]);
      expect(foldersIn(TMPDIR, 'braze-cdi-')).toEqual([]);
    }, 30_000);
  },
);

test.skipIf(process.platform === 'win32')(
  'Ctrl-C stops npm run package',
  async () => {
    const TMPDIR = scratchFolder();
    const commandLine = ['package.ts', '--out', join(scratchFolder(), 'package')];
    const isUnderWay = () => foldersIn(TMPDIR, 'braze-cdi-package-').length > 0;
    expect(await stopped('SIGINT', commandLine, { TMPDIR }, isUnderWay)).toEqual([null, 'SIGINT']);
    expect(foldersIn(TMPDIR, 'braze-cdi-')).toEqual([]);
  },
  30_000,
);

const foldersIn = (folder: string, prefix: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(prefix));

/** A table is being written into it, as a folder or as one file. */
const isBegun = (path: string): boolean =>
  statSync(path).isDirectory() ? filesBelow(path).length > 0 : statSync(path).size > 0;
