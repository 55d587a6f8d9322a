-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.
-- Put your own in the place of BUCKET and CREDENTIAL, and USE the catalog in which it is to stand.
CREATE EXTERNAL LOCATION IF NOT EXISTS braze_cdi
URL 's3://BUCKET/' WITH (STORAGE CREDENTIAL `CREDENTIAL`);

CREATE SCHEMA IF NOT EXISTS braze_cdi_files;

CREATE SCHEMA IF NOT EXISTS braze_cdi;

CREATE TABLE braze_cdi_files.syncs (
  integration_id STRING,
  sync_start_time STRING,
  sync_finish_time STRING,
  last_timestamp_synced STRING,
  job_status STRING,
  rows_synced BIGINT,
  rows_failed_with_errors BIGINT,
  problems STRING,
  raw STRING,
  workspace STRING,
  dt STRING
)
USING JSON
PARTITIONED BY (workspace, dt)
LOCATION 's3://BUCKET/syncs';

CREATE OR REPLACE VIEW braze_cdi.syncs (
  integration_id COMMENT 'Id of the integration at Braze',
  sync_start_time COMMENT 'Start of the sync, UTC; with integration_id it identifies the sync',
  sync_finish_time COMMENT 'End of the sync, UTC; null while it runs',
  last_timestamp_synced COMMENT 'Newest UPDATED_AT that was synced, from the source’s own clock, UTC; null for file sources',
  job_status COMMENT 'success, partial, error, config_error, running, or another: lower case, an open set',
  rows_synced COMMENT 'Rows that Braze took',
  rows_failed_with_errors COMMENT 'Rows that Braze refused',
  problems COMMENT 'Names of fields that were sent but could not be typed and are null here; null: none',
  raw COMMENT 'The row exactly as Braze sent it, as JSON',
  workspace COMMENT 'Workspace, as it is called in the configuration',
  dt COMMENT 'UTC day of sync_start_time, YYYY-MM-DD: the partition'
)
COMMENT 'A sync a row, each exactly once, with its latest state. Filter on dt (the UTC day of sync_start_time, YYYY-MM-DD) and workspace: a query reads only the days that it names.'
AS
SELECT
  integration_id,
  CAST(sync_start_time AS TIMESTAMP_NTZ) AS sync_start_time,
  CAST(sync_finish_time AS TIMESTAMP_NTZ) AS sync_finish_time,
  CAST(last_timestamp_synced AS TIMESTAMP_NTZ) AS last_timestamp_synced,
  job_status,
  rows_synced,
  rows_failed_with_errors,
  problems,
  raw,
  workspace,
  dt
FROM braze_cdi_files.syncs;

CREATE TABLE braze_cdi_files.integrations (
  integration_id STRING,
  integration_name STRING,
  integration_type STRING,
  integration_status STRING,
  warehouse_type STRING,
  app_group_id STRING,
  last_updated_at STRING,
  last_job_start_time STRING,
  next_scheduled_run STRING,
  last_job_status STRING,
  listed BOOLEAN,
  problems STRING,
  raw STRING,
  workspace STRING
)
USING JSON
PARTITIONED BY (workspace)
LOCATION 's3://BUCKET/integrations';

CREATE OR REPLACE VIEW braze_cdi.integrations (
  integration_id COMMENT 'Id of the integration at Braze',
  integration_name COMMENT 'Name of the integration in Braze’s dashboard',
  integration_type COMMENT 'What it syncs, as Braze calls it',
  integration_status COMMENT 'Status of the integration itself, not of a sync',
  warehouse_type COMMENT 'Kind of warehouse or file source that it reads from',
  app_group_id COMMENT 'Id of the workspace at Braze',
  last_updated_at COMMENT 'Newest timestamp that was synced, as the list tells it, UTC',
  last_job_start_time COMMENT 'Start of its newest sync, as the list tells it, UTC',
  next_scheduled_run COMMENT 'When its next sync is planned, UTC; null without a schedule',
  last_job_status COMMENT 'Status of its newest sync, as the list tells it',
  listed COMMENT 'False: Braze no longer lists it; its history is kept',
  problems COMMENT 'Names of fields that were sent but could not be typed and are null here; null: none',
  raw COMMENT 'The row as Braze sent it, as JSON, without contact_emails',
  workspace COMMENT 'Workspace, as it is called in the configuration'
)
COMMENT 'An integration a row, as last listed by Braze; one that is gone keeps its row and its name.'
AS
SELECT
  integration_id,
  integration_name,
  integration_type,
  integration_status,
  warehouse_type,
  app_group_id,
  CAST(last_updated_at AS TIMESTAMP_NTZ) AS last_updated_at,
  CAST(last_job_start_time AS TIMESTAMP_NTZ) AS last_job_start_time,
  CAST(next_scheduled_run AS TIMESTAMP_NTZ) AS next_scheduled_run,
  last_job_status,
  listed,
  problems,
  raw,
  workspace
