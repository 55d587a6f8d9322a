/** What the CDK makes of a configuration: the template, and the function's code beside it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { SyncHistoryConfiguration } from '../../lib/configuration/configuration.ts';
import { SyncHistoryStack } from '../../lib/sync-history-stack.ts';
import { inTemporaryFolder } from '../stores/temporary-folder.ts';
import type { Synthesized } from './template.ts';

/** @param context of the CDK, as in cdk.json. @throws {ConfigurationFault} @throws {StoreFailure} */
export const synthesize = (
  configuration: SyncHistoryConfiguration,
  context: Readonly<Record<string, unknown>>,
): Promise<{ readonly template: Synthesized; readonly code: Uint8Array }> =>
  inTemporaryFolder('braze-cdi-package-', async (outdir) => {
    const app = new App({ outdir, context: { ...context, 'aws:cdk:enable-path-metadata': false } });
    const stack = new SyncHistoryStack(app, 'BrazeCdiSyncHistory', {
      description: 'Exports the sync history of Braze Cloud Data Ingestion to S3, on a schedule.',
      ...configuration,
    });
    const assembly = app.synth();
    const [asset] = (await readdir(outdir)).filter((name) => name.startsWith('asset.'));
    if (asset === undefined) throw new Error('The stack has bundled no function.');
    return {
      template: assembly.getStackArtifact(stack.artifactId).template,
      code: await readFile(join(outdir, asset, 'index.mjs')),
    };
  });
