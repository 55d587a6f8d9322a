/**
 * Names of the metrics: the function emits them, the stack's alarms watch them. Each costs thirty cents a month and
 * workspace; what is only to be looked up stands in the receipt, a line of the log.
 */
export const metricNamespace = 'BrazeCdiSyncHistory';

/** The one dimension that every metric has. */
export const workspaceDimension = 'workspace';

export const metrics = {
  /**
   * 1 for a run that was complete, or suspended with something gained; 0 for one that failed or has gained nothing;
   * none for one that was busy.
   */
  runEndedWell: 'RunEndedWell',
  /** Rows that were new to the lake. */
  newRows: 'NewRows',
  /** Rows that could not be placed. */
  quarantinedRows: 'QuarantinedRows',
  /** Integrations that could not be exported. */
  failedIntegrations: 'FailedIntegrations',
  /** Stretches of history not read yet. */
  gaps: 'Gaps',
} as const;
