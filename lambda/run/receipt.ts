/** What a run has done, in figures. Its keys are part of the contract. */
export type Outcome = 'complete' | 'suspended' | 'busy' | 'failed';

export interface Receipt {
  outcome: Outcome;
  workspace: string;
  /** Requests sent, retries and refused ones too. */
  requests: { list: number; status: number };
  /** Status pages read. */
  pages: number;
  /** Rows met, each time they are met; `quarantined` counts those that were not kept yet. */
  rows: { new: number; updated: number; unchanged: number; quarantined: number };
  /** Objects of the lake; one that was asked for and is not there was not read. */
  objects: { read: number; written: number };
  /** Integrations that this run was to export. */
  integrations: { total: number; failed: number };
  /** Stretches of history not yet read. */
  gaps: number;
  /** Syncs not yet final. */
  open: number;
  /** Rows that turned up where none was missing. */
  late: number;
  /** What was written down in this run to be told of, once its integration's record was; muted ones not counted. */
  incidents: { raised: number; resolved: number };
  /** Spent waiting for the rate limit. */
  waited_seconds: number;
  elapsed_seconds: number;
}

/**
 * Whether a run was suspended before it learned anything: no page of any integration was read. One such run is no
 * news, the limit may have been used up by another tool; where they follow each other, the lake falls behind.
 */
export function gainedNothing({ outcome, pages }: Receipt): boolean {
  return outcome === 'suspended' && pages === 0;
}

export const newReceipt = (workspace: string): Receipt => ({
  outcome: 'complete',
  workspace,
  requests: { list: 0, status: 0 },
  pages: 0,
  rows: { new: 0, updated: 0, unchanged: 0, quarantined: 0 },
  objects: { read: 0, written: 0 },
  integrations: { total: 0, failed: 0 },
  gaps: 0,
  open: 0,
  late: 0,
  incidents: { raised: 0, resolved: 0 },
  waited_seconds: 0,
  elapsed_seconds: 0,
});
