/** What happened to an incident, as far as telling of it needs to know. */
import type { AlertEvent } from './alert.ts';

export type AlertKind =
  | 'failed'
  | 'refused'
  | 'late'
  | 'stuck'
  | 'trap'
  | 'gone'
  | 'gap_at_risk'
  | 'not_exported';

export interface AlertNotice {
  /** The incident's. */
  readonly id: string;
  readonly event: AlertEvent;
  readonly kind: AlertKind;
  /** Its name, where the kind is `trap`. */
  readonly trap: string | null;
  /** When it began, in milliseconds since the epoch. */
  readonly since: number;
  /** When it was raised or resolved, in milliseconds since the epoch. */
  readonly at: number;
  /** A sentence. */
  readonly reason: string;
}

/** What is known of the integration beside the notice. */
export interface AlertedIntegration {
  readonly id: string;
  /** Null where the list of integrations has none. */
  readonly name: string | null;
  /** Of its newest sync that is over. */
  readonly lastStatus: string | null;
  /** Until when Braze shows the rows that were refused, in milliseconds; null where none were. */
  readonly detailsUntil: number | null;
}
