SELECT 'coverage' AS source, workspace, integration_id, count(*) AS times
FROM {{ source('braze_cdi', 'coverage') }}
GROUP BY workspace, integration_id
HAVING count(*) > 1
UNION ALL
SELECT 'standing' AS source, workspace, integration_id, count(*) AS times
FROM {{ source('braze_cdi', 'standing') }}
GROUP BY workspace, integration_id
HAVING count(*) > 1
