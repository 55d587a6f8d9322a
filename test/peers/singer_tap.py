"""A Singer tap on Meltano's SDK, set up as its documentation advises for a source like this one. What loads the rows is
target.py.

The syncs of each integration are a child stream of the list.
  https://sdk.meltano.com/en/latest/parent_streams.html
Pages are linked by the Link header; of the link its query is taken.
  https://sdk.meltano.com/en/latest/classes/singer_sdk.pagination.HeaderLinkPaginator.html
  https://sdk.meltano.com/en/latest/classes/singer_sdk.RESTStream.html
Only new rows are loaded, and those of the last day once more, since they may have changed. Rows come newest first, not
sorted as the SDK means it, and the API takes no start time: the tap leaves out what is known.
  https://sdk.meltano.com/en/latest/incremental_replication.html
Reading ends with the first page that is older.
  https://sdk.meltano.com/en/latest/classes/singer_sdk.pagination.BaseAPIPaginator.html
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from singer_sdk import RESTStream, Tap
from singer_sdk import typing as th
from singer_sdk.authenticators import BearerTokenAuthenticator
from singer_sdk.pagination import HeaderLinkPaginator

look_back = timedelta(days=1)


def is_older(row: dict, since: datetime | None) -> bool:
    return since is not None and datetime.fromisoformat(row["sync_start_time"]) < since


class NewRowsPaginator(HeaderLinkPaginator):
    def __init__(self, since: datetime | None) -> None:
        super().__init__()
        self.since = since

    def has_more(self, response) -> bool:
        return not any(is_older(row, self.since) for row in response.json()["results"])


class BrazeStream(RESTStream):
    records_jsonpath = "$.results[*]"

    @property
    def url_base(self) -> str:
        return self.config["endpoint"]

    @property
    def authenticator(self) -> BearerTokenAuthenticator:
        return BearerTokenAuthenticator(token=os.environ["BRAZE_API_KEY"])

    def get_new_paginator(self) -> HeaderLinkPaginator:
        return HeaderLinkPaginator()

    def get_url_params(self, context, next_page_token):
        return dict(parse_qsl(next_page_token.query)) if next_page_token else {}


class Integrations(BrazeStream):
    name = "integrations"
    path = "/cdi/integrations"
    primary_keys = ("integration_id",)
    schema = th.PropertiesList(th.Property("integration_id", th.StringType)).to_dict()

    def get_child_context(self, record: dict, context) -> dict:
        return {"integration_id": record["integration_id"]}


class Syncs(BrazeStream):
    name = "syncs"
    parent_stream_type = Integrations
    path = "/cdi/integrations/{integration_id}/job_sync_status"
    primary_keys = ("integration_id", "sync_start_time")
    replication_key = "sync_start_time"
    schema = th.PropertiesList(
        th.Property("integration_id", th.StringType),
        th.Property("job_status", th.StringType),
        th.Property("sync_start_time", th.DateTimeType),
        th.Property("sync_finish_time", th.DateTimeType),
        th.Property("last_timestamp_synced", th.DateTimeType),
        th.Property("rows_synced", th.IntegerType),
        th.Property("rows_failed_with_errors", th.IntegerType),
    ).to_dict()

    since: datetime | None = None

    def get_records(self, context):
        start = self.get_starting_timestamp(context)
        self.since = start - look_back if start else None
        yield from super().get_records(context)

    def get_new_paginator(self) -> NewRowsPaginator:
        return NewRowsPaginator(self.since)

    def post_process(self, row: dict, context=None) -> dict | None:
        return None if is_older(row, self.since) else row


class BrazeTap(Tap):
    name = "tap-braze"
    config_jsonschema = th.PropertiesList(th.Property("endpoint", th.StringType, required=True)).to_dict()

    def discover_streams(self):
        return [Integrations(self), Syncs(self)]


if __name__ == "__main__":
    BrazeTap.cli()
