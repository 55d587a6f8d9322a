/** The code of the function that writes reports, as it is deployed, run by a plain Node in a folder of its own. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SyncHistoryStack } from '../../lib/sync-history-stack.ts';
import manifest from '../../package.json' with { type: 'json' };
import { scratchFolder } from '../local/stores/scratch.ts';
import { bucketServer } from '../report/bucket-server.ts';
import { writeLake } from '../sql/lake-of.ts';
import { integration, lakeOf, sync } from '../sql/lines.ts';
import { withStanding } from '../sql/standings-of.ts';
import { statementsOf } from './statements.ts';
import { templateOf, workspace } from './synthesize.ts';

/** Lambda's is a Linux: on another system DuckDB would have to be fetched, and could not be run. */
const isLikeLambda = process.platform === 'linux';
const [own, other] =
  process.arch === 'arm64' ? (['arm64', 'x86_64'] as const) : (['x86_64', 'arm64'] as const);

/** @returns the folder of the function that writes reports, and the exporter's bundle. */
function synthesized(architecture: 'arm64' | 'x86_64') {
  const outdir = scratchFolder();
  const app = new App({ outdir });
  new SyncHistoryStack(app, 'Bundled', {
    workspaces: [workspace('a')],
    report: { schedule: 'rate(7 days)' },
    architecture,
  });
  app.synth();
  const assets = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  const holding = (file: string) =>
    join(outdir, assets.find((name) => existsSync(join(outdir, name, file))) ?? 'none');
  return {
    code: holding('report/index.mjs'),
    exporter: readFileSync(join(holding('index.mjs'), 'index.mjs'), 'utf8'),
  };
}

test.runIf(isLikeLambda)(
  'the bundle writes and announces a report, without a file beside its own',
  async () => {
    const { code, exporter } = synthesized(own);
    expect(exporter).not.toMatch(/duckdb|linkedom/i);
    const folder = scratchFolder();
    cpSync(code, folder, { recursive: true });

    const data = scratchFolder();
    const now = Date.now();
    const lake = lakeOf({ integrations: [integration({})], syncs: [sync({ start: now - 3_600_000 })] });
    writeLake(data, withStanding(lake, now));
    const { endpoint, listed, read, written, published } = await bucketServer(join(data, 'lake'));
    const event = JSON.stringify({ workspaces: [{ name: 'a' }] });
    const program = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(folder, 'report/index.mjs')))});
    console.log(JSON.stringify(await handler(${event})));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      {
        cwd: folder,
        // No more than Lambda has: neither a home nor a path.
        env: {
          LAKE_BUCKET: 'lake',
          ANNOUNCE_TO: 'arn:aws:sns:eu-central-1:123456789012:alerts',
          AWS_ENDPOINT_URL: endpoint,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: 'id',
          AWS_SECRET_ACCESS_KEY: 'secret',
        },
      },
    );

    expect(stdout).toContain('{"written":["a"],"nothing_yet":[]}');
    const page = written.get('reports/workspace=a/report.html')?.body;
    expect(page).toContain('<style>');
    expect(page).toContain('Users');
    expect(published.map((one) => one.get('TopicArn'))).toEqual([
      'arn:aws:sns:eu-central-1:123456789012:alerts',
    ]);
    // All that it has asked for, its role allows.
    const [lists, gets, puts] = rightsOfRole();
    expect([...listed].filter((prefix) => !lists?.(prefix))).toEqual([]);
    expect(read.filter((key) => !gets?.(key))).toEqual([]);
    expect([...written.keys()].filter((key) => !puts?.(key))).toEqual([]);
    expect([listed.size, read.length]).toEqual([7, expect.any(Number)]);
  },
);

/** Whether it may list a prefix, get an object, and put one. */
function rightsOfRole(): ((key: string) => boolean)[] {
  const statements = statementsOf(templateOf({ report: { schedule: 'rate(1 day)' } })).filter(({ at }) =>
    at.startsWith('ReportRole'),
  );
  const of = (action: string) => statements.filter(({ actions }) => actions.includes(action));
  const patterns = [
    of('s3:ListBucket').flatMap(({ condition }) =>
      Object.values(Object(condition).StringLike).flat().map(String),
    ),
    of('s3:GetObject').flatMap(({ resources }) => resources),
    of('s3:PutObject').flatMap(({ resources }) => resources),
  ].map((all) => all.map((pattern) => pattern.replace('<LakeBucket.Arn>/', '').replace(/\*$/, '')));
  return patterns.map((starts) => (key) => starts.some((start) => key.startsWith(start)));
}

/** An npm that notes down how it was called. */
function npmThat(does: string): string {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/called'\n${does}\n`);
  chmodSync(join(folder, 'npm'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  return join(folder, 'called');
}

describe('for a processor that is not this machine’s', () => {
  afterEach(() => void vi.unstubAllEnvs());
  const name = `@duckdb/node-bindings-linux-${other === 'arm64' ? 'arm64' : 'x64'}`;

  test('npm fetches DuckDB, in the version of what calls it', () => {
    const library = `"$3/node_modules/${name}"`;
    const called = npmThat(`mkdir -p ${library} && touch ${library}/libduckdb.so`);
    const { code } = synthesized(other);
    expect(readFileSync(called, 'utf8').trim().split('\n')).toEqual(
      expect.arrayContaining([
        'install',
        '--force',
        '--ignore-scripts',
        `${name}@${manifest.dependencies['@duckdb/node-api']}`,
      ]),
    );
    expect(existsSync(join(code, 'node_modules', name, 'libduckdb.so'))).toBe(true);
  });

  test('that npm can not is told in a sentence', () => {
    npmThat('exit 1');
    expect(() => synthesized(other)).toThrow(`npm could not fetch ${name}@`);
  });

  test('an npm that says that it has, and has not, is no success', () => {
    npmThat('exit 0');
    expect(() => synthesized(other)).toThrow('without node_modules/');
  });
});
