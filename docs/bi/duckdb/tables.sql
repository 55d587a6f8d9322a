-- The lake's tables for DuckDB, straight on the objects: replace BUCKET. Columns and types are those of Athena.
-- INSTALL httpfs; LOAD httpfs; INSTALL aws; LOAD aws;
-- CREATE SECRET (TYPE s3, PROVIDER credential_chain);
CREATE VIEW syncs AS
SELECT * FROM read_json(
  's3://BUCKET/syncs/*/*/*.ndjson.gz',
  columns = {
    integration_id: 'VARCHAR', sync_start_time: 'TIMESTAMP', sync_finish_time: 'TIMESTAMP',
    last_timestamp_synced: 'TIMESTAMP', job_status: 'VARCHAR', rows_synced: 'BIGINT',
    rows_failed_with_errors: 'BIGINT', problems: 'VARCHAR', raw: 'VARCHAR'
  },
  format = 'newline_delimited', hive_partitioning = true,
  hive_types = {workspace: 'VARCHAR', dt: 'VARCHAR'}
);
CREATE VIEW integrations AS
SELECT * FROM read_json(
  's3://BUCKET/integrations/*/*.ndjson.gz',
  columns = {
    integration_id: 'VARCHAR', integration_name: 'VARCHAR', integration_type: 'VARCHAR',
    integration_status: 'VARCHAR', warehouse_type: 'VARCHAR', app_group_id: 'VARCHAR',
    last_updated_at: 'TIMESTAMP', last_job_start_time: 'TIMESTAMP', next_scheduled_run: 'TIMESTAMP',
    last_job_status: 'VARCHAR', listed: 'BOOLEAN', problems: 'VARCHAR', raw: 'VARCHAR'
  },
  format = 'newline_delimited', hive_partitioning = true, hive_types = {workspace: 'VARCHAR'}
);
CREATE VIEW coverage AS
SELECT * FROM read_json(
  's3://BUCKET/coverage/*/*.ndjson.gz',
  columns = {
    integration_id: 'VARCHAR', complete_from: 'TIMESTAMP', complete_to: 'TIMESTAMP', gaps: 'BIGINT',
    open_syncs: 'BIGINT', abandoned_syncs: 'BIGINT', row_order: 'VARCHAR', state: 'VARCHAR',
    failure: 'VARCHAR', checked_at: 'TIMESTAMP', late_rows: 'BIGINT', lost_gaps: 'BIGINT',
    rechecked_at: 'TIMESTAMP'
  },
  format = 'newline_delimited', hive_partitioning = true, hive_types = {workspace: 'VARCHAR'}
);
CREATE VIEW standing AS
SELECT * FROM read_json(
  's3://BUCKET/standing/*/*.ndjson.gz',
  columns = {
    integration_id: 'VARCHAR', state: 'VARCHAR', since: 'TIMESTAMP', reason: 'VARCHAR', last_start: 'TIMESTAMP',
    last_finish: 'TIMESTAMP', last_status: 'VARCHAR', last_rows_synced: 'BIGINT', last_rows_failed: 'BIGINT',
    last_success: 'TIMESTAMP', syncs_without_success: 'BIGINT', failing_since: 'TIMESTAMP',
    usual_minutes: 'DOUBLE', expected_by: 'TIMESTAMP', due_since: 'TIMESTAMP', judged_by: 'VARCHAR',
    late: 'BOOLEAN', minutes_late: 'DOUBLE', traps: 'VARCHAR', newest_timestamp_synced: 'TIMESTAMP',
    details_until: 'TIMESTAMP', continues: 'VARCHAR', incidents: 'VARCHAR', as_of: 'TIMESTAMP'
  },
  format = 'newline_delimited', hive_partitioning = true, hive_types = {workspace: 'VARCHAR'}
);
CREATE VIEW days AS
SELECT * FROM read_json(
  's3://BUCKET/days/*/*/*.ndjson.gz',
  columns = {
    integration_id: 'VARCHAR', dt: 'VARCHAR', syncs: 'BIGINT', successes: 'BIGINT', partials: 'BIGINT',
    errors: 'BIGINT', config_errors: 'BIGINT', other_failures: 'BIGINT', not_final: 'BIGINT',
    successes_without_rows: 'BIGINT', rows_synced: 'BIGINT', rows_failed: 'BIGINT', median_seconds: 'DOUBLE',
    p95_seconds: 'DOUBLE', largest_gap_minutes: 'DOUBLE', first_start: 'TIMESTAMP', last_start: 'TIMESTAMP',
    last_finish: 'TIMESTAMP'
  },
  format = 'newline_delimited', hive_partitioning = true,
  hive_types = {workspace: 'VARCHAR', month: 'VARCHAR'}
);
CREATE VIEW changes AS
SELECT * FROM read_json(
  's3://BUCKET/changes/*/*.ndjson.gz',
  columns = {
    seen_at: 'TIMESTAMP', integration_id: 'VARCHAR', field: 'VARCHAR', before: 'VARCHAR', after: 'VARCHAR'
  },
  format = 'newline_delimited', hive_partitioning = true, hive_types = {workspace: 'VARCHAR'}
);
