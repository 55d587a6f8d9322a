/** The configuration from the CDK's context: an object from `cdk.json`, or JSON from `cdk -c brazeSyncHistory='{…}'`. */
import type { SyncHistoryConfiguration } from './configuration.ts';
import { ConfigurationFault } from './configuration-fault.ts';
import { readConfiguration } from './read-configuration.ts';

export const contextKey = 'brazeSyncHistory';

/** @throws {ConfigurationFault} */
export function configurationFromContext(context: unknown): SyncHistoryConfiguration {
  if (context === undefined) {
    throw new ConfigurationFault([
      `${contextKey} is missing: write it into the context of cdk.json, with a list of workspaces.`,
    ]);
  }
  const configuration = typeof context === 'string' ? parse(context) : context;
  readConfiguration(configuration, contextKey);
  return configuration as SyncHistoryConfiguration;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationFault([
      `${contextKey} is not JSON: on the command line, put it into single quotes and its texts into double ones.`,
    ]);
  }
}
