/** Names of the metrics: the function emits them, the stack's alarms and dashboards watch them. */
export const metricNamespace = 'BrazeCdiSyncHistory';

/** The one dimension that every metric has. */
export const workspaceDimension = 'workspace';

export const metrics = {
  /** 1 for a run that was complete or suspended, 0 for one that failed; none for one that was busy. */
  runEndedWell: 'RunEndedWell',
  /** Rows that were new to the lake. */
  newRows: 'NewRows',
  /** Rows that could not be placed. */
  quarantinedRows: 'QuarantinedRows',
  /** Integrations that could not be exported. */
  failedIntegrations: 'FailedIntegrations',
  /** Stretches of history not read yet. */
  gaps: 'Gaps',
  /** Syncs not final yet. */
  openSyncs: 'OpenSyncs',
  /** Requests to the status endpoint. */
  statusRequests: 'StatusRequests',
  /** Seconds spent waiting for the rate limit. */
  waitedSeconds: 'WaitedSeconds',
  elapsedSeconds: 'ElapsedSeconds',
} as const;
