/** The configuration among the props of the stack. */
import type { SyncHistoryConfiguration } from './configuration.ts';
import { readConfiguration } from './read-configuration.ts';
import { configurationSchema, type Settings } from './schema.ts';

/**
 * What else the props hold is the CDK's, which changes with its version: only what the configuration knows is
 * read, and a wrong name is left to the compiler.
 * @throws {ConfigurationFault}
 */
export function settingsFromProps(props: SyncHistoryConfiguration): Settings {
  const known = Object.keys(configurationSchema.shape);
  const configuration = Object.fromEntries(
    Object.entries(props).filter(([key, value]) => known.includes(key) && value !== undefined),
  );
  return readConfiguration(configuration, 'props');
}
