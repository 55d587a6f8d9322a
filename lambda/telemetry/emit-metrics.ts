/** A run in figures, as a line of the log in the embedded metric format: CloudWatch makes metrics of it. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { gainedNothing, type Receipt } from '../run/receipt.ts';
import { metricNamespace, metrics, workspaceDimension } from './metrics.ts';

/** A run that was busy has done nothing and says nothing: the run that kept it out will. */
export function emitMetrics(receipt: Receipt): void {
  const { outcome, workspace, rows, integrations, gaps } = receipt;
  if (outcome === 'busy') return;
  const emitted = new Metrics({ namespace: metricNamespace });
  // Powertools adds a dimension `service`, which nobody could ask for by the workspace alone.
  emitted.clearDefaultDimensions();
  emitted.addDimension(workspaceDimension, workspace);
  const endedWell = outcome !== 'failed' && !gainedNothing(receipt);
  emitted.addMetric(metrics.runEndedWell, MetricUnit.Count, endedWell ? 1 : 0);
  emitted.addMetric(metrics.newRows, MetricUnit.Count, rows.new);
  emitted.addMetric(metrics.quarantinedRows, MetricUnit.Count, rows.quarantined);
  emitted.addMetric(metrics.failedIntegrations, MetricUnit.Count, integrations.failed);
  emitted.addMetric(metrics.gaps, MetricUnit.Count, gaps);
  emitted.publishStoredMetrics();
}
