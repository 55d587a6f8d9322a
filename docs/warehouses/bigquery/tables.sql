-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.
-- Put your own in the place of REGION, CONNECTION and BUCKET. Over a copy in Cloud Storage: without the lines WITH
-- CONNECTION, gs:// in the place of s3://, and a location of yours.
CREATE SCHEMA IF NOT EXISTS braze_cdi OPTIONS (location = 'aws-REGION');

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.syncs (
  integration_id STRING OPTIONS (description = "Id of the integration at Braze"),
  sync_start_time DATETIME OPTIONS (description = "Start of the sync, UTC; with integration_id it identifies the sync"),
  sync_finish_time DATETIME OPTIONS (description = "End of the sync, UTC; null while it runs"),
  last_timestamp_synced DATETIME OPTIONS (description = "Newest UPDATED_AT that was synced, from the source’s own clock, UTC; null for file sources"),
  job_status STRING OPTIONS (description = "success, partial, error, config_error, running, or another: lower case, an open set"),
  rows_synced INT64 OPTIONS (description = "Rows that Braze took"),
  rows_failed_with_errors INT64 OPTIONS (description = "Rows that Braze refused"),
  problems STRING OPTIONS (description = "Names of fields that were sent but could not be typed and are null here; null: none"),
  raw STRING OPTIONS (description = "The row exactly as Braze sent it, as JSON")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING,
  -- UTC day of sync_start_time, YYYY-MM-DD: the partition
  dt STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/syncs',
  uris = ['s3://BUCKET/syncs/*'],
  description = "A sync a row, each exactly once, with its latest state. Filter on dt (the UTC day of sync_start_time, YYYY-MM-DD) and workspace: a query reads only the days that it names."
);

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.integrations (
  integration_id STRING OPTIONS (description = "Id of the integration at Braze"),
  integration_name STRING OPTIONS (description = "Name of the integration in Braze’s dashboard"),
  integration_type STRING OPTIONS (description = "What it syncs, as Braze calls it"),
  integration_status STRING OPTIONS (description = "Status of the integration itself, not of a sync"),
  warehouse_type STRING OPTIONS (description = "Kind of warehouse or file source that it reads from"),
  app_group_id STRING OPTIONS (description = "Id of the workspace at Braze"),
  last_updated_at DATETIME OPTIONS (description = "Newest timestamp that was synced, as the list tells it, UTC"),
  last_job_start_time DATETIME OPTIONS (description = "Start of its newest sync, as the list tells it, UTC"),
  next_scheduled_run DATETIME OPTIONS (description = "When its next sync is planned, UTC; null without a schedule"),
  last_job_status STRING OPTIONS (description = "Status of its newest sync, as the list tells it"),
  listed BOOL OPTIONS (description = "False: Braze no longer lists it; its history is kept"),
  problems STRING OPTIONS (description = "Names of fields that were sent but could not be typed and are null here; null: none"),
  raw STRING OPTIONS (description = "The row as Braze sent it, as JSON, without contact_emails")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/integrations',
  uris = ['s3://BUCKET/integrations/*'],
  description = "An integration a row, as last listed by Braze; one that is gone keeps its row and its name."
);

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.coverage (
  integration_id STRING OPTIONS (description = "Id of the integration at Braze"),
  complete_from DATETIME OPTIONS (description = "Between complete_from and complete_to no sync is missing, UTC; null before that is known"),
  complete_to DATETIME OPTIONS (description = "When the newest end of the history was last read, UTC"),
  gaps INT64 OPTIONS (description = "Stretches of history not read yet"),
  open_syncs INT64 OPTIONS (description = "Syncs that are neither final nor followed by a newer one"),
  abandoned_syncs INT64 OPTIONS (description = "Syncs that were still open 7 days after their start, and are no longer asked for"),
  row_order STRING OPTIONS (description = "Order of Braze’s rows: newest_first, oldest_first, unordered; unproved: complete_from holds only if the rows go on as seen"),
  state STRING OPTIONS (description = "complete, backfilling, failing, or gone (no longer listed or known at Braze)"),
  failure STRING OPTIONS (description = "Why it is failing, or what keeps its history from becoming whole; null: nothing"),
  checked_at DATETIME OPTIONS (description = "When Braze was last asked for it, UTC"),
  late_rows INT64 OPTIONS (description = "Rows that turned up where none was missing, ever"),
  lost_gaps INT64 OPTIONS (description = "Stretches of history that Braze no longer had when they were to be read, ever"),
  rechecked_at DATETIME OPTIONS (description = "When the whole history was last read again, UTC; null: not yet")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/coverage',
  uris = ['s3://BUCKET/coverage/*'],
  description = "An integration a row: from when to when its history is whole, and what is missing. Read it before trusting a chart."
);

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.standing (
  integration_id STRING OPTIONS (description = "Id of the integration at Braze"),
  state STRING OPTIONS (description = "The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy"),
  since DATETIME OPTIONS (description = "Since when it has been in that state, UTC"),
  reason STRING OPTIONS (description = "Why, in a sentence"),
  last_start DATETIME OPTIONS (description = "Start of its newest sync, UTC"),
  last_finish DATETIME OPTIONS (description = "End of its newest sync, UTC; null while it runs"),
  last_status STRING OPTIONS (description = "Status of its newest sync, also of one that runs"),
  last_rows_synced INT64 OPTIONS (description = "Rows of its newest sync that arrived"),
  last_rows_failed INT64 OPTIONS (description = "Rows of its newest sync that Braze refused"),
  last_success DATETIME OPTIONS (description = "Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)"),
  syncs_without_success INT64 OPTIONS (description = "Syncs in a row, up to the newest that is over, that were no success; 0: none"),
  failing_since DATETIME OPTIONS (description = "Start of the first sync of that row, UTC; null: none"),
  usual_minutes FLOAT64 OPTIONS (description = "Usual distance between two starts of syncs that brought data"),
  expected_by DATETIME OPTIONS (description = "When the next sync has to have started at the latest, with patience, UTC; null: nothing is expected"),
  due_since DATETIME OPTIONS (description = "Oldest planned start that has passed without a sync since, UTC; null: none"),
  judged_by STRING OPTIONS (description = "What says whether it is late: schedule, habit, or null: nothing is expected"),
  late BOOL OPTIONS (description = "Not there when expected; null: nothing is expected, or it is not known"),
  minutes_late FLOAT64 OPTIONS (description = "By how much at as_of; 0: on time"),
  traps STRING OPTIONS (description = "Signs that its successes do not bring what they should, names with commas; null: none"),
  newest_timestamp_synced DATETIME OPTIONS (description = "last_timestamp_synced of the newest sync that tells it: how far the data has come, by the source’s clock, UTC"),
  details_until DATETIME OPTIONS (description = "Until when Braze shows the rows that it refused last, UTC; null: none were refused"),
  continues STRING OPTIONS (description = "Id of the integration of the same name and type that ended where this one begins"),
  incidents STRING OPTIONS (description = "Ids of its open incidents, with commas; null: none"),
  as_of DATETIME OPTIONS (description = "When Braze was asked for its newest syncs: all of this holds at that moment, UTC")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/standing',
  uris = ['s3://BUCKET/standing/*'],
  description = "An integration a row: how it stands, judged once, by the exporter, at the moment as_of. The views latest_syncs, freshness and what is open in incidents come from here. UTC. A lake that no run of this version has looked at has no rows."
);

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.days (
  integration_id STRING OPTIONS (description = "Id of the integration at Braze"),
  dt STRING OPTIONS (description = "UTC day of the starts, YYYY-MM-DD"),
  syncs INT64 OPTIONS (description = "Syncs that started on the day"),
  successes INT64 OPTIONS (description = "Of them with the status success"),
  partials INT64 OPTIONS (description = "Of them with the status partial: some rows were refused"),
  errors INT64 OPTIONS (description = "Of them with the status error: no row was synced"),
  config_errors INT64 OPTIONS (description = "Of them with the status config_error"),
  other_failures INT64 OPTIONS (description = "Of them over with any other status: they have a finish, or a later sync of the integration started on that day"),
  not_final INT64 OPTIONS (description = "1 where the last sync of the day was not over when it was last seen; one that started on a later day says it is"),
  successes_without_rows INT64 OPTIONS (description = "Of the successes those with 0 rows synced"),
  rows_synced INT64 OPTIONS (description = "Rows that arrived in Braze; null: none of the syncs tells"),
  rows_failed INT64 OPTIONS (description = "Rows that Braze refused; null: none of the syncs tells"),
  median_seconds FLOAT64 OPTIONS (description = "Median duration (nearest rank) of those with a finish that is not before their start"),
  p95_seconds FLOAT64 OPTIONS (description = "95th percentile of the same (nearest rank)"),
  largest_gap_minutes FLOAT64 OPTIONS (description = "Longest time of the day without a start, also from midnight to the first and from the last to midnight"),
  first_start DATETIME OPTIONS (description = "First start of the day, UTC"),
  last_start DATETIME OPTIONS (description = "Last start of the day, UTC"),
  last_finish DATETIME OPTIONS (description = "Latest finish of the syncs of the day, which may be on a later day, UTC")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING,
  -- Month of dt, YYYY-MM: the partition
  month STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/days',
  uris = ['s3://BUCKET/days/*'],
  description = "An integration and UTC day with syncs a row: what the rows of that day in syncs add up to, written with them. Filter on month (YYYY-MM) and workspace: a year is twelve objects."
);

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.changes (
  seen_at DATETIME OPTIONS (description = "When the exporter saw it, UTC: it happened since the run before"),
  integration_id STRING OPTIONS (description = "Id of the integration at Braze"),
  field STRING OPTIONS (description = "What changed: listed (false to true: new or back; true to false: gone), integration_name, integration_status, integration_type"),
  before STRING OPTIONS (description = "What it was; null: nothing, as for the listed of one that is new"),
  after STRING OPTIONS (description = "What it is now; null: nothing any more")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/changes',
  uris = ['s3://BUCKET/changes/*'],
  description = "A change of an integration a row, as the list of integrations showed it: new, another name, status or type, gone, back. What the first export found has no row. UTC."
);

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.quarantine (
  integration_id STRING OPTIONS (description = "Id of the integration that it came from; null where that is not known"),
  reason STRING OPTIONS (description = "Why it could not be placed"),
  raw STRING OPTIONS (description = "The row as it was received, as JSON")
)
WITH CONNECTION `aws-REGION.CONNECTION`
WITH PARTITION COLUMNS (
  -- Workspace, as it is called in the configuration
  workspace STRING
)
OPTIONS (
  format = 'JSON',
  compression = 'GZIP',
  hive_partition_uri_prefix = 's3://BUCKET/quarantine',
  uris = ['s3://BUCKET/quarantine/*'],
  description = "A row that could not be placed as a sync, kept as received with the reason; each once."
);
