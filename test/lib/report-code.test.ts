/** The code of the function that writes reports, as it is deployed, run by a plain Node in a folder of its own. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { SyncHistoryStack } from '../../lib/sync-history-stack.ts';
import { scratchFolder } from '../local/stores/scratch.ts';
import { bucketServer } from '../report/bucket-server.ts';
import { writeLake } from '../sql/lake-of.ts';
import { integration, lakeOf, sync } from '../sql/lines.ts';
import { withStanding } from '../sql/standings-of.ts';
import { workspace } from './synthesize.ts';

/** Lambda's is a Linux: on another system DuckDB would have to be fetched, and could not be run. */
test.runIf(process.platform === 'linux')(
  'the bundle writes and announces a report, without a file beside its own',
  async () => {
    const outdir = scratchFolder();
    const app = new App({ outdir });
    new SyncHistoryStack(app, 'Bundled', {
      workspaces: [workspace('a')],
      report: { schedule: 'rate(7 days)' },
      architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    });
    app.synth();
    const assets = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
    const code = assets.find((name) => existsSync(join(outdir, name, 'report/index.mjs'))) ?? '';
    const exporter = assets.find((name) => existsSync(join(outdir, name, 'index.mjs'))) ?? '';
    expect(readFileSync(join(outdir, exporter, 'index.mjs'), 'utf8')).not.toMatch(/duckdb|linkedom/i);
    const folder = scratchFolder();
    cpSync(join(outdir, code), folder, { recursive: true });

    const data = scratchFolder();
    const now = Date.now();
    const lake = lakeOf({ integrations: [integration({})], syncs: [sync({ start: now - 3_600_000 })] });
    writeLake(data, withStanding(lake, now));
    const { endpoint, written, published } = await bucketServer(join(data, 'lake'));
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
  },
);
