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
   * Whether the page of `npm run report` is written into the bucket by itself, one of each workspace that is not paused.
   * @default - it is not
   */
  readonly report?: ReportConfiguration;

  /**
   * ARN of a topic that exists, for the alarms of the exporter; its policy has to let CloudWatch publish.
   * @default - the stack makes one
   */
  readonly alarmTopicArn?: string;

  /**
   * The VPC in which the function runs, for a fixed address towards Braze, or where a policy wants one.
   * @default - outside of any VPC
   */
  readonly vpc?: VpcConfiguration;

  /**
   * ARN of a KMS key for everything that is kept: bucket, results of queries, table, secrets, queues, topics and log.
   * Its own policy has to let CloudWatch and CloudWatch Logs use it.
   * @default - the keys of AWS
   */
  readonly encryptionKeyArn?: string;

  /**
   * Name or ARN of the managed policy that bounds what each role may do.
   * @default - that of the CDK's own context key `@aws-cdk/core:permissionsBoundary`, or none
   */
  readonly permissionsBoundary?: string;

  /**
   * IAM path of the roles, beginning and ending with `/`.
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * Tags for everything that can have some.
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * How many days the function's log is kept: a number that CloudWatch knows, such as 30, 90 or 365.
   * @default 30
   */
  readonly logRetentionDays?: number;

  /**
   * Processor of the function: `arm64`, or `x86_64` for a region without it.
   * @default 'arm64'
   */
  readonly architecture?: 'arm64' | 'x86_64';

  /**
   * Whether the stack makes database, tables, views and workgroup. False where somebody else keeps the catalogue.
   * @default true
   */
  readonly catalog?: boolean;

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

export interface VpcConfiguration {
  /**
   * Its id.
   */
  readonly vpcId: string;

  /**
   * Ids of subnets with a way to Braze and to AWS, in more than one zone where one may fail.
   */
  readonly subnetIds: readonly string[];

  /**
   * Ids of security groups that let HTTPS out.
   * @default - the stack makes one, which lets HTTPS out and nothing in
   */
  readonly securityGroupIds?: readonly string[];
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

export interface ReportConfiguration {
  /**
   * When the reports are written, such as `cron(0 6 ? * MON *)` or `rate(1 day)`, in UTC.
   */
  readonly schedule: string;

  /**
   * Whether each report is told to the topic `SyncAlerts`, with a link to it in the console of AWS.
   * @default false
   */
  readonly announce?: boolean;
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
