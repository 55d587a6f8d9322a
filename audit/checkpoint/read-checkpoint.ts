/** The records of a workspace, each told of where it can't be read or can't be. */
import type { Findings } from '../findings.ts';
import type { CheckpointSource } from '../sources.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './fields.ts';
import {
  faultsOf,
  type IntegrationState,
  incidentIds,
  integrationState,
  knownIntegrationFormat,
  knownWorkspaceFormat,
} from './integration-state.ts';

export interface Checkpoint {
  readonly integrations: ReadonlyMap<string, IntegrationState>;
  /** A record is damaged or too new: nothing is said of what has none. */
  readonly isWhole: boolean;
  /**
   * A run is under way, was killed, or may still be writing: the lake may be ahead of what is said of it. So it is taken
   * to be before format 3, which first keeps this.
   */
  readonly isLakeAhead: boolean;
  /** Of these the lake may be ahead, and of no others: a run had to hold them back. */
  readonly heldBack: ReadonlySet<string>;
  /** Months of the table `days` that may say less than the days do; `all` before format 4, which first keeps this. */
  readonly monthsBehind: ReadonlySet<string> | 'all';
  /** The tables `integrations` and `changes` were written, both of them; not known before format 4. */
  readonly hasListTables: boolean;
  /** Open incidents of integrations whose own records could not be written. */
  readonly incidents: ReadonlyMap<string, readonly string[]>;
}

/** @returns undefined where the workspace has no record. */
export async function readCheckpoint(
  source: CheckpointSource,
  workspace: string,
  findings: Findings,
): Promise<Checkpoint | undefined> {
  const integrations = new Map<string, IntegrationState>();
  let isLakeAhead = true;
  let heldBack: Checkpoint['heldBack'] = new Set();
  let monthsBehind: Checkpoint['monthsBehind'] = 'all';
  let incidents: Checkpoint['incidents'] = new Map();
  let hasListTables = false;
  let isWhole = true;
  let hasWorkspace = false;
  let count = 0;
  for await (const record of source.records(workspace)) {
    count += 1;
    const spoil = (kind: 'checkpoint_damaged' | 'checkpoint_newer', detail: string) => {
      isWhole = false;
      findings.add(kind, record.place, null, detail);
    };
    if ('fault' in record) {
      spoil('checkpoint_damaged', record.fault);
      continue;
    }
    const { item, version, data } = record;
    const fields = fieldsOf(data);
    const isWorkspace = item === 'workspace';
    hasWorkspace ||= isWorkspace;
    const known = isWorkspace ? knownWorkspaceFormat : knownIntegrationFormat;
    const format = numberOf(fields.format);
    if (!Number.isSafeInteger(version) || version < 1) {
      spoil('checkpoint_damaged', `Its version is ${version}.`);
    } else if (format === undefined || !Number.isInteger(format) || format < 1) {
      spoil('checkpoint_damaged', 'It names no format.');
    } else if (format > known) {
      spoil('checkpoint_newer', `Its format is ${format}, and this program knows up to ${known}.`);
    } else if (isWorkspace) {
      const lease = fields.lease === null ? undefined : fieldsOf(fields.lease);
      if (lease && (textOf(lease.owner) === undefined || textOf(lease.until) === undefined))
        spoil('checkpoint_damaged', 'Its lease names no owner or no end.');
      const { months_behind: months } = fields;
      if (Array.isArray(months)) monthsBehind = new Set(months.map(String));
      heldBack = new Set(Object.keys(fieldsOf(fields.held_back)));
      const isOvertaken = fields.overtaken_until !== undefined && fields.overtaken_until !== null;
      isLakeAhead = fields.lake_ahead !== false || lease !== undefined || isOvertaken;
      hasListTables = fields.changes_ahead === false;
      incidents = incidentsOf(fields);
    } else if (!item.startsWith('integration#')) {
      spoil('checkpoint_damaged', `No record is called ${item}.`);
    } else {
      const state = integrationState(fields);
      if (typeof state === 'string') {
        spoil('checkpoint_damaged', `It ${state}.`);
        continue;
      }
      const { integrationId } = state;
      if (item !== `integration#${integrationId}`)
        findings.add(
          'checkpoint_differs',
          record.place,
          integrationId,
          `It is called ${item}, and holds ${integrationId}.`,
        );
      for (const fault of faultsOf(state))
        findings.add('checkpoint_differs', record.place, integrationId, `In it ${fault}.`);
      integrations.set(integrationId, state);
    }
  }
  if (count === 0) return undefined;
  // One that can't be read may be that of the workspace.
  if (!hasWorkspace && isWhole)
    findings.add(
      'checkpoint_damaged',
      `workspace=${workspace}`,
      null,
      'There is no record of the workspace.',
    );
  return { integrations, isWhole, isLakeAhead, heldBack, monthsBehind, hasListTables, incidents };
}

/** By integration; those of the workspace itself are in no table. */
function incidentsOf({ incidents }: Fields): Map<string, readonly string[]> {
  return new Map(
    listOf(incidents).flatMap((each) => {
      const { integration_id, open } = fieldsOf(each);
      return typeof integration_id === 'string' ? [[integration_id, incidentIds(open)] as const] : [];
    }),
  );
}
