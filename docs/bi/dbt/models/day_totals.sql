-- A workspace and day a row, for the last 90 days: what a report reads many times is computed once.
{{ config(materialized='table') }}

SELECT
  workspace,
  day,
  sum(syncs) AS syncs,
  sum(success) AS success,
  sum(partial) AS partial,
  sum(syncs) - sum(success) - sum(partial) - sum(open) AS failures,
  sum(rows_synced) AS rows_synced,
  sum(rows_failed) AS rows_failed
FROM {{ source('braze_cdi', 'daily_health') }}
WHERE month >= substr(CAST(current_date - INTERVAL '90' DAY AS varchar), 1, 7)
  AND dt >= CAST(current_date - INTERVAL '90' DAY AS varchar)
GROUP BY workspace, day
