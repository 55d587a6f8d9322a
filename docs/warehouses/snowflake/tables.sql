-- Made by `npm run warehouses`. It was parsed and compared, and not run there: see docs/warehouses.md.
-- Put your own in the place of BUCKET, ACCOUNT and ROLE.
CREATE SCHEMA IF NOT EXISTS braze_cdi;

CREATE STORAGE INTEGRATION IF NOT EXISTS braze_cdi
  TYPE = EXTERNAL_STAGE
  STORAGE_PROVIDER = 'S3'
  ENABLED = TRUE
  STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::ACCOUNT:role/ROLE'
  STORAGE_ALLOWED_LOCATIONS = ('s3://BUCKET/');

CREATE STAGE IF NOT EXISTS braze_cdi.lake
  URL = 's3://BUCKET/'
  STORAGE_INTEGRATION = braze_cdi;

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.syncs (
  -- Id of the integration at Braze
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- Start of the sync, UTC; with integration_id it identifies the sync
  sync_start_time TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:sync_start_time::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- End of the sync, UTC; null while it runs
  sync_finish_time TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:sync_finish_time::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Newest UPDATED_AT that was synced, from the source’s own clock, UTC; null for file sources
  last_timestamp_synced TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_timestamp_synced::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- success, partial, error, config_error, running, or another: lower case, an open set
  job_status VARCHAR AS (value:job_status::VARCHAR),
  -- Rows that Braze took
  rows_synced BIGINT AS (value:rows_synced::BIGINT),
  -- Rows that Braze refused
  rows_failed_with_errors BIGINT AS (value:rows_failed_with_errors::BIGINT),
  -- Names of fields that were sent but could not be typed and are null here; null: none
  problems VARCHAR AS (value:problems::VARCHAR),
  -- The row exactly as Braze sent it, as JSON
  raw VARCHAR AS (value:raw::VARCHAR),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1)),
  -- UTC day of sync_start_time, YYYY-MM-DD: the partition
  dt VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'dt=', 2), '/', 1))
)
PARTITION BY (workspace, dt)
LOCATION = @braze_cdi.lake/syncs/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'A sync a row, each exactly once, with its latest state. Filter on dt (the UTC day of sync_start_time, YYYY-MM-DD) and workspace: a query reads only the days that it names.';

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.integrations (
  -- Id of the integration at Braze
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- Name of the integration in Braze’s dashboard
  integration_name VARCHAR AS (value:integration_name::VARCHAR),
  -- What it syncs, as Braze calls it
  integration_type VARCHAR AS (value:integration_type::VARCHAR),
  -- Status of the integration itself, not of a sync
  integration_status VARCHAR AS (value:integration_status::VARCHAR),
  -- Kind of warehouse or file source that it reads from
  warehouse_type VARCHAR AS (value:warehouse_type::VARCHAR),
  -- Id of the workspace at Braze
  app_group_id VARCHAR AS (value:app_group_id::VARCHAR),
  -- Newest timestamp that was synced, as the list tells it, UTC
  last_updated_at TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_updated_at::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Start of its newest sync, as the list tells it, UTC
  last_job_start_time TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_job_start_time::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- When its next sync is planned, UTC; null without a schedule
  next_scheduled_run TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:next_scheduled_run::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Status of its newest sync, as the list tells it
  last_job_status VARCHAR AS (value:last_job_status::VARCHAR),
  -- False: Braze no longer lists it; its history is kept
  listed BOOLEAN AS (value:listed::BOOLEAN),
  -- Names of fields that were sent but could not be typed and are null here; null: none
  problems VARCHAR AS (value:problems::VARCHAR),
  -- The row as Braze sent it, as JSON, without contact_emails
  raw VARCHAR AS (value:raw::VARCHAR),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1))
)
PARTITION BY (workspace)
LOCATION = @braze_cdi.lake/integrations/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'An integration a row, as last listed by Braze; one that is gone keeps its row and its name.';

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.coverage (
  -- Id of the integration at Braze
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- Between complete_from and complete_to no sync is missing, UTC; null before that is known
  complete_from TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:complete_from::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- When the newest end of the history was last read, UTC
  complete_to TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:complete_to::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Stretches of history not read yet
  gaps BIGINT AS (value:gaps::BIGINT),
  -- Syncs that are neither final nor followed by a newer one
  open_syncs BIGINT AS (value:open_syncs::BIGINT),
  -- Syncs that were still open 7 days after their start, and are no longer asked for
  abandoned_syncs BIGINT AS (value:abandoned_syncs::BIGINT),
  -- Order of Braze’s rows: newest_first, oldest_first, unordered; unproved: complete_from holds only if the rows go on as seen
  row_order VARCHAR AS (value:row_order::VARCHAR),
  -- complete, backfilling, failing, or gone (no longer listed or known at Braze)
  state VARCHAR AS (value:state::VARCHAR),
  -- Why it is failing, or what keeps its history from becoming whole; null: nothing
  failure VARCHAR AS (value:failure::VARCHAR),
  -- When Braze was last asked for it, UTC
  checked_at TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:checked_at::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Rows that turned up where none was missing, ever
  late_rows BIGINT AS (value:late_rows::BIGINT),
  -- Stretches of history that Braze no longer had when they were to be read, ever
  lost_gaps BIGINT AS (value:lost_gaps::BIGINT),
  -- When the whole history was last read again, UTC; null: not yet
  rechecked_at TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:rechecked_at::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1))
)
PARTITION BY (workspace)
LOCATION = @braze_cdi.lake/coverage/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'An integration a row: from when to when its history is whole, and what is missing. Read it before trusting a chart.';

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.standing (
  -- Id of the integration at Braze
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- The first that applies: gone, unread, paused, failing, refusing, stuck, late, suspect, new, resting, healthy
  state VARCHAR AS (value:state::VARCHAR),
  -- Since when it has been in that state, UTC
  since TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:since::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Why, in a sentence
  reason VARCHAR AS (value:reason::VARCHAR),
  -- Start of its newest sync, UTC
  last_start TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_start::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- End of its newest sync, UTC; null while it runs
  last_finish TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_finish::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Status of its newest sync, also of one that runs
  last_status VARCHAR AS (value:last_status::VARCHAR),
  -- Rows of its newest sync that arrived
  last_rows_synced BIGINT AS (value:last_rows_synced::BIGINT),
  -- Rows of its newest sync that Braze refused
  last_rows_failed BIGINT AS (value:last_rows_failed::BIGINT),
  -- Start of its newest success, UTC: with status success, or partial with few refused rows (below refusedShare)
  last_success TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_success::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Syncs in a row, up to the newest that is over, that were no success; 0: none
  syncs_without_success BIGINT AS (value:syncs_without_success::BIGINT),
  -- Start of the first sync of that row, UTC; null: none
  failing_since TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:failing_since::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Usual distance between two starts of syncs that brought data
  usual_minutes DOUBLE AS (value:usual_minutes::DOUBLE),
  -- When the next sync has to have started at the latest, with patience, UTC; null: nothing is expected
  expected_by TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:expected_by::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Oldest planned start that has passed without a sync since, UTC; null: none
  due_since TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:due_since::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- What says whether it is late: schedule, habit, or null: nothing is expected
  judged_by VARCHAR AS (value:judged_by::VARCHAR),
  -- Not there when expected; null: nothing is expected, or it is not known
  late BOOLEAN AS (value:late::BOOLEAN),
  -- By how much at as_of; 0: on time
  minutes_late DOUBLE AS (value:minutes_late::DOUBLE),
  -- Signs that its successes do not bring what they should, names with commas; null: none
  traps VARCHAR AS (value:traps::VARCHAR),
  -- last_timestamp_synced of the newest sync that tells it: how far the data has come, by the source’s clock, UTC
  newest_timestamp_synced TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:newest_timestamp_synced::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Until when Braze shows the rows that it refused last, UTC; null: none were refused
  details_until TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:details_until::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Id of the integration of the same name and type that ended where this one begins
  continues VARCHAR AS (value:continues::VARCHAR),
  -- Ids of its open incidents, with commas; null: none
  incidents VARCHAR AS (value:incidents::VARCHAR),
  -- When Braze was asked for its newest syncs: all of this holds at that moment, UTC
  as_of TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:as_of::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1))
)
PARTITION BY (workspace)
LOCATION = @braze_cdi.lake/standing/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'An integration a row: how it stands, judged once, by the exporter, at the moment as_of. The views latest_syncs, freshness and what is open in incidents come from here. UTC. A lake that no run of this version has looked at has no rows.';

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.days (
  -- Id of the integration at Braze
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- UTC day of the starts, YYYY-MM-DD
  dt VARCHAR AS (value:dt::VARCHAR),
  -- Syncs that started on the day
  syncs BIGINT AS (value:syncs::BIGINT),
  -- Of them with the status success
  successes BIGINT AS (value:successes::BIGINT),
  -- Of them with the status partial: some rows were refused
  partials BIGINT AS (value:partials::BIGINT),
  -- Of them with the status error: no row was synced
  errors BIGINT AS (value:errors::BIGINT),
  -- Of them with the status config_error
  config_errors BIGINT AS (value:config_errors::BIGINT),
  -- Of them over with any other status: they have a finish, or a later sync of the integration started on that day
  other_failures BIGINT AS (value:other_failures::BIGINT),
  -- 1 where the last sync of the day was not over when it was last seen; one that started on a later day says it is
  not_final BIGINT AS (value:not_final::BIGINT),
  -- Of the successes those with 0 rows synced
  successes_without_rows BIGINT AS (value:successes_without_rows::BIGINT),
  -- Rows that arrived in Braze; null: none of the syncs tells
  rows_synced BIGINT AS (value:rows_synced::BIGINT),
  -- Rows that Braze refused; null: none of the syncs tells
  rows_failed BIGINT AS (value:rows_failed::BIGINT),
  -- Median duration (nearest rank) of those with a finish that is not before their start
  median_seconds DOUBLE AS (value:median_seconds::DOUBLE),
  -- 95th percentile of the same (nearest rank)
  p95_seconds DOUBLE AS (value:p95_seconds::DOUBLE),
  -- Longest time of the day without a start, also from midnight to the first and from the last to midnight
  largest_gap_minutes DOUBLE AS (value:largest_gap_minutes::DOUBLE),
  -- First start of the day, UTC
  first_start TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:first_start::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Last start of the day, UTC
  last_start TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_start::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Latest finish of the syncs of the day, which may be on a later day, UTC
  last_finish TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:last_finish::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1)),
  -- Month of dt, YYYY-MM: the partition
  month VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'month=', 2), '/', 1))
)
PARTITION BY (workspace, month)
LOCATION = @braze_cdi.lake/days/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'An integration and UTC day with syncs a row: what the rows of that day in syncs add up to, written with them. Filter on month (YYYY-MM) and workspace: a year is twelve objects.';

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.changes (
  -- When the exporter saw it, UTC: it happened since the run before
  seen_at TIMESTAMP_NTZ AS (TO_TIMESTAMP_NTZ(value:seen_at::VARCHAR, 'YYYY-MM-DD HH24:MI:SS.FF3')),
  -- Id of the integration at Braze
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- What changed: listed (false to true: new or back; true to false: gone), integration_name, integration_status, integration_type
  field VARCHAR AS (value:field::VARCHAR),
  -- What it was; null: nothing, as for the listed of one that is new
  before VARCHAR AS (value:before::VARCHAR),
  -- What it is now; null: nothing any more
  after VARCHAR AS (value:after::VARCHAR),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1))
)
PARTITION BY (workspace)
LOCATION = @braze_cdi.lake/changes/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'A change of an integration a row, as the list of integrations showed it: new, another name, status or type, gone, back. What the first export found has no row. UTC.';

CREATE OR REPLACE EXTERNAL TABLE braze_cdi.quarantine (
  -- Id of the integration that it came from; null where that is not known
  integration_id VARCHAR AS (value:integration_id::VARCHAR),
  -- Why it could not be placed
  reason VARCHAR AS (value:reason::VARCHAR),
  -- The row as it was received, as JSON
  raw VARCHAR AS (value:raw::VARCHAR),
  -- Workspace, as it is called in the configuration
  workspace VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'workspace=', 2), '/', 1))
)
PARTITION BY (workspace)
LOCATION = @braze_cdi.lake/quarantine/
AUTO_REFRESH = TRUE
FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)
COMMENT = 'A row that could not be placed as a sync, kept as received with the reason; each once.';