FROM braze_cdi_files.integrations;

CREATE TABLE braze_cdi_files.coverage (
  integration_id STRING,
  complete_from STRING,
  complete_to STRING,
  gaps BIGINT,
  open_syncs BIGINT,
  abandoned_syncs BIGINT,
  row_order STRING,
  state STRING,
  failure STRING,
  checked_at STRING,
  late_rows BIGINT,
  lost_gaps BIGINT,
  rechecked_at STRING,
  workspace STRING
)
USING JSON
PARTITIONED BY (workspace)
LOCATION 's3://BUCKET/coverage';

CREATE OR REPLACE VIEW braze_cdi.coverage (
  integration_id COMMENT 'Id of the integration at Braze',
  complete_from COMMENT 'Between complete_from and complete_to no sync is missing, UTC; null before that is known',
  complete_to COMMENT 'When the newest end of the history was last read, UTC',
  gaps COMMENT 'Stretches of history not read yet',
  open_syncs COMMENT 'Syncs that are neither final nor followed by a newer one',
  abandoned_syncs COMMENT 'Syncs that were still open 7 days after their start, and are no longer asked for',
  row_order COMMENT 'Order of Braze’s rows: newest_first, oldest_first, unordered; unproved: complete_from holds only if the rows go on as seen',
  state COMMENT 'complete, backfilling, failing, or gone (no longer listed or known at Braze)',
  failure COMMENT 'Why it is failing, or what keeps its history from becoming whole; null: nothing',
  checked_at COMMENT 'When Braze was last asked for it, UTC',
  late_rows COMMENT 'Rows that turned up where none was missing, ever',
  lost_gaps COMMENT 'Stretches of history that Braze no longer had when they were to be read, ever',
  rechecked_at COMMENT 'When the whole history was last read again, UTC; null: not yet',
  workspace COMMENT 'Workspace, as it is called in the configuration'
)
COMMENT 'An integration a row: from when to when its history is whole, and what is missing. Read it before trusting a chart.'
AS
SELECT
  integration_id,
  CAST(complete_from AS TIMESTAMP_NTZ) AS complete_from,
  CAST(complete_to AS TIMESTAMP_NTZ) AS complete_to,
  gaps,
  open_syncs,
  abandoned_syncs,
  row_order,
  state,
  failure,
  CAST(checked_at AS TIMESTAMP_NTZ) AS checked_at,
  late_rows,
  lost_gaps,
  CAST(rechecked_at AS TIMESTAMP_NTZ) AS rechecked_at,
  workspace
FROM braze_cdi_files.coverage;

CREATE TABLE braze_cdi_files.standing (
  integration_id STRING,
  state STRING,
  since STRING,
  reason STRING,
  last_start STRING,
  last_finish STRING,
  last_status STRING,
  last_rows_synced BIGINT,
  last_rows_failed BIGINT,
  last_success STRING,
  syncs_without_success BIGINT,
  failing_since STRING,
  usual_minutes DOUBLE,
  expected_by STRING,
  due_since STRING,
  judged_by STRING,
  late BOOLEAN,
  minutes_late DOUBLE,
  traps STRING,
  newest_timestamp_synced STRING,
  details_until STRING,
  continues STRING,
  incidents STRING,
  as_of STRING,
  workspace STRING
)
USING JSON
PARTITIONED BY (workspace)
LOCATION 's3://BUCKET/standing';

