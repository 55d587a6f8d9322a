/** What happened to an incident, as far as telling of it needs to know. */
import type { Notice } from '../standing/incident.ts';

/** A trap that nobody here knows is told all the same. */
export type AlertNotice = Omit<Notice, 'trap'> & { readonly trap: string | null };

/** What is known of the integration beside the notice. */
export interface AlertedIntegration {
  /** Null: it is about all integrations of the workspace. */
  readonly id: string | null;
  /** Null where the list of integrations has none. */
  readonly name: string | null;
  /** Of its newest sync that is over. */
  readonly lastStatus: string | null;
  /** Until when Braze shows the rows that were refused, in milliseconds; null where none were. */
  readonly detailsUntil: number | null;
}
