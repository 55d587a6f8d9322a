import { type Moment, ofWorkspaces } from './moment.ts';

export interface Quarantined {
  readonly workspace: string;
  readonly row_count: bigint;
}

export function quarantinedQuestion(moment: Moment): string {
  return `SELECT workspace, count(*) AS row_count FROM quarantine WHERE ${ofWorkspaces(moment)} GROUP BY workspace`;
}
