/** The app that the CDK starts: `cdk deploy`. */
import { App } from 'aws-cdk-lib';
import { ConfigurationFault } from '../lib/configuration/configuration-fault.ts';
import { configurationFromContext, contextKey } from '../lib/configuration/context.ts';
import { SyncHistoryStack } from '../lib/sync-history-stack.ts';

const app = new App();
try {
  new SyncHistoryStack(app, 'BrazeCdiSyncHistory', {
    description: 'Exports the sync history of Braze Cloud Data Ingestion to S3, on a schedule.',
    ...configurationFromContext(app.node.tryGetContext(contextKey)),
  });
} catch (error) {
  if (!(error instanceof ConfigurationFault)) throw error;
  for (const fault of error.faults) console.error(`Error: ${fault}`);
  // At once: otherwise the CDK would go on to write out the half of a stack.
  process.exit(1);
}
