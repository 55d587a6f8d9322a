/**
 * What a person configures: in `cdk.json` under the context key `brazeSyncHistory`, or as the props of the stack.
 */

export interface SyncHistoryConfiguration {
  /**
   * The Braze workspaces to export: at least one, each with a name of its own.
   */
  readonly workspaces: readonly WorkspaceConfiguration[];

  /**
   * When every workspace that is not paused is exported: `rate(…)` or `cron(…)` of EventBridge Scheduler, in UTC.
   * @default 'rate(15 minutes)'
   */
  readonly schedule?: string;

  /**
   * Name of the Glue database that holds the tables: lower-case letters, digits and underscores.
   * @default 'braze_cdi'
   */
  readonly database?: string;

  /**
   * The first day that the tables show in Athena, `YYYY-MM-DD`, UTC. Each day from then on is listed by a question that
   * does not filter on `dt`, so the day of your first sync saves most of its listings. Older syncs are exported, too, and
   * can't be asked for there: each run warns of them.
   * @default '2022-01-01', before which there was no Cloud Data Ingestion
   */
  readonly firstDay?: string;

  /**
   * E-mail address that is subscribed to the alarm topic. AWS asks its owner once whether that is wanted.
   * @default - nobody is subscribed
   */
  readonly alarmEmail?: string;

  /**
   * Who is told when a sync fails, is late, or succeeds and lies. Alarms are of the exporter; alerts are of your syncs.
   * @default - all of it goes to the topic `SyncAlerts` and to the default event bus, and nobody is subscribed
   */
  readonly alerts?: AlertsConfiguration;

  /**
   * Name of a bucket that an earlier stack has left behind, to go on with its lake.
   * @default - the stack makes one
   */
  readonly existingBucket?: string;

  /**
   * Name of a checkpoint table that an earlier stack has left behind, to go on where it stood.
   * @default - the stack makes one
   */
  readonly existingTable?: string;
}

export interface AlertsConfiguration {
  /**
   * E-mail address that is subscribed to the topic `SyncAlerts`. AWS asks its owner once whether that is wanted.
   * @default - nobody is subscribed
   */
  readonly email?: string;

  /**
   * From which share of refused rows on, 0 to 1, a sync that was `partial` counts as refusing rows.
   * @default 0.01
   */
  readonly refusedShare?: number;

  /**
   * How many minutes after its time a sync is awaited at the least before it is late, up to a week.
   * @default - ten minutes or a tenth of the usual distance, the larger, at most two hours
   */
  readonly lateGraceMinutes?: number;

  /**
   * Whether each sync that finishes is an event `Sync Finished` on the default event bus.
   * @default false
   */
  readonly finishedSyncs?: boolean;
}

export interface WorkspaceConfiguration {
  /**
   * Value of the partition `workspace`: 1 to 63 of a-z, 0-9 and -, not beginning with -.
   */
  readonly name: string;

  /**
   * Base URL of the Braze instance, such as `https://rest.iad-01.braze.com`.
   */
  readonly endpoint: string;

  /**
   * Ids of the only integrations to export.
   * @default - all that Braze lists
   */
  readonly integrations?: readonly string[];

  /**
   * Budget of the status endpoint. Braze raises it for some customers.
   * @default 100
   */
  readonly requestsPerMinute?: number;

  /**
   * Budget of the list endpoint.
   * @default 50
   */
  readonly listRequestsPerMinute?: number;

  /**
   * Name of a secret that exists in this account and region and holds the key as its whole string.
   * @default - the stack makes a secret, to be filled after the first deployment
   */
  readonly apiKeySecretName?: string;

  /**
   * Whether its schedule is taken away. Its data, its secret and the command that runs it by hand stay.
   * @default false
   */
  readonly paused?: boolean;

  /**
   * Ids of integrations of which nobody is told. They stand in the tables as all others do.
   * @default - none
   */
  readonly muted?: readonly string[];

  /**
   * Host name of the workspace's dashboard, such as `dashboard-01.braze.com`: alerts then link to the integration there.
   * @default - alerts have no such link
   */
  readonly dashboard?: string;
}
