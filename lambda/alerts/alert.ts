/** What is told of an incident. Its keys are part of the contract: they stand in events, messages and webhooks. */

export type AlertEvent = 'raised' | 'resolved';

export type Severity = 'critical' | 'warning';

export interface Alert {
  /** The incident's. */
  readonly id: string;
  readonly event: AlertEvent;
  readonly workspace: string;
  /** Null: it is about all integrations of the workspace. */
  readonly integration_id: string | null;
  /** Null where the list of integrations has none. */
  readonly integration_name: string | null;
  readonly kind: string;
  readonly severity: Severity;
  /** When it began, in ISO 8601. */
  readonly since: string;
  /** When it was raised or resolved, in ISO 8601. */
  readonly at: string;
  readonly summary: string;
  /** Sentences; empty where nothing is left to do. */
  readonly next_steps: readonly string[];
  readonly links: AlertLinks;
  /** Sent to try the way, by a person. */
  readonly test: boolean;
}

export interface AlertLinks {
  /** The integration's page in Braze, where the dashboard's host is known. */
  readonly braze: string | null;
  /** A heading of this repository's runbook. */
  readonly runbook: string;
}

/** A place where alerts go. */
export interface AlertSink {
  readonly name: SinkName;
  /**
   * Never rejects: what has not arrived is sent again by a later run.
   * @param alerts of each incident one: they arrive in any order.
   * @returns keys, as {@link deliveryKey} makes them, of those that have arrived.
   */
  deliver(alerts: readonly Alert[], signal: AbortSignal): Promise<ReadonlySet<string>>;
}

export type SinkName = 'topic' | 'events' | 'webhook';

/** An incident is told twice: its id alone would not tell the two apart. */
export const deliveryKey = ({ id, event }: Pick<Alert, 'id' | 'event'>): string => `${id}/${event}`;
