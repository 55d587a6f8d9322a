-- Each sync stands in the lake exactly once: rows here are doubles of the last week. Braze's own text of the start
-- tells two syncs apart that begin in one millisecond.
SELECT workspace, integration_id, json_extract_scalar(raw, '$.sync_start_time') AS start, count(*) AS times
FROM {{ source('braze_cdi', 'syncs') }}
WHERE dt >= CAST(current_date - INTERVAL '7' DAY AS varchar)
GROUP BY workspace, integration_id, json_extract_scalar(raw, '$.sync_start_time'), sync_start_time
HAVING count(*) > 1