CREATE OR REPLACE VIEW braze_cdi.standing (
  integration_id COMMENT 'Id of the integration at Braze',
  state COMMENT 'The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy',
  since COMMENT 'Since when it has been in that state, UTC',
  reason COMMENT 'Why, in a sentence',
  last_start COMMENT 'Start of its newest sync, UTC',
  last_finish COMMENT 'End of its newest sync, UTC; null while it runs',
  last_status COMMENT 'Status of its newest sync, also of one that runs',
  last_rows_synced COMMENT 'Rows of its newest sync that arrived',
  last_rows_failed COMMENT 'Rows of its newest sync that Braze refused',
  last_success COMMENT 'Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)',
  syncs_without_success COMMENT 'Syncs in a row, up to the newest that is over, that were no success; 0: none',
  failing_since COMMENT 'Start of the first sync of that row, UTC; null: none',
  usual_minutes COMMENT 'Usual distance between two starts of syncs that brought data',
  expected_by COMMENT 'When the next sync has to have started at the latest, with patience, UTC; null: nothing is expected',
  due_since COMMENT 'Oldest planned start that has passed without a sync since, UTC; null: none',
  judged_by COMMENT 'What says whether it is late: schedule, habit, or null: nothing is expected',
  late COMMENT 'Not there when expected; null: nothing is expected, or it is not known',
  minutes_late COMMENT 'By how much at as_of; 0: on time',
  traps COMMENT 'Signs that its successes do not bring what they should, names with commas; null: none',
  newest_timestamp_synced COMMENT 'last_timestamp_synced of the newest sync that tells it: how far the data has come, by the source’s clock, UTC',
  details_until COMMENT 'Until when Braze shows the rows that it refused last, UTC; null: none were refused',
  continues COMMENT 'Id of the integration of the same name and type that ended where this one begins',
  incidents COMMENT 'Ids of its open incidents, with commas; null: none',
  as_of COMMENT 'When Braze was asked for its newest syncs: all of this holds at that moment, UTC',
  workspace COMMENT 'Workspace, as it is called in the configuration'
)
COMMENT 'An integration a row: how it stands, judged once, by the exporter, at the moment as_of. The views latest_syncs, freshness and what is open in incidents come from here. UTC. A lake that no run of this version has looked at has no rows.'
AS
SELECT
  integration_id,
  state,
  CAST(since AS TIMESTAMP_NTZ) AS since,
  reason,
  CAST(last_start AS TIMESTAMP_NTZ) AS last_start,
  CAST(last_finish AS TIMESTAMP_NTZ) AS last_finish,
  last_status,
  last_rows_synced,
  last_rows_failed,
  CAST(last_success AS TIMESTAMP_NTZ) AS last_success,
  syncs_without_success,
  CAST(failing_since AS TIMESTAMP_NTZ) AS failing_since,
  usual_minutes,
  CAST(expected_by AS TIMESTAMP_NTZ) AS expected_by,
  CAST(due_since AS TIMESTAMP_NTZ) AS due_since,
  judged_by,
  late,
  minutes_late,
  traps,
  CAST(newest_timestamp_synced AS TIMESTAMP_NTZ) AS newest_timestamp_synced,
  CAST(details_until AS TIMESTAMP_NTZ) AS details_until,
  continues,
  incidents,
  CAST(as_of AS TIMESTAMP_NTZ) AS as_of,
  workspace
FROM braze_cdi_files.standing;

CREATE TABLE braze_cdi_files.days (
  integration_id STRING,
  dt STRING,
  syncs BIGINT,
  successes BIGINT,
  partials BIGINT,
  errors BIGINT,
  config_errors BIGINT,
  other_failures BIGINT,
  not_final BIGINT,
  successes_without_rows BIGINT,
  rows_synced BIGINT,
  rows_failed BIGINT,
  median_seconds DOUBLE,
  p95_seconds DOUBLE,
  largest_gap_minutes DOUBLE,
  first_start STRING,
  last_start STRING,
  last_finish STRING,
  workspace STRING,
  month STRING
)
USING JSON
PARTITIONED BY (workspace, month)
LOCATION 's3://BUCKET/days';

