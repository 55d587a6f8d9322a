SELECT workspace, integration_id, count(*) AS times
FROM {{ source('braze_cdi', 'coverage') }}
GROUP BY workspace, integration_id
HAVING count(*) > 1
