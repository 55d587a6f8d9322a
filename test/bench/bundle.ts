/** The function as it is deployed: bundled by the stack itself. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { App } from 'aws-cdk-lib';
import { SyncHistoryStack } from '../../lib/sync-history-stack.ts';

export interface Bundle {
  readonly file: string;
  readonly kilobytes: number;
  /** In the archive that Lambda gets. */
  readonly zippedKilobytes: number;
}

/** @param directory for the synthesized app. */
export async function bundle(directory: string): Promise<Bundle> {
  const app = new App({ outdir: directory });
  new SyncHistoryStack(app, 'Measured', {
    workspaces: [{ name: 'shop', endpoint: 'https://rest.fra-01.braze.eu' }],
  });
  app.synth();
  const [file] = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('index.mjs'));
  if (file === undefined) throw new Error('The stack has bundled no function.');
  const content = await readFile(join(directory, file));
  return {
    file: join(directory, file),
    kilobytes: content.length / 1024,
    zippedKilobytes: deflateRawSync(content, { level: 9 }).length / 1024,
  };
}
