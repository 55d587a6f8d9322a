"""What dlt has loaded in this folder, a row a line."""

import json
import os

import duckdb

columns = ["sync_start_time", "sync_finish_time", "last_timestamp_synced", "job_status", "rows_synced", "rows_failed_with_errors"]

if os.path.exists("syncs.duckdb"):
    database = duckdb.connect("syncs.duckdb", read_only=True)
    database.execute("SET TimeZone = 'UTC'")
    has_rows = database.execute("SELECT 1 FROM information_schema.tables WHERE table_name = 'syncs'").fetchall()
    select = ", ".join(f"CAST({column} AS VARCHAR)" for column in columns)
    rows = database.execute(f"SELECT _integrations_integration_id, {select} FROM braze.syncs").fetchall() if has_rows else []
    for row in rows:
        print(json.dumps(dict(zip(["integration_id", *columns], row))))
