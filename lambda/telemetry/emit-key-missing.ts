/** A run without a key, in the metrics: nothing has failed, and somebody still has to set the key. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNamespace, metrics, serviceDimension, serviceName, workspaceDimension } from './metrics.ts';

export function emitKeyMissing(workspace: string): void {
  const ofWorkspace = new Metrics({ namespace: metricNamespace });
  ofWorkspace.clearDefaultDimensions();
  ofWorkspace.addDimension(workspaceDimension, workspace);
  ofWorkspace.addMetric(metrics.runEndedWell, MetricUnit.Count, 1);
  ofWorkspace.publishStoredMetrics();

  // Not by workspace: one alarm watches all of them.
  const ofAll = new Metrics({ namespace: metricNamespace });
  ofAll.clearDefaultDimensions();
  ofAll.addDimension(serviceDimension, serviceName);
  ofAll.addMetric(metrics.keyMissing, MetricUnit.Count, 1);
  ofAll.publishStoredMetrics();
}
