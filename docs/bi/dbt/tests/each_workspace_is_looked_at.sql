-- Workspaces at which no exporter has looked for a day: the freshness of a source is that of the newest row of all, and
-- one workspace hides another. Leave out what is `paused` in cdk.json.
SELECT workspace, max(checked_at) AS checked_at
FROM {{ source('braze_cdi', 'coverage') }}
GROUP BY workspace
HAVING max(checked_at) < localtimestamp - INTERVAL '1' DAY
