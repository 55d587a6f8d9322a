/** What a person does about an incident, in sentences that can be followed without knowing this program. */
import type { AlertedIntegration, AlertNotice } from './notice.ts';

const byKind: Readonly<Record<Exclude<AlertNotice['kind'], 'failed' | 'trap'>, readonly string[]>> = {
  refused: [
    'Open the sync log of the integration in Braze, and download the rows that were refused: each says why.',
    'Mend these rows at the source, and touch their UPDATED_AT, so that the next sync takes them again.',
  ],
  late: [
    'Look in Braze whether the integration is still active and has its schedule.',
    'If it has, start a sync by hand there; if that does not start either, ask the support of Braze.',
  ],
  stuck: [
    'Look in the warehouse whether the query of Braze still runs or waits for a lock, and whether the table has grown.',
    'If it runs without an end there, end it; if nothing runs there, ask the support of Braze.',
  ],
  gone: [
    'Ask your team whether somebody has deleted the integration in Braze. Its history stays in the lake.',
    'If it was meant to go, nothing is left to do. If not, make it anew in Braze.',
  ],
  gap_at_risk: [
    'Run the exporter once without a deadline, on a machine, or give it more time and a larger budget of requests.',
    'What Braze has forgotten before it was read can not be had from anywhere.',
  ],
  not_exported: [
    'Read the failure of this integration in the table coverage, or in the log of the last run: it says what to do.',
    'Until then nobody sees how its syncs go.',
  ],
};

const byStatus: Readonly<Record<string, readonly string[]>> = {
  error: [
    'Open the sync log of the integration in Braze, and read the error of the newest sync.',
    'See whether the warehouse is reachable and awake, and whether the query of the source still runs there.',
  ],
  config_error: [
    'Open the integration in Braze and test its connection: Braze could not use what is configured.',
    'Usual reasons are credentials that were changed or have run out, a right that was taken back, and a table or ' +
      'column that was renamed.',
  ],
};

const otherStatus = ['Open the sync log of the integration in Braze, and see how its newest sync ended.'];

const byTrap: Readonly<Record<string, readonly string[]>> = {
  future_watermark: [
    'Find the rows at the source whose UPDATED_AT lies in the future, and set it right.',
    'Then have the integration begin from an earlier time: make it anew in Braze, or ask its support to reset it.',
  ],
  whole_table_again: [
    'Look at the definition of the source: UPDATED_AT must be the time at which the row changed, not the time of the query.',
    'Until then all rows are sent, and paid for, at each sync.',
  ],
  boundary_resync: [
    'Give UPDATED_AT more digits at the source, or load rows in batches with a time of their own each.',
    'Until then the rows that share the newest time are sent again at each sync.',
  ],
  nothing_arrives: [
    'Look at the source whether it still gets new rows, and whether their UPDATED_AT is newer than the newest that was synced.',
    'Look whether the process that fills it has run.',
  ],
  watermark_stands: [
    'Look at the source for rows whose UPDATED_AT is older than what was synced already: Braze does not take them any more.',
    'Set their UPDATED_AT to the time at which they are loaded.',
  ],
  near_the_limit: [
    'Let the source hold only rows that have changed, or split it into several integrations.',
    'A query that takes longer than an hour is ended by Braze, and its sync fails.',
  ],
};

const otherTrap = ['Look in the runbook what this finding means.'];

/** No integration of the workspace is answered. */
const ofWorkspace = [
  'Do what the sentence above says; the runbook has a heading for it under Failures.',
  'Until then nobody sees how the syncs of this workspace go.',
];

/** Of one that is over, nothing is left to do but to see what it has cost. */
export function nextStepsOf(
  { event, kind, trap }: Pick<AlertNotice, 'event' | 'kind' | 'trap'>,
  { id, lastStatus, detailsUntil }: AlertedIntegration,
): string[] {
  if (event === 'resolved') return [];
  const details =
    detailsUntil === null || !tellsOfRows(kind)
      ? []
      : [`Until ${dayOf(detailsUntil)} Braze shows the rows that were refused: download them by then.`];
  if (kind === 'failed') return [...(byStatus[lastStatus ?? ''] ?? otherStatus), ...details];
  if (kind === 'not_exported' && id === null) return [...ofWorkspace];
  if (kind === 'trap') return [...(byTrap[trap ?? ''] ?? otherTrap)];
  return [...byKind[kind], ...details];
}

const tellsOfRows = (kind: AlertNotice['kind']): boolean => kind === 'failed' || kind === 'refused';

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
