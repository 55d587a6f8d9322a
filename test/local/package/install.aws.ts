/** The npm package, in an empty folder with nothing but the CDK: no network, no esbuild, no Docker. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npmPackage } from '../../../local/package/npm-package.ts';
import { synthesize } from '../../../local/package/synthesize.ts';
import { project } from '../../lib/synthesize.ts';

const run = promisify(execFile);
const configuration = { workspaces: [{ name: 'default', endpoint: 'https://rest.iad-01.braze.com' }] };
const construct = `
const app = new App();
const stack = new SyncHistoryStack(app, 'BrazeCdiSyncHistory', {
  description: 'Exports the sync history of Braze Cloud Data Ingestion to S3, on a schedule.',
  workspaces: [{ name: 'default', endpoint: 'https://rest.iad-01.braze.com' }],
});
console.log(JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template));
`;
const imported = `
import { App } from 'aws-cdk-lib';
import { SyncHistoryStack } from 'braze-cdi-sync-history';
${construct}`;
const required = `
const { App } = require('aws-cdk-lib');
const { SyncHistoryStack } = require('braze-cdi-sync-history');
${construct}`;

let folder: string;
let expected: unknown;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braze-cdi-install-'));
  const modules = join(folder, 'node_modules');
  const home = join(modules, 'braze-cdi-sync-history');
  mkdirSync(home, { recursive: true });
  const archive = await npmPackage(join(folder, 'dist'));
  await run('tar', ['-xzf', archive, '--strip-components', '1', '-C', home]);
  const { dependencies, peerDependencies } = (
    await import(join(home, 'package.json'), { with: { type: 'json' } })
  ).default;
  // As npm would lay them out, from what is installed here.
  for (const name of [...Object.keys(dependencies), ...Object.keys(peerDependencies)]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(project, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'app.ts'), imported);
  writeFileSync(join(folder, 'app.mjs'), imported);
  writeFileSync(join(folder, 'app.cjs'), required);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  expected = withoutCode((await synthesize(configuration, {})).template);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code is named by how it came about. */
const withoutCode = (template: unknown): unknown => {
  const { Resources, Outputs } = JSON.parse(
    JSON.stringify(template).replace(/"S3Key":"\w+\.zip"/, '"S3Key":""'),
  );
  return { Resources, Outputs };
};

describe('an app of ten lines makes the template that this project deploys', () => {
  test.each(['app.ts', 'app.mjs', 'app.cjs'])('%s', async (app) => {
    const { stdout, stderr } = await run(process.execPath, [join(folder, app)], {
      cwd: folder,
      env: { PATH: '/nowhere', HOME: folder },
      maxBuffer: 2 ** 24,
    });
    expect(withoutCode(JSON.parse(stdout))).toEqual(expected);
    expect(stderr).toBe('');
  });

  test('with a report, whose function has the bundle of the package and DuckDB from npm', async () => {
    const npm = join(folder, 'npm');
    mkdirSync(npm);
    const library = '"$3/node_modules/@duckdb/node-bindings-linux-arm64"';
    writeFileSync(join(npm, 'npm'), `#!/bin/sh\n/bin/mkdir -p ${library} && : >${library}/libduckdb.so\n`, {
      mode: 0o755,
    });
    const app = imported
      .replace('new App()', `new App({ outdir: ${JSON.stringify(join(folder, 'cdk.out'))} })`)
      .replace('workspaces:', "report: { schedule: 'rate(7 days)' }, workspaces:");
    writeFileSync(join(folder, 'report.mjs'), app);
    await run(process.execPath, [join(folder, 'report.mjs')], {
      cwd: folder,
      env: { PATH: npm, HOME: folder },
      maxBuffer: 2 ** 24,
    });
    const files = readdirSync(join(folder, 'cdk.out'), { recursive: true }).map(String);
    for (const end of ['report/index.mjs', 'report/assets/page.css', 'docs/runbook.md', 'libduckdb.so'])
      expect(files.some((file) => file.endsWith(end))).toBe(true);
  });

  test('in TypeScript, with its types, and a wrong prop is found', async () => {
    const wrong = join(folder, 'wrong.ts');
    writeFileSync(wrong, imported.replace('workspaces:', 'workspace:'));
    const tsc = join(project, 'node_modules/typescript/bin/tsc');
    const check = (file: string) =>
      run(
        process.execPath,
        [...[tsc, '--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck', '--types', '', file]],
        { cwd: folder },
      ).catch((failure: { readonly stdout: string }) => failure);
    expect((await check('app.ts')).stdout.replace(/.*Cannot find name 'console'.*\n/, '')).toBe('');
    expect((await check('wrong.ts')).stdout).toMatch(
      /'workspace' does not exist in type 'SyncHistoryStackProps'/,
    );
  });
});
