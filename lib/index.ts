/** What the package has to offer to an app of your own. */
export type {
  AlertsConfiguration,
  ReportConfiguration,
  SyncHistoryConfiguration,
  VpcConfiguration,
  WorkspaceConfiguration,
} from './configuration/configuration.ts';
export { ConfigurationFault } from './configuration/configuration-fault.ts';
export { SyncHistory, type SyncHistoryProps } from './sync-history.ts';
export { SyncHistoryStack, type SyncHistoryStackProps } from './sync-history-stack.ts';
