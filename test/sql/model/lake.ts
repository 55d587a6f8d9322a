/** The lines of a lake, as the model reads them: times in milliseconds, counts exact. */

export interface Sync {
  readonly workspace: string;
  readonly id: string;
  readonly start: number;
  readonly finish: number | null;
  readonly lastSynced: number | null;
  readonly status: string | null;
  readonly synced: bigint | null;
  readonly failed: bigint | null;
  readonly raw: string;
}

export interface Integration {
  readonly workspace: string;
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
  readonly status: string | null;
  readonly listed: boolean | null;
  readonly warehouse: string | null;
  readonly nextRun: number | null;
}

export interface Coverage {
  readonly workspace: string;
  readonly id: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly gaps: bigint | null;
  readonly open: bigint | null;
  readonly abandoned: bigint | null;
  readonly rowOrder: string | null;
  readonly state: string | null;
  readonly failure: string | null;
  readonly checkedAt: number | null;
}

/** A line of the table `standing`. */
export interface Standing {
  readonly workspace: string;
  readonly id: string;
  readonly state: string | null;
  readonly since: number | null;
  readonly reason: string | null;
  readonly lastStart: number | null;
  readonly lastFinish: number | null;
  readonly lastStatus: string | null;
  readonly lastSynced: bigint | null;
  readonly lastFailed: bigint | null;
  readonly lastSuccess: number | null;
  readonly withoutSuccess: bigint | null;
  readonly failingSince: number | null;
  readonly usualMinutes: number | null;
  readonly expectedBy: number | null;
  readonly dueSince: number | null;
  readonly judgedBy: string | null;
  readonly late: boolean | null;
  readonly minutesLate: number | null;
  readonly traps: string | null;
  readonly newestTimestamp: number | null;
  readonly detailsUntil: number | null;
  readonly continues: string | null;
  readonly incidents: string | null;
  readonly asOf: number | null;
}

/** A line of the table `changes`. */
export interface Change {
  readonly workspace: string;
  readonly id: string;
  readonly seenAt: number;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Quarantined {
  readonly workspace: string;
  readonly integration_id: string | null;
  readonly reason: string;
  readonly raw: string;
}

/** What `days` holds follows from its syncs. */
export interface ModelLake {
  readonly syncs: readonly Sync[];
  readonly integrations: readonly Integration[];
  readonly coverage: readonly Coverage[];
  readonly standing: readonly Standing[];
  readonly quarantine: readonly Quarantined[];
  readonly changes: readonly Change[];
}

export type ModelCell = string | number | bigint | boolean | null;

/** A row of a view: a time is text, `yyyy-MM-dd HH:mm:ss.SSS`. */
export type ModelRow = Readonly<Record<string, ModelCell>>;

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export const timeText = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString().replace('T', ' ').replace('Z', '');

export const dtOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const keyOf = ({ workspace, id }: { workspace: string; id: string }): string =>
  JSON.stringify([workspace, id]);

/** By bytes in UTF-8, as both engines do it. */
export const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));
