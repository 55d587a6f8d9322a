/**
 * Names of the metrics: the function emits them, the stack's alarms watch them. Each costs thirty cents a month and
 * workspace; what is only to be looked up stands in the receipt, a line of the log.
 */
export const metricNamespace = 'BrazeCdiSyncHistory';

/** What every line of the log is under. */
export const serviceName = 'braze-cdi-sync-history';

/** The one dimension of `keyMissing`; a metric without any is not provided for in the embedded metric format. */
export const serviceDimension = 'service';

/** The one dimension of every other metric. */
export const workspaceDimension = 'workspace';

export const metrics = {
  /**
   * 1 for a run that was complete, suspended with something gained, or without a key yet; 0 for one that failed or
   * has gained nothing; none for one that was busy.
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
  /** 1 for a run that found no key, in whatever workspace; none for any other: it costs nothing once all have theirs. */
  keyMissing: 'KeyMissing',
} as const;
