"""dlt, set up as its documentation advises for a source like this one. Called with the endpoint, in a folder of its own.

The source is declared: the list of integrations, and for each its syncs.
  https://dlthub.com/docs/dlt-ecosystem/verified-sources/rest_api/basic#define-resource-relationships
Pages are linked by the Link header.
  https://dlthub.com/docs/general-usage/http/rest-client#headerlinkpaginator
Rows are merged by their key.
  https://dlthub.com/docs/general-usage/merge-loading
Only new rows are loaded, and those of the last day once more, since they may have changed.
  https://dlthub.com/docs/general-usage/incremental/cursor
  https://dlthub.com/docs/general-usage/incremental/lag
The API takes no start time, so that all pages are read, and dlt leaves out what it knows. Declaring the order of the rows
would end that earlier, but not in a resource that hangs on another:
  https://dlthub.com/docs/general-usage/incremental/cursor#declare-row-order-to-not-request-unnecessary-data
"""

import os
import sys

import dlt
from dlt.sources.rest_api import rest_api_source

source = rest_api_source(
    {
        "client": {
            "base_url": sys.argv[1],
            "auth": {"type": "bearer", "token": os.environ["BRAZE_API_KEY"]},
            "paginator": {"type": "header_link"},
        },
        "resource_defaults": {"endpoint": {"data_selector": "results"}},
        "resources": [
            {
                "name": "integrations",
                "primary_key": "integration_id",
                "write_disposition": "merge",
                "endpoint": {"path": "cdi/integrations"},
            },
            {
                "name": "syncs",
                "primary_key": ["_integrations_integration_id", "sync_start_time"],
                "write_disposition": "merge",
                "endpoint": {
                    "path": "cdi/integrations/{resources.integrations.integration_id}/job_sync_status",
                    "incremental": {
                        "cursor_path": "sync_start_time",
                        "initial_value": "2000-01-01T00:00:00Z",
                        "lag": 86_400,
                    },
                },
                "include_from_parent": ["integration_id"],
            },
        ],
    }
)
pipeline = dlt.pipeline(
    pipeline_name="syncs",
    pipelines_dir="pipelines",
    destination=dlt.destinations.duckdb("syncs.duckdb"),
    dataset_name="braze",
)
pipeline.run(source)