CREATE OR REPLACE VIEW braze_cdi.days (
  integration_id COMMENT 'Id of the integration at Braze',
  dt COMMENT 'UTC day of the starts, YYYY-MM-DD',
  syncs COMMENT 'Syncs that started on the day',
  successes COMMENT 'Of them with the status success',
  partials COMMENT 'Of them with the status partial: some rows were refused',
  errors COMMENT 'Of them with the status error: no row was synced',
  config_errors COMMENT 'Of them with the status config_error',
  other_failures COMMENT 'Of them over with any other status: they have a finish, or a later sync of the integration started on that day',
  not_final COMMENT '1 where the last sync of the day was not over when it was last seen; one that started on a later day says it is',
  successes_without_rows COMMENT 'Of the successes those with 0 rows synced',
  rows_synced COMMENT 'Rows that arrived in Braze; null: none of the syncs tells',
  rows_failed COMMENT 'Rows that Braze refused; null: none of the syncs tells',
  median_seconds COMMENT 'Median duration (nearest rank) of those with a finish that is not before their start',
  p95_seconds COMMENT '95th percentile of the same (nearest rank)',
  largest_gap_minutes COMMENT 'Longest time of the day without a start, also from midnight to the first and from the last to midnight',
  first_start COMMENT 'First start of the day, UTC',
  last_start COMMENT 'Last start of the day, UTC',
  last_finish COMMENT 'Latest finish of the syncs of the day, which may be on a later day, UTC',
  workspace COMMENT 'Workspace, as it is called in the configuration',
  month COMMENT 'Month of dt, YYYY-MM: the partition'
)
COMMENT 'An integration and UTC day with syncs a row: what the rows of that day in syncs add up to, written with them. Filter on month (YYYY-MM) and workspace: a year is twelve objects.'
AS
SELECT
  integration_id,
  dt,
  syncs,
  successes,
  partials,
  errors,
  config_errors,
  other_failures,
  not_final,
  successes_without_rows,
  rows_synced,
  rows_failed,
  median_seconds,
  p95_seconds,
  largest_gap_minutes,
  CAST(first_start AS TIMESTAMP_NTZ) AS first_start,
  CAST(last_start AS TIMESTAMP_NTZ) AS last_start,
  CAST(last_finish AS TIMESTAMP_NTZ) AS last_finish,
  workspace,
  month
FROM braze_cdi_files.days;

CREATE TABLE braze_cdi_files.changes (
  seen_at STRING,
  integration_id STRING,
  field STRING,
  before STRING,
  after STRING,
  workspace STRING
)
USING JSON
PARTITIONED BY (workspace)
LOCATION 's3://BUCKET/changes';

CREATE OR REPLACE VIEW braze_cdi.changes (
  seen_at COMMENT 'When the exporter saw it, UTC: it happened since the run before',
  integration_id COMMENT 'Id of the integration at Braze',
  field COMMENT 'What changed: listed (false to true: new or back; true to false: gone), integration_name, integration_status, integration_type',
  before COMMENT 'What it was; null: nothing, as for the listed of one that is new',
  after COMMENT 'What it is now; null: nothing any more',
  workspace COMMENT 'Workspace, as it is called in the configuration'
)
COMMENT 'A change of an integration a row, as the list of integrations showed it: new, another name, status or type, gone, back. What the first export found has no row. UTC.'
AS
SELECT
  CAST(seen_at AS TIMESTAMP_NTZ) AS seen_at,
  integration_id,
  field,
  before,
  after,
  workspace
FROM braze_cdi_files.changes;

CREATE TABLE braze_cdi_files.quarantine (
  integration_id STRING,
  reason STRING,
  raw STRING,
  workspace STRING
)
USING JSON
PARTITIONED BY (workspace)
LOCATION 's3://BUCKET/quarantine';

CREATE OR REPLACE VIEW braze_cdi.quarantine (
  integration_id COMMENT 'Id of the integration that it came from; null where that is not known',
  reason COMMENT 'Why it could not be placed',
  raw COMMENT 'The row as it was received, as JSON',
  workspace COMMENT 'Workspace, as it is called in the configuration'
)
COMMENT 'A row that could not be placed as a sync, kept as received with the reason; each once.'
AS
SELECT
  integration_id,
  reason,
  raw,
  workspace
FROM braze_cdi_files.quarantine;
