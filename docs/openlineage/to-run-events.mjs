/**
 * Makes run events of OpenLineage from an event `Sync Finished` of EventBridge: its start and its end. Send each as
 * the body of a POST to your backend's `/api/v1/lineage`, from a Lambda function behind a rule, for one.
 */
import { createHash } from 'node:crypto';

const producer = 'urn:braze-cdi-sync-history';
const spec = 'https://openlineage.io/spec';

export function toRunEvents({ time, detail }) {
  const { workspace, integration_id: id, integration_name: name, job_status: status } = detail;
  const event = {
    producer,
    schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: runIdOf([workspace, id, detail.sync_start_time]) },
    job: {
      namespace: `braze-cdi://${workspace}`,
      // A name may change, or occur twice.
      name: id,
      facets: name ? { documentation: { ...facet('1-1-0/DocumentationJobFacet'), description: name } } : {},
    },
  };
  const output = {
    namespace: `braze://${workspace}`,
    name: id,
    ...(Number.isSafeInteger(detail.rows_synced) && {
      outputFacets: {
        outputStatistics: {
          ...facet('1-0-2/OutputStatisticsOutputDatasetFacet'),
          rowCount: detail.rows_synced,
        },
      },
    }),
  };
  return [
    { ...event, eventType: 'START', eventTime: isoOf(detail.sync_start_time), outputs: [] },
    {
      ...event,
      eventType: endOf(status, detail.sync_finish_time),
      eventTime: isoOf(detail.sync_finish_time) ?? time,
      outputs: [output],
    },
  ];
}

/** Rows have arrived of a `partial` one, too. One without an end was left behind by the next. */
function endOf(status, finished) {
  if (status === 'success' || status === 'partial') return 'COMPLETE';
  return finished || status === 'error' || status === 'config_error' ? 'FAIL' : 'ABORT';
}

/** The lake has UTC, without saying so: `2026-11-28 06:00:03.183`. */
const isoOf = (timestamp) => timestamp && `${timestamp.replace(' ', 'T')}Z`;

const facet = (name) => ({ _producer: producer, _schemaURL: `${spec}/facets/${name}.json` });

/** The same for a sync that is told again: a UUID of version 8, whose digits are one's own. */
function runIdOf(parts) {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = (0x8 | (Number.parseInt(hex[16], 16) & 0x3)).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
