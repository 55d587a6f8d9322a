import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../local/stores/scratch.ts';
import { project } from './synthesize.ts';

/** Runs the CDK's own command line, as somebody without an account, a network or Docker would. */
function cdkSynth(folder: string, output: string, ...more: string[]) {
  const home = join(output, '..', 'home');
  mkdirSync(home, { recursive: true });
  const { status, stderr } = spawnSync(
    join(project, 'node_modules/.bin/cdk'),
    ['synth', '--quiet', '--output', output, ...more],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        HOME: home,
        CDK_HOME: home,
        CDK_DOCKER: '/no/docker',
        AWS_EC2_METADATA_DISABLED: 'true',
        // Whoever asks the network all the same is told at once that there is none.
        HTTPS_PROXY: 'http://127.0.0.1:9',
        HTTP_PROXY: 'http://127.0.0.1:9',
      },
    },
  );
  return { status, stderr };
}

const assembly = (folder: string) => ({
  assets: readdirSync(folder).filter((name) => name.startsWith('asset.')),
  template: readFileSync(join(folder, 'BrazeCdiSyncHistory.template.json'), 'utf8'),
});

describe('cdk synth', () => {
  test('makes the same template and bundle twice, wherever the project lies, offline and without Docker', () => {
    const scratch = scratchFolder();
    const elsewhere = join(scratch, 'a', 'copy');
    for (const part of [
      'bin',
      'lambda',
      'lib',
      'sql',
      'cdk.json',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ]) {
      cpSync(join(project, part), join(elsewhere, part), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(elsewhere, 'node_modules'));

    const here = cdkSynth(project, join(scratch, 'here'));
    const there = cdkSynth(elsewhere, join(scratch, 'there'));

    expect(here).toMatchObject({ status: 0 });
    expect(there).toMatchObject({ status: 0 });
    expect(here.stderr).not.toMatch(/error|warning/i);
    const first = assembly(join(scratch, 'here'));
    expect(assembly(join(scratch, 'there'))).toEqual(first);
    expect(first.assets).toHaveLength(1);
    expect(readdirSync(join(scratch, 'here', first.assets[0] ?? ''))).toEqual(['index.mjs']);
    expect(first.template).toContain(`"S3Key": "${first.assets[0]?.replace('asset.', '')}.zip"`);
  }, 180_000);

  test('takes the configuration from the command line, tells every fault, and nothing of the program', () => {
    const output = join(scratchFolder(), 'out');
    const configuration = { workspaces: [{ name: 'A', endpont: 'x' }], schedule: 'rate(1 hourz)' };
    const { status, stderr } = cdkSynth(
      project,
      output,
      '--context',
      `brazeSyncHistory=${JSON.stringify(configuration)}`,
    );
    expect(status).not.toBe(0);
    expect(stderr.split('\n').filter((line) => line.startsWith('Error: '))).toEqual([
      'Error: brazeSyncHistory.workspaces[0].name must be 1 to 63 of a-z, 0-9 and -, and not begin with -.',
      expect.stringMatching(/^Error: brazeSyncHistory\.workspaces\[0\]\.endpoint is missing: /),
      expect.stringMatching(/^Error: brazeSyncHistory\.workspaces\[0\]\.endpont is not known; /),
      expect.stringMatching(/^Error: brazeSyncHistory\.schedule must be rate\(N minutes\), /),
    ]);
    expect(stderr).not.toMatch(/^ {4}at |\.ts:\d/m);
  });
});

describe('the app, without a configuration', () => {
  /** As `npm ci --ignore-scripts` leaves it: Node itself is not there. */
  function withoutNode(): string {
    const folder = scratchFolder();
    cpSync(join(project, 'bin'), join(folder, 'bin'), { recursive: true });
    for (const part of ['lambda', 'lib', 'sql', 'package.json'])
      symlinkSync(join(project, part), join(folder, part));
    mkdirSync(join(folder, 'node_modules'));
    for (const each of readdirSync(join(project, 'node_modules')))
      if (each !== 'node' && each !== '.bin')
        symlinkSync(join(project, 'node_modules', each), join(folder, 'node_modules', each));
    return folder;
  }
  const appIn = (folder: string, ...flags: string[]) =>
    spawnSync(process.execPath, [...flags, 'bin/app.mjs'], { cwd: folder, encoding: 'utf8' });
  const older = '--no-experimental-strip-types';
  const asked = { status: 1, stdout: '', stderr: expect.stringMatching(/^Error: brazeSyncHistory/) };

  test('is read by the Node that the project brings, whatever the CDK runs on', () => {
    expect(appIn(project, older)).toMatchObject(asked);
  });

  test('is read by a Node of one’s own where the project brings none, or says which it needs', () => {
    const folder = withoutNode();
    expect(appIn(folder)).toMatchObject(asked);
    expect(appIn(folder, older)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Error: this needs Node 24, and .+\.\n$/),
    });
  });
});

test('cdk.json starts whatever Node is there, reports nothing, and leaves the output where it is', () => {
  const { app, ...rest } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8'));
  expect(app).toBe('node bin/app.mjs');
  expect(rest).toMatchObject({
    versionReporting: false,
    notices: false,
    context: {
      'cli-telemetry': false,
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      brazeSyncHistory: { workspaces: [{ name: 'default', endpoint: 'https://rest.iad-01.braze.com' }] },
    },
  });
  expect(rest).not.toHaveProperty('output');
});
