"""The syncs as a data frame, straight from the bucket, without Athena: python read_syncs.py BUCKET [DAY, DAY …]"""

import sys

import awswrangler as wr

TIMES = ["sync_start_time", "sync_finish_time", "last_timestamp_synced"]


def read_syncs(bucket: str, days: list[str] | None = None):
    syncs = wr.s3.read_json(
        f"s3://{bucket}/syncs/",
        path_suffix=".ndjson.gz",
        dataset=True,
        partition_filter=(lambda partition: partition["dt"] in days) if days else None,
        lines=True,
        compression="gzip",
        # Nothing is guessed: an id of digits stays text, and a count past 2^53 stays exact.
        dtype={"integration_id": "string", "rows_synced": "Int64", "rows_failed_with_errors": "Int64", "raw": "string"},
        convert_dates=TIMES,
    )
    return syncs


if __name__ == "__main__":
    frame = read_syncs(sys.argv[1], sys.argv[2:])
    print(frame.groupby(["dt", "job_status"]).size().reset_index(name="syncs").to_json(orient="records"))
