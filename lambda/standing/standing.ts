/** How an integration stands: a line of the table `standing`, its times in milliseconds. */

/** In the order in which they apply: an integration is in the first that holds. */
export const standingStates = [
  'gone',
  'unread',
  'paused',
  'failing',
  'refusing',
  'stuck',
  'late',
  'suspect',
  'new',
  'resting',
  'healthy',
] as const;
export type StandingState = (typeof standingStates)[number];

/** Successes that lie. That an integration goes on from another is in {@link Standing.continues}, and nothing wrong. */
export const traps = [
  'future_watermark',
  'whole_table_again',
  'boundary_resync',
  'nothing_arrives',
  'watermark_stands',
  'near_the_limit',
] as const;
export type Trap = (typeof traps)[number];

export const incidentKinds = [
  'failed',
  'refused',
  'late',
  'stuck',
  'trap',
  'gone',
  'gap_at_risk',
  'not_exported',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** Something that is wrong now, whether or not anybody has been told. */
export interface Trouble {
  readonly kind: IncidentKind;
  readonly trap: Trap | null;
  /** When it began, in milliseconds. */
  readonly since: number;
  /** A sentence for a person. */
  readonly reason: string;
}

export interface Standing {
  readonly integrationId: string;
  readonly state: StandingState;
  /** When that state began; null where that can't be known. */
  readonly since: number | null;
  /** A sentence for a person. */
  readonly reason: string;
  /** Of its newest sync, this and the four that follow. */
  readonly lastStart: number | null;
  readonly lastFinish: number | null;
  readonly lastStatus: string | null;
  readonly lastRowsSynced: bigint | null;
  readonly lastRowsFailed: bigint | null;
  /** Start of its newest success. */
  readonly lastSuccess: number | null;
  /** How many syncs are over since then, none of which was a success. */
  readonly syncsWithoutSuccess: number;
  /** Start of the first of them. */
  readonly failingSince: number | null;
  readonly usualMinutes: number | null;
  /** When the next sync has to have started, its grace or patience included. */
  readonly expectedBy: number | null;
  /** The oldest promise that was not kept. */
  readonly dueSince: number | null;
  readonly judgedBy: 'schedule' | 'habit' | null;
  /** Null where nothing is expected. */
  readonly late: boolean | null;
  readonly minutesLate: number | null;
  readonly traps: readonly Trap[];
  /** Of the newest sync that names one. */
  readonly newestTimestampSynced: number | null;
  /** Until when Braze shows the rows that were refused last. */
  readonly detailsUntil: number | null;
  /** Id of the integration that it goes on from. */
  readonly continues: string | null;
  /** Ids of its open incidents: filled in by whoever keeps them. */
  readonly incidents: readonly string[];
  /** The head request that this is judged by. */
  readonly asOf: number | null;
  /** All that is wrong, not only what the state says; null: that can't be known now, and stays as it was. */
  readonly troubles: readonly Trouble[];
  /** Kinds of which nothing can be said now: an incident of them stays as it is. */
  readonly unknown: readonly IncidentKind[];
}
