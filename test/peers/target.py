"""Loads what a Singer tap or an Airbyte source says into SQLite: upserts the syncs by their key, which is what
destinations call merge or append with deduplication, and keeps what the source wants to know the next time, together
with the rows that came before it. Called with `singer` or `airbyte`, in a folder of its own.
"""

import json
import os
import sqlite3
import sys

is_airbyte = sys.argv[1] == "airbyte"
columns = (
    "integration_id", "sync_start_time", "sync_finish_time", "last_timestamp_synced",
    "job_status", "rows_synced", "rows_failed_with_errors",
)
database = sqlite3.connect("syncs.sqlite")
database.execute(f"CREATE TABLE IF NOT EXISTS syncs ({', '.join(columns)}, PRIMARY KEY (integration_id, sync_start_time))")
database.execute("CREATE TABLE IF NOT EXISTS state (stream PRIMARY KEY, state)")
insert = f"INSERT OR REPLACE INTO syncs VALUES ({', '.join('?' * len(columns))})"


def write_state() -> None:
    states = dict(database.execute("SELECT stream, state FROM state"))
    text = f"[{', '.join(states.values())}]" if is_airbyte else states.get("", "{}")
    with open("state.part", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace("state.part", "state.json")


for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "RECORD":
        stream = message["record"]["stream"] if is_airbyte else message["stream"]
        row = message["record"]["data"] if is_airbyte else message["record"]
        if stream == "syncs":
            database.execute(insert, [row.get(column) for column in columns])
    if message["type"] == "STATE":
        state = message["state"] if is_airbyte else message["value"]
        stream = state["stream"]["stream_descriptor"]["name"] if is_airbyte else ""
        database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", [stream, json.dumps(state)])
        database.commit()
        write_state()
